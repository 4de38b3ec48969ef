package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// INetSim writes what it sent and received with the process and the client's
// address. Content is a count of octets, its last period is not.
var inetsim = &transcripts.Format{
	Name:     "inetsim",
	Programs: "INetSim 1.3.2 (service.log)",
	Record:   "inetsim, and /var/log/inetsim/service.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets |
		transcripts.Clock,
	First: "[",
	Sign: func(line []byte) int {
		if _, _, n := readInetsim(line); n > 0 {
			if text := line[n:]; bytes.HasPrefix(text, []byte("recv: ")) || bytes.HasPrefix(text, []byte("send: ")) {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return inetsimDecoder{} },
}

// readInetsim reads "[2006-01-02 15:04:05] [1] [smtp_25_tcp 5] [address:port] "
// and returns where the text begins; 0 where there is none.
func readInetsim(line []byte) (at transcripts.Instant, conn []byte, text int) {
	if len(line) < 40 || line[0] != '[' || !isDigit(line[1]) {
		return 0, nil, 0
	}
	at, length := dateTime(line[1:])
	_, n := inBrackets(line, 0)
	if length == 0 || n == 0 {
		return 0, nil, 0
	}
	if _, n = inBrackets(line, n); n == 0 {
		return 0, nil, 0
	}
	service, n := inBrackets(line, n)
	if !bytes.HasPrefix(service, []byte("smtp")) {
		return 0, nil, 0
	}
	conn, n = inBrackets(line, n)
	return at, conn, n
}

type inetsimDecoder struct{}

func (inetsimDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, conn, n := readInetsim(raw.Text)
	if n == 0 {
		return
	}
	var l transcripts.Line
	switch text := raw.Text[n:]; {
	case bytes.HasPrefix(text, []byte("recv: <(MESSAGE)> (")):
		l = raw.Remark(transcripts.ContentLeftOut, n)
	case bytes.HasPrefix(text, []byte("recv: ")):
		l = raw.Line(transcripts.Client, n, n+len("recv: "))
	case bytes.HasPrefix(text, []byte("send: ")):
		l = raw.Line(transcripts.Server, n, n+len("send: "))
	case string(text) == "connect":
		l = raw.Remark(transcripts.Opened, n)
	case string(text) == "disconnect":
		l = raw.Remark(transcripts.Closed, n)
	default:
		return
	}
	l.At, l.Conn = at, conn
	emit(&l)
}
