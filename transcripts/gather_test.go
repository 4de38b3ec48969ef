package transcripts

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestGather gives lines of many connections to two readers, of which only one
// gathers them, and compares the sessions and their order.
func TestGather(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	said := []struct {
		from Party
		text string
	}{
		{Server, "220 mx.example.org"}, {Client, "EHLO a"}, {Server, "250-mx.example.org"}, {Server, "250 SIZE"}, {Client, "MAIL FROM:<a@b>"},
		{Server, "250 ok"}, {Client, "DATA"}, {Server, "354 go"}, {Client, "Subject: x"}, {Client, ""}, {Client, "."}, {Server, "421 bye"},
		{Client, "NOOP " + strings.Repeat("x", gatheredText)}, {Client, "QUIT"}, {Server, "221 bye"},
	}
	notes := []Note{Opened, Opened, Closed, Closed, Comment, Fact, ClientClosed, Secured, LeftOut, Asked, ReplyLeftOut}
	for range 50 {
		names, lines := 1+random.IntN(100), 1+random.IntN(4000)
		var read []Line
		for n := range lines {
			l := Line{Conn: fmt.Appendf(nil, "smtpd[%d]", random.IntN(names)), At: Instant(n), Cut: int64(n % 7),
				Span: Span{Offset: int64(9 * n), Line: uint32(n + 1), Column: uint32(n % 5), Length: uint32(n % 11), Packet: uint32(n)}}
			if random.IntN(50) == 0 {
				l.Conn = nil
			}
			if random.IntN(20) == 0 {
				l.From, l.Note, l.Text = Recorder, notes[random.IntN(len(notes))], []byte("format: x")
			} else {
				s := said[random.IntN(len(said))]
				l.From, l.Text, l.EOL, l.Verdict = s.from, []byte(s.text), EOL(random.IntN(3)), Verdict(random.IntN(2))
			}
			read = append(read, l)
		}
		now, gathered := newReader(Plain, Hints{}), newReader(Plain, Hints{})
		want, got := sessionsIn(read, now, now.line), sessionsIn(read, gathered, gathered.gather)
		if !slices.Equal(got, want) {
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					t.Fatalf("session %d:\n%s\nwant\n%s", i, got[i], want[i])
				}
			}
			t.Fatalf("%d sessions, want %d", len(got), len(want))
		}
	}
}

// sessionsIn returns what is said of the sessions that a reader makes of lines.
func sessionsIn(lines []Line, r *reader, to func(*Line)) (all []string) {
	r.deliver = func(d *dialogue) bool {
		all = append(all, withPlaces(&d.Session))
		r.reuse(d)
		return true
	}
	for _, l := range lines {
		l.Text, l.Conn = slices.Clone(l.Text), slices.Clone(l.Conn)
		to(&l)
		for _, lent := range [][]byte{l.Text, l.Conn} {
			for i := range lent {
				lent[i] = '!'
			}
		}
	}
	r.finish()
	return all
}

// withPlaces says all of a session.
func withPlaces(s *Session) string {
	spans := []Span{s.Span, s.End}
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		spans = append(spans, e.Command.Span)
		for _, l := range e.Reply.Lines {
			spans = append(spans, l.Span)
		}
	}
	return fmt.Sprintln(dump(s), spans)
}

// TestGatheredIsBounded has connections that are opened and never closed.
func TestGatheredIsBounded(t *testing.T) {
	const held = 1 << 20
	r := newReader(Plain, Hints{Held: held})
	r.deliver = func(d *dialogue) bool { r.reuse(d); return true }
	line := &Line{Text: []byte(strings.Repeat("x", 100)), Span: Span{Line: 1}}
	for n := range 50_000 {
		line.Conn = fmt.Appendf(nil, "%d", n/5)
		line.From, line.Note = Client, 0
		if n%5 == 0 && n > 0 {
			line.From, line.Note = Recorder, Opened
		}
		r.gather(line)
		live := 0
		for c := r.oldest; c != nil; c = c.newer {
			live++
		}
		if most := held/leastSize + held/16/lineCost; live > most || len(r.emptied) > most {
			t.Fatalf("%d connections hold sessions and %d gatherings wait, want %d at most", live, len(r.emptied), most)
		}
	}
	r.finish()
}

// TestGatherTorn opens a connection again whose session was cut.
func TestGatherTorn(t *testing.T) {
	r := newReader(Plain, Hints{})
	r.deliver = func(*dialogue) bool { return true }
	for n := range mostLive {
		r.gather(&Line{From: Server, Text: []byte("220 mx.example.org"), Conn: fmt.Append(nil, n), Span: Span{Line: 1}})
	}
	c := r.connection([]byte("cut"))
	c.torn, c.left = true, tornLeft{}
	r.gather(&Line{From: Recorder, Note: Opened, Conn: []byte("cut"), Span: Span{Line: 2}})
	r.hear(c)
	if c.torn || c.d == nil || c.d.cut {
		t.Errorf("torn %v, with a session %v", c.torn, c.d != nil)
	}
	r.finish()
}
