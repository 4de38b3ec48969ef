package linttest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
)

// TestWhatTheClientKnew: at its own end a client that does not wait is found
// out; at the server's end nobody knows.
func TestWhatTheClientKnew(t *testing.T) {
	for _, at := range []transcripts.Party{transcripts.Client, transcripts.Server} {
		rec := New(nil, lint.Settings{Side: "client", Only: []string{"client-talks-before-greeting"}})
		ours, theirs := net.Pipe()
		var want []string
		if at == transcripts.Client {
			ours = rec.Client(ours)
			want = []string{"client-talks-before-greeting"}
		} else {
			theirs = rec.Server(theirs)
		}
		var server sync.WaitGroup
		server.Go(func() {
			in := bufio.NewReader(theirs)
			in.ReadString('\n')
			io.WriteString(theirs, "220 mx.example.org ESMTP\r\n250 mx.example.org\r\n")
			theirs.Close()
		})
		io.WriteString(ours, "EHLO client.example.com\r\n")
		io.Copy(io.Discard, ours)
		ours.Close()
		server.Wait()
		equal(t, fmt.Sprint("at the ", at, "'s end"), found(rec), want...)
	}
}

// scripted is a connection whose calls return what they are told to.
type scripted struct {
	net.Conn // nil: nothing else is called
	write    func([]byte) (int, error)
	read     func([]byte) (int, error)
}

func (c *scripted) Write(b []byte) (int, error) { return c.write(b) }
func (c *scripted) Read(b []byte) (int, error)  { return c.read(b) }
func (c *scripted) Close() error                { return nil }
func (c *scripted) LocalAddr() net.Addr         { return nil }
func (c *scripted) RemoteAddr() net.Addr        { return nil }

// printed is the conversation of a Recorder with one connection.
func printed(t *testing.T, rec *Recorder) string {
	t.Helper()
	all := rec.Sessions()
	if len(all) != 1 {
		t.Fatalf("%d sessions, want 1", len(all))
	}
	return all[0].Text()
}

// TestFailedWrite: what was not sent was not said.
func TestFailedWrite(t *testing.T) {
	conn := &scripted{
		read:  func(b []byte) (int, error) { return copy(b, "220 mx\r\n"), nil },
		write: func(b []byte) (int, error) { return 6, os.ErrDeadlineExceeded },
	}
	rec := New(nil, lint.Settings{})
	c := rec.Client(conn)
	c.Read(make([]byte, 99))
	c.Write([]byte("NOOP\r\nQUIT\r\n"))
	c.Close()
	if got, want := printed(t, rec), "S: 220 mx\nC: NOOP\n# [client closed]\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestWriteInProgress: what is read while a write is under way stands behind
// what is written.
func TestWriteInProgress(t *testing.T) {
	rec := New(nil, lint.Settings{})
	conn := new(scripted)
	c := rec.Client(conn)
	conn.read = func(b []byte) (int, error) { return copy(b, "220 mx\r\n"), nil }
	buf := make([]byte, 99)
	c.Read(buf)
	conn.write = func(b []byte) (int, error) {
		conn.read = func(b []byte) (int, error) { return copy(b, "250 ok\r\n"), nil }
		c.Read(buf)
		clear(buf) // it was lent
		conn.read = func(b []byte) (int, error) { return 0, io.EOF }
		c.Read(buf)
		return len(b), nil
	}
	c.Write([]byte("NOOP\r\n"))
	if got, want := printed(t, rec), "S: 220 mx\nC: NOOP\nS: 250 ok\n# [server closed]\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestHungWrite: of a write that never returns nobody knows how much was sent.
func TestHungWrite(t *testing.T) {
	hang, hung := make(chan bool), make(chan bool)
	conn := &scripted{
		read:  func(b []byte) (int, error) { return copy(b, "220 mx\r\n"), nil },
		write: func(b []byte) (int, error) { close(hung); <-hang; return len(b), nil },
	}
	rec := New(nil, lint.Settings{})
	c := rec.Client(conn)
	buf := make([]byte, 99)
	c.Read(buf)
	var writer sync.WaitGroup
	writer.Go(func() { c.Write([]byte("EHLO client.example.com\r\n")) })
	<-hung
	conn.read = func(b []byte) (int, error) { return copy(b, "421 bye\r\n"), nil }
	c.Read(buf)
	got := printed(t, rec)
	close(hang)
	writer.Wait()
	if want := "S: 220 mx\n# [client gap] 25 octets\nS: 421 bye\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestWhoClosed: the first to close has closed the connection, and time that
// ran out is no end.
func TestWhoClosed(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(ours, theirs net.Conn)
		want string
	}{
		"the client": {func(ours, theirs net.Conn) { ours.Close(); theirs.Close() }, "# [client closed]\n"},
		"the server": {func(ours, theirs net.Conn) { theirs.Close(); ours.Read(make([]byte, 9)); ours.Close() }, "# [server closed]\n"},
		"nobody":     {func(ours, theirs net.Conn) {}, ""},
		"half":       {func(ours, theirs net.Conn) { ours.(interface{ CloseWrite() error }).CloseWrite(); theirs.Close() }, "# [client closed]\n"},
		"after timeout": {func(ours, theirs net.Conn) {
			ours.SetReadDeadline(time.Now())
			if _, err := ours.Read(make([]byte, 9)); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("the deadline got lost: %v", err)
			}
			theirs.Close()
			ours.SetReadDeadline(time.Time{})
			ours.Read(make([]byte, 9))
		}, "# [server closed]\n"},
		"reset": {func(ours, theirs net.Conn) {
			theirs.(*net.TCPConn).SetLinger(0)
			theirs.Close()
			ours.Read(make([]byte, 9))
			ours.Close()
		}, "# [closed]\n"},
	} {
		ours, theirs := tcp(t)
		rec := New(nil, lint.Settings{})
		ours = rec.Client(ours)
		io.WriteString(theirs, "220 mx\r\n")
		ours.Read(make([]byte, 99))
		test.end(ours, theirs)
		if got := printed(t, rec); got != "S: 220 mx\n"+test.want {
			t.Errorf("%s closed: got\n%s", name, got)
		}
	}
}

// tcp is a real connection.
func tcp(t *testing.T) (ours, theirs net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if ours, err = net.Dial("tcp", ln.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if theirs, err = ln.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close(); theirs.Close() })
	return ours, theirs
}

