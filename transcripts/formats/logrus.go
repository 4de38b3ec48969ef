package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// logrusMessage finds the message of a record that Go's logrus has written:
// time="..." level=debug msg="..." to files, and DEBU[2006/01/02 15:04:05] with
// a message without quotes to terminals. It returns where the message begins, 0
// where there is none, and the quote around it, 0 for none.
func logrusMessage(line []byte) (at transcripts.Instant, quote byte, text int) {
	if bytes.HasPrefix(line, []byte(`time="`)) {
		at, _ = dateTime(line[len(`time="`):])
		if n := bytes.Index(line, []byte(` msg="`)); n > 0 {
			return at, '"', n + len(` msg="`)
		}
		return 0, 0, 0
	}
	if len(line) < 30 || line[4] != '[' || line[0] < 'A' || 'Z' < line[0] {
		return 0, 0, 0
	}
	at, n := dateTime(line[5:])
	if n == 0 || !bytes.HasPrefix(line[5+n:], []byte("] ")) {
		return 0, 0, 0
	}
	return at, 0, n + 7
}
