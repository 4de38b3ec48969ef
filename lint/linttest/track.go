package linttest

import (
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"sync"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/capture"
)

// What is heard at an end of a connection is as good as a capture. The server
// does not see what the client had read when it wrote.
var (
	clientEnd = transcripts.Format{Name: "client's end", Proves: transcripts.Everything &^ transcripts.Outcome}
	serverEnd = transcripts.Format{Name: "server's end", Proves: clientEnd.Proves &^ transcripts.Reaction}
)

// A track is what is recorded of one connection.
type track struct {
	end  transcripts.Party // whose end it is recorded at
	ends string            // the addresses of client and server

	mu     sync.Mutex
	wire   *capture.Wire
	page   page
	finish func()
	result lint.Result
	level  int                 // what passes below this layer of TLS is TLS's
	heard  int                 // the layer that was heard last; -1 below all
	queue  []*event            // what waits for a write to return
	held   int                 // octets in it
	gone   bool                // the end was closed
	over   bool                // nothing is recorded any more
	latest transcripts.Instant // when the last event was
}

// An event is something that this end has seen. Events are handed on in their
// order; one that is not settled keeps those behind it waiting.
type event struct {
	from    transcripts.Party
	level   int
	data    []byte
	lost    int // octets that were too many to be kept
	at      transcripts.Instant
	do      func(at transcripts.Instant) // what there is to do where nothing was said
	settled bool
}

// mostHeld is how many octets wait for a write to return.
const mostHeld = 1 << 20

// begin makes the track of a connection.
func (r *Recorder) begin(c net.Conn, end transcripts.Party) *track {
	t := &track{end: end, latest: now()}
	if isTLS(c) {
		t.heard = -1
	}
	client, server, format := c.LocalAddr(), c.RemoteAddr(), &clientEnd
	if end == transcripts.Server {
		client, server, format = server, client, &serverEnd
	}
	t.ends = name(client) + " to " + name(server)
	port := 0
	if tcp, ok := server.(*net.TCPAddr); ok {
		port = tcp.Port
	}
	t.page.Sink, t.finish = transcripts.Listen(format, transcripts.Hints{}, func(s *transcripts.Session) {
		r.linter.Session(s, &t.result)
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	t.wire = capture.NewWire(&t.page, uint32(len(r.judged)+len(r.tracks)+1), t.ends, port, t.latest)
	r.several = r.several || slices.ContainsFunc(r.tracks, (*track).open)
	r.tracks = append(r.tracks, t)
	return t
}

func name(a net.Addr) string {
	if a == nil {
		return "unknown"
	}
	return a.String()
}

func now() transcripts.Instant { return transcripts.At(time.Now()) }

// rise says that TLS was put on the connection, and that what passes below is
// no conversation any more.
func (t *track) rise(level int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.level = max(t.level, level)
}

// said takes octets that were read by a call which began at a time. They are
// lent.
func (t *track) said(level int, data []byte, began transcripts.Instant) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(data) == 0 || level != t.level {
		return
	}
	e := &event{from: 1 - t.end, level: level, data: data, settled: true, at: now()}
	if e.from == transcripts.Server && e.at-began < waited {
		e.at = t.latest // it may have lain there since: a client that reads late does not make the server slow
	}
	t.add(e)
}

// waited is how long a Read takes at least that had to wait.
const waited = transcripts.Instant(time.Millisecond)

// closed says that the connection is closed, and by whom.
func (t *track) closed(by transcripts.Note) {
	t.happened(func(at transcripts.Instant) { t.wire.Closed(by, at) })
}

// ended says that this end was closed.
func (t *track) ended() {
	t.happened(func(transcripts.Instant) { t.gone = true; t.wire.End() })
}

// returned says what the client has returned, and which code that carries.
func (t *track) returned(err error, code int) {
	t.happened(func(at transcripts.Instant) {
		switch {
		case t.wire.Hidden(), err == nil && t.page.code == 0:
		case err == nil:
			t.wire.Remark(transcripts.Welcomed, "", at)
		case code != 0 && code == t.page.code:
			t.wire.Remark(transcripts.Refused, words(err), at)
		default:
			t.wire.Remark(transcripts.Comment, words(err), at)
		}
	})
}

// words are what the client says of an error. Versions of Go differ in how
// they print replies.
func words(err error) string {
	if reply, ok := err.(*textproto.Error); ok {
		return fmt.Sprintf("client: error: %03d %s", reply.Code, reply.Msg)
	}
	return "client: error: " + err.Error()
}

func (t *track) happened(do func(transcripts.Instant)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.add(&event{do: do, settled: true})
}

// writes takes octets that are about to be written, or returns nil where they
// are of no interest. They are lent until wrote is called.
func (t *track) writes(level int, data []byte) *event {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over || len(data) == 0 || level != t.level {
		return nil
	}
	e := &event{from: t.end, level: level, data: data}
	t.add(e)
	return e
}

// wrote says how many octets of a write were sent.
func (t *track) wrote(e *event, n int) {
	if e == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return
	}
	e.data, e.settled = e.data[:n], true
	t.drain()
	if len(t.queue) > 0 {
		t.keep(e)
	}
}

// add takes the next event.
func (t *track) add(e *event) {
	if t.over {
		return
	}
	if e.at == 0 {
		e.at = now()
	}
	t.latest = e.at
	t.queue = append(t.queue, e)
	t.drain()
	if len(t.queue) > 0 && e.settled {
		t.keep(e)
	}
}

// keep copies what is lent to an event that has to wait.
func (t *track) keep(e *event) {
	if t.held += len(e.data); t.held > mostHeld {
		e.lost, e.data = len(e.data), nil
	}
	e.data = append([]byte(nil), e.data...)
}

// drain hands on the events before the first that is not settled.
func (t *track) drain() {
	n := 0
	for n < len(t.queue) && t.queue[n].settled {
		t.hand(t.queue[n])
		n++
	}
	if t.queue = append(t.queue[:0], t.queue[n:]...); len(t.queue) == 0 {
		t.held = 0
	}
}

// hand hands on an event.
func (t *track) hand(e *event) {
	switch {
	case e.do != nil:
		e.do(e.at)
	case e.lost > 0:
		t.wire.Missed(e.from, int64(e.lost), e.at)
	case len(e.data) > 0:
		if e.level > t.heard {
			t.heard = e.level
			t.wire.Secured(e.at)
		}
		t.wire.Said(e.from, e.data, e.at)
	}
	e.data = nil
}

// open reports whether this end is open.
func (t *track) open() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.gone
}

// code is that of the server's last reply.
func (t *track) code() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.page.code
}

// judge ends the track and returns what was found, unless nothing was said.
func (t *track) judge(r *Recorder) (s Session, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.queue { // a write that does not return may have sent anything
		if !e.settled {
			e.lost, e.settled = len(e.data), true
		}
	}
	t.drain()
	t.over = true
	t.wire.End()
	t.page.end()
	t.finish()
	if t.result.Sessions == 0 {
		return Session{}, false
	}
	r.linter.Finish(&t.result)
	t.result.Findings = slices.DeleteFunc(t.result.Findings, func(d lint.Diagnostic) bool { return !r.concerns(d.Side) })
	t.result.Hide()
	return Session{Ends: t.ends, Result: t.result, rows: t.page.rows}, true
}

// concerns reports whether findings about a side are of interest. A recording
// that nobody keeps cannot be at fault.
func (r *Recorder) concerns(side lint.Side) bool {
	if r.side == "" {
		return side != lint.ByRecording
	}
	return side.String() == r.side
}
