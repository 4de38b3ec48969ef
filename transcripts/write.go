package transcripts

import (
	"io"
	"strconv"
	"time"
	"unicode/utf8"
)

// A PlainWriter writes conversations in the plain notation. Reading what it
// wrote gives the same sessions.
type PlainWriter struct {
	out     io.Writer
	buf     []byte
	err     error
	secrets bool
	listing bool
	hide    concealer
}

// NewPlainWriter returns a writer to out for a recording in the notation f.
// Credentials are masked unless secrets is set.
func NewPlainWriter(out io.Writer, f *Format, secrets bool) *PlainWriter {
	w := &PlainWriter{out: out, secrets: secrets}
	w.buf = append(w.buf, "# proves: "...)
	w.buf = append(w.buf, f.Proves.String()...)
	w.buf = append(w.buf, '\n')
	return w
}

// NewListing returns a writer to out for people to look at: a line that ended
// in CRLF, as all should, stands there without quotes. Credentials are masked,
// and no header says what the recording proves.
func NewListing(out io.Writer) *PlainWriter { return &PlainWriter{out: out, listing: true} }

// Line writes one line of a conversation.
func (w *PlainWriter) Line(l *Line) {
	if len(l.Conn) > 0 {
		w.buf = append(append(append(w.buf, '@'), l.Conn...), ' ')
	}
	if l.At != 0 {
		w.buf = append(appendInstant(w.buf, l.At), ' ')
	}
	text := l.Text
	if !w.secrets {
		text = w.hide.line(l)
	}
	switch {
	case l.From == Recorder:
		w.remark(l, text)
	default:
		w.said(l, text)
	}
	w.buf = append(w.buf, '\n')
	if len(w.buf) > 32<<10 {
		w.Flush()
	}
}

func (w *PlainWriter) said(l *Line, text []byte) {
	who := byte('C')
	if l.From == Server {
		who = 'S'
	}
	w.buf = append(w.buf, who)
	plain := bare(text) && (l.From == Client || !ellipsis(text))
	switch {
	case l.EOL != EOLUnknown && !(w.listing && l.EOL == CRLF && plain):
		w.buf = append(w.buf, '=', ' ')
		w.buf = strconv.AppendQuote(w.buf, string(text)+[...]string{"", "\r\n", "\n", "\r", ""}[l.EOL])
	case plain:
		w.buf = append(w.buf, ':', ' ')
		w.buf = append(w.buf, text...)
	default:
		w.buf = append(w.buf, '~', ' ')
		w.buf = strconv.AppendQuote(w.buf, string(text))
	}
	if l.Verdict != Unjudged {
		note := Welcomed
		if l.Verdict == TakenForFailure {
			note = Refused
		}
		w.buf = append(append(append(w.buf, "\n# ["...), noteNames[note]...), ']')
	}
}

func (w *PlainWriter) remark(l *Line, text []byte) {
	if l.Note == Asked && bare(text) {
		w.buf = append(append(w.buf, "# smtplint: "...), text...)
		return
	}
	w.buf = append(append(append(w.buf, "# ["...), noteNames[l.Note]...), ']')
	switch {
	case len(text) == 0:
	case bare(text) && text[0] != ' ' && text[0] != '\t' && text[0] != '~':
		w.buf = append(append(w.buf, ' '), text...)
	default:
		w.buf = strconv.AppendQuote(append(w.buf, '~', ' '), string(text))
	}
}

// bare reports whether text can stand without quotes: it reads back as it is
// and does nothing to a terminal.
func bare(text []byte) bool {
	if odd(text) {
		if !utf8.Valid(text) {
			return false
		}
		for _, c := range string(text) {
			if c < 0x20 && c != '\t' || c == 0x7f || !strconv.IsPrint(c) && c != '\t' {
				return false
			}
		}
	}
	return len(text) == 0 || text[len(text)-1] != ' ' && text[len(text)-1] != '\t'
}

func appendInstant(b []byte, i Instant) []byte {
	t := i.Time()
	if i < Instant(24*time.Hour) {
		return t.AppendFormat(b, "15:04:05.999999999")
	}
	return t.AppendFormat(b, time.RFC3339Nano)
}

// Flush writes what is buffered and returns the first error of the writer.
func (w *PlainWriter) Flush() error {
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
	w.buf = w.buf[:0]
	return w.err
}
