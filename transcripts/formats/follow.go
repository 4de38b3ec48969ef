package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// follower reads a recording in one notation as long as that explains it, and
// finds the next notation where another recording begins: CI logs hold the
// output of several programs, with noise in between.
//
// A line that the current notation makes no line of a conversation of is
// weighed by all others. What was weighed is kept, so that the other notation
// is read from its first line on.
type follower struct {
	now      *transcripts.Format // nil: none found yet
	decoder  transcripts.Decoder
	dumper   dumper                  // the decoder, if it is one
	emit     func(*transcripts.Line) // of the call that is going on
	watch    func(*transcripts.Line)
	spoke    bool   // the current notation has explained the line
	announce string // the notation that was taken, until its first line is handed out
	recent   []kept
	comments []transcripts.Line // on those: another notation may explain the lines
	text     []byte             // of the comments
	room     int                // octets left for recent lines
	weigh    *weighing          // of lines that were not explained
}

// weighing is what the other notations made of lines.
type weighing struct {
	weights    [maxFormats]int
	candidates [maxFormats]uint8 // for signers
	dull       dull
}

// A dumper is a decoder for dumps of octets, where many a line of the recording
// holds none of the conversation that is whole.
type dumper interface {
	// dumped reports whether the last line of the recording was one of a dump.
	dumped() bool
}

// kept is a line that was not explained.
type kept struct {
	raw  transcripts.Raw
	text []byte
}

const (
	keptLines  = 64
	keptOctets = 32 << 10
)

// Search is for recordings whose head shows no notation: it waits for one.
var Search = &transcripts.Format{
	Name: "",
	Sign: func([]byte) int { return 0 },
	New:  func([]byte) transcripts.Decoder { return newFollower(nil, nil) },
}

func newFollower(now *transcripts.Format, decoder transcripts.Decoder) *follower {
	f := &follower{now: now, decoder: decoder}
	f.watch = func(l *transcripts.Line) {
		says := l.From != transcripts.Recorder || l.Note != transcripts.Comment
		if f.announce != "" {
			if !says {
				return // noise before the other recording
			}
			f.emit(&transcripts.Line{
				From: transcripts.Recorder, Note: transcripts.Notation, Text: []byte(f.announce), Span: l.Span,
			})
			f.announce = ""
		}
		f.spoke = f.spoke || says
		if !says {
			f.comment(l)
			return
		}
		f.pass()
		f.emit(l)
	}
	f.dumper, _ = decoder.(dumper)
	f.forget()
	return f
}

func (f *follower) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	f.emit = emit
	if bytes.IndexByte(raw.Text, 0x1b) >= 0 {
		bare := *raw
		bare.Text = plainText(raw.Text)
		raw = &bare
	}
	if f.now != nil {
		f.spoke = false
		f.decoder.Decode(raw, f.watch)
		if f.spoke || f.dumper != nil && f.dumper.dumped() {
			if len(f.recent) > 0 {
				f.forget()
			}
			return
		}
	}
	if len(raw.Text) > 0 {
		f.consider(raw)
	}
}

// DecodePiece is for notations that write a whole message on one line.
func (f *follower) DecodePiece(raw *transcripts.Raw, first, last bool, emit func(*transcripts.Line)) {
	f.emit = emit
	switch d := f.decoder.(type) {
	case transcripts.PieceDecoder:
		d.DecodePiece(raw, first, last, f.watch)
	case nil:
	default:
		if first {
			d.Decode(raw, f.watch)
		}
	}
	f.pass()
}

// ContentForm is that of the current notation.
func (f *follower) ContentForm() (transcripts.ContentForm, bool) {
	if m, ok := f.decoder.(transcripts.Marker); ok && len(f.recent) == 0 {
		return m.ContentForm()
	}
	return transcripts.ContentForm{}, false
}

// TakesComments asks the current notation.
func (f *follower) TakesComments() bool {
	c, ok := f.decoder.(transcripts.Commenter)
	return ok && c.TakesComments()
}

// Flush passes on what the current notation holds.
func (f *follower) Flush(emit func(*transcripts.Line)) {
	f.emit = emit
	if d, ok := f.decoder.(transcripts.Flusher); ok {
		d.Flush(f.watch)
	}
	f.pass()
}

// comment keeps a comment of the current notation.
func (f *follower) comment(l *transcripts.Line) {
	c, start := *l, len(f.text)
	f.text = append(append(f.text, l.Text...), l.Conn...)
	c.Text, c.Conn = f.text[start:start+len(l.Text)], f.text[start+len(l.Text):]
	f.comments = append(f.comments, c)
}

// pass hands out the comments that were kept.
func (f *follower) pass() {
	for i := range f.comments {
		f.emit(&f.comments[i])
	}
	f.comments, f.text = f.comments[:0], f.text[:0]
}

func (f *follower) forget() {
	f.pass()
	f.recent, f.room = f.recent[:0], keptOctets
	if f.weigh != nil {
		clear(f.weigh.weights[:len(All)])
	}
}

// consider weighs a line that the current notation does not explain.
func (f *follower) consider(raw *transcripts.Raw) {
	if f.weigh == nil {
		f.weigh = new(weighing)
	}
	weights, dull := &f.weigh.weights, &f.weigh.dull
	if dull.pass(raw.Text) {
		return
	}
	if len(f.recent) == keptLines || len(raw.Text) > f.room {
		f.forget()
	}
	if len(raw.Text) > f.room {
		return
	}
	f.room -= len(raw.Text)
	f.keep(raw)
	// One notation gives way to another only for lines that nobody else writes,
	// and for two of them; where none was found yet, less will do.
	least := transcripts.Strong
	if f.now == nil {
		least = transcripts.Medium
	}
	// A line that the current notation has as well speaks for no other.
	own := 0
	if f.now != nil {
		own = f.now.Sign(raw.Text)
	}
	best := -1
	for _, i := range signers(raw.Text, &f.weigh.candidates) {
		i, format := int(i), All[i]
		if format == f.now {
			continue
		}
		if w := format.Sign(raw.Text); w >= least && w > own {
			weights[i] += w
			if best < 0 || weights[i] > weights[best] {
				best = i
			}
		}
	}
	switch {
	case best < 0:
		dull.miss()
	case weights[best] >= 2*least:
		f.take(All[best])
	default:
		dull.hit()
	}
}

// keep copies a line, into memory that was used for another before.
func (f *follower) keep(raw *transcripts.Raw) {
	n := len(f.recent)
	if n == cap(f.recent) {
		f.recent = append(f.recent, kept{})
	} else {
		f.recent = f.recent[:n+1]
	}
	k := &f.recent[n]
	k.text = append(k.text[:0], raw.Text...)
	k.raw = *raw
	k.raw.Text = k.text
}

// take goes over to another notation, from the first line that was kept.
func (f *follower) take(next *transcripts.Format) {
	recent := f.recent
	f.recent = nil
	for n := range f.comments { // the other notation explains what they are about
		if f.comments[n].Span.Line >= recent[0].raw.Span.Line {
			f.comments = f.comments[:n]
			break
		}
	}
	f.forget()
	var head []byte
	for _, k := range recent {
		head = append(append(head, k.text...), '\n')
	}
	f.now, f.decoder = next, next.New(head)
	f.dumper, _ = f.decoder.(dumper)
	f.announce = next.Name + ": " + next.Proves.String()
	for i := range recent {
		f.decoder.Decode(&recent[i].raw, f.watch)
	}
}
