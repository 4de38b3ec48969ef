package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Python's smtplib writes the repr of what it sends and receives, line ends
// and all; a whole message is one line of the file. Debug level 2 adds the
// time of day.
var smtplib = &transcripts.Format{
	Name:     "smtplib",
	Programs: "Python smtplib 2.7, 3.6 to 3.13 (debug level 1 and 2)",
	Record:   "smtplib.SMTP(...).set_debuglevel(2), with stderr in session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets | transcripts.Clock,
	First: digits + "sr",
	Sign: func(line []byte) int {
		_, n := smtplibClock(line)
		if _, quote := smtplibSaid(line[n:]); quote > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &smtplibDecoder{} },
}

func smtplibClock(text []byte) (transcripts.Instant, int) {
	at, n := timeOfDay(text)
	if n > 0 && n < len(text) && text[n] == ' ' {
		return at, n + 1
	}
	return 0, 0
}

// smtplibSaid recognises "send: " and "reply: " before a repr, and returns
// where the text in its quotes begins; 0 where there is none.
func smtplibSaid(text []byte) (who transcripts.Party, quoted int) {
	switch {
	case bytes.HasPrefix(text, []byte("send: ")):
		who, quoted = transcripts.Client, len("send: ")
	case bytes.HasPrefix(text, []byte("reply: ")):
		who, quoted = transcripts.Server, len("reply: ")
	default:
		return 0, 0
	}
	if quoted < len(text) && text[quoted] == 'b' {
		quoted++
	}
	if quoted < len(text) && (text[quoted] == '\'' || text[quoted] == '"') {
		return who, quoted + 1
	}
	return 0, 0
}

type smtplibDecoder struct {
	repr   repr
	at     transcripts.Instant
	inRepr bool // a repr goes on in the next piece of the line
	echo   bool // in the lines of a reply that Python 2 prints again
}

// TakesComments implements transcripts.Commenter.
func (d *smtplibDecoder) TakesComments() bool { return true }

func (d *smtplibDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.DecodePiece(raw, true, true, emit)
}

func (d *smtplibDecoder) DecodePiece(raw *transcripts.Raw, first, last bool, emit func(*transcripts.Line)) {
	if !first {
		if d.inRepr {
			d.feed(raw, 0, last, emit)
		}
		return
	}
	at, n := smtplibClock(raw.Text)
	text := raw.Text[n:]
	d.at, d.inRepr = at, false
	if who, quoted := smtplibSaid(text); quoted > 0 {
		d.echo, d.inRepr = false, true
		d.repr.begin(who, text[quoted-1], raw.Span.Part(n, 0))
		d.feed(raw, n+quoted, last, emit)
		return
	}
	switch {
	case bytes.HasPrefix(text, []byte("reply: retcode (")):
		d.echo = true
	case bytes.HasPrefix(text, []byte("connect: to (")), bytes.HasPrefix(text, []byte("connect: (")):
		d.echo = false
		l := raw.Remark(transcripts.Opened, n)
		l.At = at
		emit(&l)
	case bytes.HasPrefix(text, []byte("connect: ")), bytes.HasPrefix(text, []byte("data: (")):
		d.echo = false
	case !d.echo && len(text) > 0:
		l := raw.Remark(transcripts.Comment, n)
		emit(&l)
	}
}

func (d *smtplibDecoder) feed(raw *transcripts.Raw, from int, last bool, emit func(*transcripts.Line)) {
	timed := func(l *transcripts.Line) {
		l.At = d.at
		emit(l)
	}
	open := d.repr.feed(raw.Text[from:], raw.Span.Part(from, 0), timed)
	d.inRepr = open && !last
	if !d.inRepr {
		d.repr.end(timed)
	}
}
