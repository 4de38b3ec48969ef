package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// unmarked tells who speaks in a recording that does not say so: a line that
// begins like a reply is the server's, except in message content, which goes
// from the 354 to a line with only a period.
type unmarked struct {
	due  due
	more bool // the last line of the server says that its reply goes on
}

// due is what the client sends next.
type due uint8

const (
	aCommand   due = iota
	anAnswer       // to a 334
	newContent     // to a 354; content may not be shown at all
	content
	afterPeriod // a lone period was the last line: the end, or content that is not stuffed
)

func (u *unmarked) next(text []byte) transcripts.Party {
	reply := replyShaped(text)
	switch u.due {
	case content:
		u.body(text)
		return transcripts.Client
	case newContent, afterPeriod:
		if reply {
			break
		}
		if u.due == afterPeriod && transcripts.LooksLikeCommand(text) {
			u.due = aCommand
			return transcripts.Client
		}
		u.body(text)
		return transcripts.Client
	case anAnswer:
		u.due = aCommand
		if !reply {
			return transcripts.Client
		}
	default:
		if !reply && (!u.more || transcripts.LooksLikeCommand(text)) {
			return transcripts.Client
		}
	}
	u.reply(text)
	return transcripts.Server
}

func (u *unmarked) body(text []byte) {
	u.due = content
	if string(text) == "." {
		u.due = afterPeriod
	}
}

func (u *unmarked) reply(text []byte) {
	if !replyShaped(text) {
		return // a line in between, without a code
	}
	u.due, u.more = aCommand, len(text) > 3 && text[3] == '-'
	if u.more {
		return
	}
	switch {
	case bytes.HasPrefix(text, []byte("354")):
		u.due = newContent
	case bytes.HasPrefix(text, []byte("334")):
		u.due = anAnswer
	}
}

// inContent reports whether the next line is content, whatever it looks like.
func (u *unmarked) inContent() bool { return u.due == content || u.due == afterPeriod }

// smtpShaped reports whether a line looks like one of a conversation.
func smtpShaped(line []byte) bool {
	return replyShaped(line) || transcripts.LooksLikeCommand(line)
}

// shapeUnmarked weighs lines that nobody has marked: most of them must look
// like a conversation, and the first of those like the start of one.
func shapeUnmarked(lines [][]byte) int {
	shaped, seen := 0, 0
	for _, line := range lines {
		line = withoutCR(line)
		seen++
		if !smtpShaped(line) {
			continue
		}
		if shaped == 0 && !opens(line) {
			return 0
		}
		shaped++
		if string(line) == "DATA" {
			break // content may follow before the 354
		}
	}
	if shaped < 3 || shaped*2 < seen {
		return 0
	}
	return transcripts.Medium
}

// opens reports whether a recording may begin with a line: a greeting, or the
// client's, which comes first where TLS goes before.
func opens(line []byte) bool {
	switch string(line[:3]) {
	case "220", "421", "554":
		return true
	}
	return line[1]|0x20 == 'h' || line[1]|0x20 == 'e' // EHLO, LHLO, HELO
}
