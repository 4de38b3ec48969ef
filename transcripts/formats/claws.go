package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Claws Mail and Sylpheed have a window for what they say to servers, and a
// file of it: the time, the protocol and an arrow. Content is left out, and
// secrets are words in brackets.
var claws = &transcripts.Format{
	Name:     "claws",
	Programs: "Claws Mail 4.1.1, Sylpheed 3.8",
	Record:   "the file claws.log in ~/.claws-mail, or sylpheed.log in ~/.sylpheed-2.0",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock | transcripts.Outcome,
	First: "[",
	Sign: func(line []byte) int {
		if _, n := clawsTime(line); n > 0 {
			if _, text := clawsSaid(line[n:]); text > 0 {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &clawsDecoder{} },
}

// clawsTime reads "[2006-01-02 15:04:05] ", in Sylpheed without the date.
func clawsTime(line []byte) (at transcripts.Instant, n int) {
	inside, n := inBrackets(line, 0)
	if n == 0 {
		return 0, 0
	}
	at, length := dateTime(inside)
	if length == 0 {
		at, length = timeOfDay(inside)
	}
	if length == 0 || length != len(inside) {
		return 0, 0
	}
	return at, n
}

// clawsSaid reads "SMTP> ", "ESMTP< " and their like.
func clawsSaid(text []byte) (who transcripts.Party, n int) {
	if bytes.HasPrefix(text, []byte("ESMTP")) {
		n++
	}
	rest := text[n:]
	switch {
	case bytes.HasPrefix(rest, []byte("SMTP> ")):
		return transcripts.Client, n + 6
	case bytes.HasPrefix(rest, []byte("SMTP< ")):
		return transcripts.Server, n + 6
	}
	return 0, 0
}

type clawsDecoder struct {
	more bool // the reply goes on
}

func (d *clawsDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, n := clawsTime(raw.Text)
	if n == 0 {
		return
	}
	who, said := clawsSaid(raw.Text[n:])
	if said == 0 {
		d.remark(raw, n, at, emit)
		return
	}
	l := raw.Line(who, n, n+said)
	switch {
	case bytes.HasPrefix(l.Text, []byte("[Decoded: ")), bytes.HasPrefix(l.Text, []byte("[Encoded: ")):
		return // the same again
	case who == transcripts.Server:
		d.more = len(l.Text) > 3 && l.Text[3] == '-'
	case string(l.Text) == ". (EOM)":
		l.Text = l.Text[:1]
		l.Span.Length -= uint32(len(" (EOM)"))
	}
	l.At = at
	emit(&l)
}

func (d *clawsDecoder) remark(raw *transcripts.Raw, n int, at transcripts.Instant, emit func(*transcripts.Line)) {
	said := raw.Text[n:]
	if len(said) == 0 || said[0] != '*' {
		return
	}
	l := raw.Remark(transcripts.Comment, n)
	l.At = at
	switch {
	case bytes.Contains(said, []byte("Connecting to SMTP server: ")):
		l.Note = transcripts.Opened
	case bytes.Contains(said, []byte("warning: error occurred on SMTP session")):
		l.Note = transcripts.Refused
		if d.more { // it did not read on
			emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, At: at, Span: l.Span.Part(0, 0)})
			d.more = false
		}
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(raw.Text, "."), emit)
	}
}
