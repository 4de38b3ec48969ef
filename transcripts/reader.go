package transcripts

import (
	"io"
	"iter"
	"strconv"
	"sync"

	"github.com/smtplint/smtplint/transcripts/internal/names"
)

// Hints are facts that a recording does not state.
type Hints struct {
	Port int  // of the server
	LMTP bool // the conversations are LMTP
	Held int  // bound on the memory for unfinished sessions, in octets; 0: 20 MiB
	Deaf bool // directives in the recording are left alone
}

const defaultHeld = 20 << 20

// A Recording is a recording that is being read.
type Recording struct{ in *lineReader }

// Open begins to read a recording. Close must be called after it.
func Open(src io.Reader) *Recording { return &Recording{in: newLineReader(Unpack(src))} }

// Head returns the start of the recording, up to HeadLength octets. It is
// valid until the recording is read on.
func (r *Recording) Head() []byte { return r.in.peek(HeadLength) }

// Err returns the error of the source, if one was met so far; its end is none.
func (r *Recording) Err() error {
	if r.in.err == io.EOF {
		return nil
	}
	return r.in.err
}

// Close lets the memory of the recording be used again. It does not close its
// source.
func (r *Recording) Close() { r.in.release() }

// Sessions yields the sessions of the recording in the order in which they
// end. Each is lent: it is valid until the next one is asked for. An error of
// the source is yielded last, after the sessions that could still be read.
func (r *Recording) Sessions(f *Format, hints Hints) iter.Seq2[*Session, error] {
	return func(yield func(*Session, error) bool) {
		if f.Split != nil {
			r.split(f, hints, false, yield)
			return
		}
		sort := newReader(f, hints)
		sort.deliver = func(d *dialogue) bool {
			more := yield(&d.Session, nil)
			sort.reuse(d)
			return more
		}
		err := decode(r.in, f, hints, sort.gather, sort)
		if sort.stopped {
			return
		}
		sort.finish()
		if err != nil && !sort.stopped {
			yield(nil, err)
		}
	}
}

// Lines calls each for every line of the conversations in the recording, in
// its order, and returns an error of the source. The lines are lent.
func (r *Recording) Lines(f *Format, hints Hints, each func(*Line)) error {
	return decode(r.in, f, hints, each, nil)
}

// Read yields the sessions of a recording whose format is known.
func Read(src io.Reader, f *Format, hints Hints) iter.Seq2[*Session, error] {
	return func(yield func(*Session, error) bool) {
		r := Open(src)
		defer r.Close()
		r.Sessions(f, hints)(yield)
	}
}

// reader sorts the lines of a recording by connection and by session.
type reader struct {
	facts   facts // that hold for every session
	hints   Hints
	begun   bool                 // a line of a conversation was seen
	deliver func(*dialogue) bool // hands a session over; false: no more are wanted
	fresh   func() *dialogue     // returns a dialogue that was handed over and is free again, or nil
	stopped bool
	count   int // sessions begun

	byConn names.Table[connection]
	last   *connection // of the last line
	name   []byte      // of a connection, for a moment
	plain  connection  // of lines without a connection name
	spare  []*dialogue

	live    int // dialogues in use
	emptied []gathering
	told    Line // out of a gathering

	// Connections with an unfinished session, in the order in which they were
	// last heard of, and what these sessions hold.
	oldest, newest *connection
	held           int
	due            int   // octets until that is summed up again
	round          int64 // how often it was
	torn           []tornName
	tornSize       int
}

// connection is the stream of lines with one connection name.
type connection struct {
	name  string
	d     *dialogue
	torn  bool // what comes next belongs to a session that was cut
	left  tornLeft
	mixed bool // lines of several sessions have been seen among each other

	gathers bool      // lines of its session may be kept
	kept    gathering // of those

	older, newer *connection // by when they were last heard of
	round        int64       // when that was
	weight       int         // what its session held when that was last summed up, in octets
}

func newReader(f *Format, hints Hints) *reader {
	if hints.Held == 0 {
		hints.Held = defaultHeld
	}
	return &reader{
		facts: facts{format: f.Name, grants: f.Proves, port: hints.Port, lmtp: hints.LMTP},
		hints: hints, due: min(boundEvery, hints.Held/16),
	}
}

// decode feeds the decoder of a format with the lines of a recording. Where
// they go to a reader, content is read in runs.
func decode(in *lineReader, f *Format, hints Hints, emit func(*Line), to *reader) error {
	if f.Read != nil {
		if to != nil {
			return f.Read(in, hints, to)
		}
		return f.Read(in, hints, tap(emit))
	}
	dec := f.New(in.peek(HeadLength))
	marker, _ := dec.(Marker)
	pieces, inPieces := dec.(PieceDecoder)
	var long []byte // the start of a line that is longer than the buffer
	var cut int64
	var at Span
	first := true
	for to == nil || !to.stopped {
		if marker != nil && to != nil && first && to.inRun() {
			if form, ok := marker.ContentForm(); ok {
				block, at := in.block()
				in.skip(to.plain.d.run(block, &form, at))
			}
		}
		raw, last, ok := in.line()
		if !ok {
			break
		}
		switch {
		case first && last:
			if !takesDirective(raw, dec, emit) {
				dec.Decode(raw, emit)
			}
		case inPieces:
			pieces.DecodePiece(raw, first, last, emit)
		case first:
			long, cut, at = append(long[:0], raw.Text...), 0, raw.Span
		default:
			cut += int64(len(raw.Text))
			if last {
				at.Length = uint32(len(long))
				dec.Decode(&Raw{Text: long, EOL: raw.EOL, Cut: cut, Span: at}, emit)
			}
		}
		first = last
	}
	if f, ok := dec.(Flusher); ok {
		f.Flush(emit)
	}
	if in.err == io.EOF {
		return nil
	}
	return in.err
}

