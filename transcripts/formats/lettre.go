package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// lettre traces what it writes after "Wrote:" and what it reads after "<<",
// with "<CRLF>" for line ends. A message is one entry. While a reply is being
// read, each entry repeats the lines before (until 0.11; later ones do not).
var lettre = &transcripts.Format{
	Name:     "lettre",
	Programs: "lettre 0.10, 0.11 (Rust, feature tracing)",
	Record:   "lettre with the feature \"tracing\", and RUST_LOG=lettre=debug ... 2> session.log",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Secrets | transcripts.Clock,
	Holds: ":", HoldsOne: "W<",
	Sign: func(line []byte) int {
		if _, text := lettreSaid(line); text > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder {
		d := &lettreDecoder{}
		d.sent.begin(transcripts.Client, transcripts.Span{})
		return d
	},
}

const (
	lettreModule = "lettre::transport::smtp::client::"
	lettreEnd    = "<CRLF>"
)

// lettreSaid finds who speaks in an entry and where the text begins; 0 where
// lettre itself does, or another module.
func lettreSaid(line []byte) (transcripts.Party, int) {
	n := bytes.Index(line[:min(len(line), 200)], []byte(lettreModule))
	if n < 0 {
		return 0, 0
	}
	end := bytes.Index(line[n:], []byte(": "))
	if end < 0 {
		return 0, 0
	}
	n += end + 2
	switch {
	case bytes.HasPrefix(line[n:], []byte("Wrote: ")):
		return transcripts.Client, n + len("Wrote: ")
	case bytes.HasPrefix(line[n:], []byte("<< ")):
		return transcripts.Server, n + len("<< ")
	}
	return 0, 0
}

type lettreDecoder struct {
	sent    wireLine
	read    wireLine
	seen    []byte // of the reply that is being read
	at      transcripts.Instant
	writing bool // an entry of the client's goes on
	place   transcripts.Span
}

func (d *lettreDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	d.DecodePiece(raw, true, true, emit)
}

func (d *lettreDecoder) DecodePiece(raw *transcripts.Raw, first, last bool, emit func(*transcripts.Line)) {
	timed := func(l *transcripts.Line) {
		l.At = d.at
		emit(l)
	}
	if !first {
		if d.writing {
			octets(&d.sent, raw, 0, timed)
		}
		return
	}
	d.place = raw.Span.Part(0, 0)
	who, n := lettreSaid(raw.Text)
	if n == 0 {
		d.remark(raw, emit)
		return
	}
	d.at, _ = stamp(raw.Text)
	d.writing = who == transcripts.Client && !last
	if who == transcripts.Client {
		d.seen = d.seen[:0]
		d.sent.goOn(raw.Span.Part(0, 0))
		octets(&d.sent, raw, n, timed)
		return
	}
	entry := raw.Text[n:]
	if new, repeats := bytes.CutPrefix(entry, d.seen); repeats && len(new) > 0 {
		n = len(raw.Text) - len(new)
	}
	d.seen = append(d.seen[:0], entry...)
	d.read.begin(transcripts.Server, raw.Span.Part(0, 0))
	octets(&d.read, raw, n, func(l *transcripts.Line) {
		if !goesOn(l.Text) {
			d.seen = d.seen[:0]
		}
		timed(l)
	})
}

// octets puts the text of raw from n on, in which line ends are written out,
// to w.
func octets(w *wireLine, raw *transcripts.Raw, n int, emit func(*transcripts.Line)) {
	w.perOctet = len(lettreEnd) / 2
	for n < len(raw.Text) {
		if !w.at.Known() {
			w.at = raw.Span.Part(n, 0)
		}
		if !bytes.HasPrefix(raw.Text[n:], []byte(lettreEnd)) {
			w.put(raw.Text[n])
			n++
			continue
		}
		w.put('\r')
		w.put('\n')
		n += len(lettreEnd)
		w.here = raw.Span.Part(n, 0)
		w.emit(emit)
	}
	w.here = raw.Span.Part(n, 0)
}

func (d *lettreDecoder) remark(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	_, said, ok := bytes.Cut(raw.Text, []byte(lettreModule))
	if !ok {
		return
	}
	l := raw.Remark(transcripts.Comment, 0)
	if bytes.HasSuffix(said, []byte("connection encrypted")) {
		l.Note = transcripts.Secured
	}
	emit(&l)
}

func (d *lettreDecoder) Flush(emit func(*transcripts.Line)) {
	d.sent.goOn(d.place)
	d.sent.end(emit)
}
