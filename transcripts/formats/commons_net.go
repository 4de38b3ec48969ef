package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Commons Net's PrintCommandListener, told to show directions, marks commands
// with ">" and the first line of each reply with "<". It may put a character
// of the program's choice behind commands. Content is not shown.
var commonsNet = &transcripts.Format{
	Name:     "commons-net",
	Programs: "Apache Commons Net 3.9.0 (PrintCommandListener with directions)",
	Record:   "client.addProtocolCommandListener(new PrintCommandListener(writer, false, '\\0', true))",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Octets | transcripts.Secrets,
	Sign:  func([]byte) int { return 0 }, // anybody writes such arrows
	Shape: func(lines [][]byte) int { return loneMark(lines, "< ", false) },
	New:   func([]byte) transcripts.Decoder { return &commonsNetDecoder{} },
}

type commonsNetDecoder struct {
	begun bool
	end   byte // what stands behind commands; 0: nothing
	open  bool // a reply goes on
}

func (d *commonsNetDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	text := raw.Text
	var l transcripts.Line
	switch {
	case bytes.HasPrefix(text, []byte("> ")):
		l = raw.Line(transcripts.Client, 0, 2)
		d.open = false
		d.mark(&l)
	case bytes.HasPrefix(text, []byte("< ")):
		l = raw.Line(transcripts.Server, 0, 2)
		d.open = len(l.Text) > 3 && l.Text[3] == '-'
	case d.open:
		l = raw.Line(transcripts.Server, 0, 0)
		d.open = !replyShaped(l.Text) || len(l.Text) > 3 && l.Text[3] == '-'
	case len(text) == 0:
		return
	default:
		l = raw.Remark(transcripts.Comment, 0)
	}
	emit(&l)
}

// mark takes the character off that may stand behind a command. The first
// command, which ends with a domain or an address, shows what it is.
func (d *commonsNetDecoder) mark(l *transcripts.Line) {
	n := len(l.Text)
	if n == 0 {
		return
	}
	last := l.Text[n-1]
	if !d.begun {
		d.begun = true
		if !letter(last) && !isDigit(last) && bytes.IndexByte([]byte("-._]>)=*"), last) < 0 {
			d.end = last
		}
	}
	if d.end != 0 && last == d.end {
		l.Text = l.Text[:n-1]
		l.Span.Length--
	}
}