// line gives a line to the session that it belongs to.
func (r *reader) line(l *Line) {
	if r.heeds(l) {
		r.give(r.connection(l.Conn), l)
	}
}

// heeds reports whether a line belongs to a session. Others are about the
// recording, or are of no interest any more.
func (r *reader) heeds(l *Line) bool {
	if r.stopped {
		return false
	}
	switch {
	case l.From != Recorder:
		r.begun = true
	case l.Note == Asked && r.hints.Deaf:
		return false
	case l.Note == Asked && !r.begun && len(l.Conn) == 0:
		r.facts.hint(string(l.Text))
	case l.Note == Fact && !r.begun && len(l.Conn) == 0:
		r.facts.note(string(l.Text))
	case l.Note == Notation:
		r.finish()
		r.facts.switchTo(string(l.Text))
		return false
	}
	return true
}

// give gives a line to the session on a connection, or begins one with it.
func (r *reader) give(c *connection, l *Line) {
	if c.d == nil {
		if c.torn && c.passes(l) {
			if c.name != "" && (l.Note == Closed || l.Note == ClientClosed || l.Note == ServerClosed) {
				r.forget(c)
			}
			return
		}
		c.d = r.begin(c)
	} else if c.d.startsAnew(l) {
		within := l.From == Server && c.d.unfinished()
		r.end(c)
		if r.stopped {
			return
		}
		c.d = r.begin(c)
		c.d.within = within
	}
	c.d.feed(l)
	r.last = c
	if c.name != "" && l.From == Recorder && c.d.Ended != Comment && !c.d.empty() {
		r.end(c)
		r.forget(c)
		return
	}
	r.heardOf(c, len(l.Text)+len(l.Conn))
}

func (r *reader) connection(name []byte) *connection {
	if len(name) == 0 {
		return &r.plain
	}
	key, c, fresh := r.byConn.Of(name)
	if fresh {
		c.name = key
	}
	return c
}

func (r *reader) begin(c *connection) *dialogue {
	r.live++
	var d *dialogue
	if n := len(r.spare); n > 0 {
		d, r.spare = r.spare[n-1], r.spare[:n-1]
	} else if r.fresh != nil {
		d = r.fresh()
	}
	if d == nil {
		d = dialogues.Get().(*dialogue)
	}
	d.begin(r.facts)
	d.mixed, d.state.Adrift = c.mixed, c.mixed
	if c.torn {
		d.resume(&c.left)
		c.torn, c.left = false, tornLeft{}
	}
	return d
}

// end finishes the session of a connection and lends it out.
func (r *reader) end(c *connection) {
	r.hear(c)
	d := c.d
	c.gathers = false
	r.live--
	r.unlink(c)
	r.weigh(c, 0)
	c.d, c.mixed = nil, d.mixed
	d.finish()
	if len(d.Exchanges) > 0 && !r.stopped {
		r.count++
		d.ID = c.name
		if c.name == "" {
			var digits [20]byte
			d.ID = d.arena.keep(strconv.AppendInt(digits[:0], int64(r.count), 10))
		}
		r.stopped = !r.deliver(d)
		return
	}
	r.reuse(d)
}

// reuse keeps a dialogue for the next session, unless it has grown large.
func (r *reader) reuse(d *dialogue) {
	if d.size() < smallSize && len(r.spare) < mostSpare {
		r.spare = append(r.spare, d)
	}
}

const (
	smallSize = 256 << 10
	mostSpare = 64
)

// finish ends all sessions, in the order in which they were last heard of.
func (r *reader) finish() {
	for r.oldest != nil && !r.stopped {
		r.end(r.oldest)
	}
	r.byConn.Clear()
	for _, d := range r.spare {
		dialogues.Put(d)
	}
	r.spare = nil
}

// dialogues keeps what has grown for the sessions of the next recording.
var dialogues = sync.Pool{New: func() any { return new(dialogue) }}

// unfinished reports whether the server still owes a reply and nothing says
// that the session is over.
func (d *dialogue) unfinished() bool {
	return d.await.len() > 0 && d.Ended == Comment && !d.state.Closing
}

// startsAnew reports whether a line begins another session on the same
// connection name.
func (d *dialogue) startsAnew(l *Line) bool {
	if d.empty() || d.opened && l.From != Recorder && len(l.Conn) > 0 {
		return false // where connections have names and are opened, each has one session
	}
	switch l.From {
	case Recorder:
		return l.Note == Opened
	case Client:
		if d.mode != inCommands || d.Ended == Comment && (!d.state.Closing || d.facts.grants.Has(Opening)) {
			return false
		}
		verb, _ := parseVerb(l.Text)
		return verb.Hello()
	}
	// 220 is a greeting; the other codes are where a session has ended.
	if len(l.Text) < 3 || l.Text[1] != '2' && l.Text[1] != '5' || d.open.Recorded() || !d.greeted {
		return false
	}
	code, _, _ := parseReplyLine(l.Text)
	if code != 220 && (d.Ended == Comment || code != 421 && code != 554) {
		return false
	}
	await := d.await.all()
	for _, i := range await[:min(len(await), mostAwaited)] {
		if fits(&d.Exchanges[i], &Reply{Code: code}) {
			return false
		}
	}
	return d.lines[Client] > 0
}
