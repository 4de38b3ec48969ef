package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// callouts reads a listing whose lines have numbers behind them that refer to
// explanations below it, as AsciiDoc writes them:
//
//	rcpt to:<bob@example.org> <4>
//	...
//	<4> Name the recipient.
//
// Neither is part of what was said.
type callouts struct{ inner transcripts.Decoder }

// hasCallouts reports whether a head has lines with numbers behind them, and the
// explanations of these. They come in order, so that the first two are enough.
func hasCallouts(head []byte) bool {
	for _, number := range [...]string{"<1>", "<2>"} {
		if !bytes.Contains(head, []byte(number)) {
			return false // sooner said than that no line begins with it
		}
		if !bytes.Contains(head, []byte("\n"+number+" ")) || !bytes.Contains(bytes.ReplaceAll(head, []byte("\r"), nil), []byte(" "+number+"\n")) {
			return false
		}
	}
	return true
}

// detectWithin recognises what stands in a listing with callouts.
func detectWithin(head []byte) *transcripts.Format {
	inside := detect(withoutCallouts(head))
	if inside == nil || inside.New == nil {
		return inside
	}
	f := *inside
	f.New = func(head []byte) transcripts.Decoder { return &callouts{inside.New(withoutCallouts(head))} }
	return &f
}

func (d *callouts) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text, explains := withoutCallout(raw.Text)
	if explains {
		return
	}
	inside := *raw
	inside.Text = text
	inside.Span.Length -= uint32(len(raw.Text) - len(text))
	d.inner.Decode(&inside, emit)
}

// Flush passes on what the inner decoder holds.
func (d *callouts) Flush(emit func(*transcripts.Line)) {
	if f, ok := d.inner.(transcripts.Flusher); ok {
		f.Flush(emit)
	}
}

// withoutCallout takes the numbers off a line, and reports whether it explains
// one instead, or delimits the listing.
func withoutCallout(line []byte) (text []byte, explains bool) {
	if string(line) == "----" {
		return nil, true
	}
	if n := calloutAt(line); n > 0 && n < len(line) && line[n] == ' ' {
		return nil, true
	}
	for {
		from := bytes.LastIndexByte(line, '<')
		if from < 0 || calloutAt(line[from:]) != len(line)-from || from > 0 && line[from-1] != ' ' {
			return line, false
		}
		line = bytes.TrimRight(line[:from], " ")
	}
}

// calloutAt returns the length of the number in brackets that text begins with,
// or 0.
func calloutAt(text []byte) int {
	n := 1
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n == 1 || n > len("<99") || text[0] != '<' || n == len(text) || text[n] != '>' {
		return 0
	}
	return n + 1
}

// withoutCallouts takes the numbers off the lines of a head.
func withoutCallouts(head []byte) []byte {
	var out []byte
	for line := range bytes.Lines(head) {
		text, explains := withoutCallout(withoutCR(bytes.TrimSuffix(line, []byte("\n"))))
		if !explains {
			out = append(append(out, text...), '\n')
		}
	}
	return out
}