// TestHalfClose: only what can be closed for writing says so.
func TestHalfClose(t *testing.T) {
	type half interface{ CloseWrite() error }
	rec := New(nil, lint.Settings{})
	a, b := net.Pipe()
	if _, ok := rec.Client(a).(half); ok {
		t.Error("a pipe cannot be closed for writing alone")
	}
	b.Close()
	ours, theirs := tcp(t)
	ours = rec.Client(ours)
	ours.(half).CloseWrite()
	if n, err := theirs.Read(make([]byte, 9)); n != 0 || err != io.EOF {
		t.Errorf("the other end read %d octets, %v", n, err)
	}
	io.WriteString(theirs, "220 mx\r\n")
	if n, err := ours.Read(make([]byte, 9)); n != 8 || err != nil {
		t.Errorf("read %d octets, %v", n, err)
	}
}

// TestLongMessage: a message is measured, and not kept.
func TestLongMessage(t *testing.T) {
	replies := []string{"220 mx\r\n", "250 mx\r\n", "250 Ok\r\n", "250 Ok\r\n", "354 Go on\r\n"}
	conn := &scripted{
		read: func(b []byte) (int, error) {
			n := copy(b, replies[0])
			replies = replies[1:]
			return n, nil
		},
		write: func(b []byte) (int, error) { return len(b), nil },
	}
	rec := New(nil, lint.Settings{Side: "client", FailOn: lint.Info})
	c := rec.Client(conn)
	buf := make([]byte, 99)
	for _, command := range []string{
		"EHLO client.example.com", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>", "DATA", "Subject: long\r\n",
	} {
		c.Read(buf)
		io.WriteString(c, command+"\r\n")
	}
	block := []byte(strings.Repeat(strings.Repeat("x", 76)+"\r\n", 1000))
	inUse := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := inUse()
	for range 100 {
		c.Write(block)
	}
	if grown := inUse() - before; grown > 1<<20 {
		t.Errorf("%d octets of %d are kept", grown, 100*len(block))
	}
	io.WriteString(c, "x\r\n.\r\n")
	got := printed(t, rec)
	if want := "# [left out] 99978 lines\nC: x\nC: .\n"; len(got) > 4000 || !strings.HasSuffix(got, want) {
		t.Errorf("got\n%.4000s\nwant at the end\n%s", got, want)
	}
}

// TestAtOnce: many connections are recorded at the same time, at both ends, and
// none is mixed up with another.
func TestAtOnce(t *testing.T) {
	const many = 30
	rec := New(nil, lint.Settings{})
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	wrapped := rec.Listener(ln)
	var all sync.WaitGroup
	all.Go(func() {
		for range many {
			conn, err := wrapped.Accept()
			if err != nil {
				t.Error(err)
				return
			}
			all.Go(func() { serve(conn, "220 mx.example.org ESMTP", "250 mx.example.org", "250 Ok", "221 Bye") })
		}
	})
	for n := range many {
		all.Go(func() {
			conn, err := net.Dial("tcp", ln.Addr().String())
			if err != nil {
				t.Error(err)
				return
			}
			talk(rec.Client(conn), fmt.Sprintf("EHLO c%d.example.com", n), fmt.Sprintf("NOOP %d", n), "QUIT")
			rec.Returned(io.EOF)
		})
	}
	all.Wait()
	texts := map[string]int{}
	for _, s := range rec.Sessions() {
		said, _, _ := strings.Cut(s.Text(), "# ")
		texts[said]++
	}
	for n := range many {
		want := fmt.Sprintf("S: 220 mx.example.org ESMTP\nC: EHLO c%d.example.com\nS: 250 mx.example.org\nC: NOOP %d\nS: 250 Ok\nC: QUIT\nS: 221 Bye\n", n, n)
		if texts[want] != 2 {
			t.Errorf("client %d was recorded %d times, want at both ends", n, texts[want])
		}
	}
}

// TestRereads: the conversation as it is printed shows the same faults to
// smtplint.
func TestRereads(t *testing.T) {
	replies := []string{"220 mx.example.org ESMTP\r\n", "250 mx.example.org\n"}
	conn := &scripted{
		read: func(b []byte) (int, error) {
			n := copy(b, replies[0])
			replies = replies[1:]
			return n, nil
		},
		write: func(b []byte) (int, error) { return len(b), nil },
	}
	rec := New(nil, lint.Settings{})
	c := rec.Client(conn)
	c.Read(make([]byte, 99))
	io.WriteString(c, "EHLO client.example.com\n")
	c.Read(make([]byte, 99))
	c.Close()
	listing := printed(t, rec)
	again := lint.Check(listing, rules.All, lint.Settings{})
	var ids []string
	for _, d := range again.Findings {
		ids = append(ids, d.Rule.ID)
	}
	if len(ids) == 0 {
		t.Errorf("no finding in\n%s", listing)
	}
	equal(t, listing, found(rec), ids...)
}
