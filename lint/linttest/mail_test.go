package linttest

import (
	"bufio"
	"io"
	"net"
	"net/smtp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// TestNothingWrong: a client and a server that do all as they should are left
// alone, whatever end they are recorded at.
func TestNothingWrong(t *testing.T) {
	for _, at := range []transcripts.Party{transcripts.Client, transcripts.Server} {
		ours, theirs := tcp(t)
		rec := New(nil, lint.Settings{})
		if at == transcripts.Client {
			ours = rec.Client(ours)
		} else {
			theirs = rec.Server(theirs)
		}
		var server sync.WaitGroup
		server.Go(func() {
			serve(theirs, "220 mx.example.org ESMTP", "250-mx.example.org\r\n250-PIPELINING\r\n250 8BITMIME",
				"250 2.1.0 Ok", "250 2.1.5 Ok", "354 Go on", "", "", "", "", "", "250 2.0.0 Queued", "221 2.0.0 Bye")
		})
		c, err := smtp.NewClient(ours, "mx.example.org")
		if err != nil {
			t.Fatal(err)
		}
		rec.Returned(c.Mail("a@example.com"))
		rec.Returned(c.Rcpt("b@example.org"))
		w, err := c.Data()
		rec.Returned(err)
		io.WriteString(w, "From: a@example.com\nDate: Wed, 25 Nov 2026 10:00:00 +0000\nMessage-ID: <1@example.com>\n\n.a period\n")
		rec.Returned(w.Close())
		rec.Returned(c.Quit())
		server.Wait()
		for _, s := range rec.Sessions() {
			if len(s.Findings) > 0 || s.Exchanges != 7 {
				t.Errorf("at the %v's end: %d exchanges\n%v", at, s.Exchanges, s)
			}
		}
	}
}

// TestLateReader: a client that lets a reply lie does not make the server slow;
// one that waits for it shows that the server is.
func TestLateReader(t *testing.T) {
	for who, want := range map[string][]string{"client": nil, "server": {"slow-reply"}} {
		synctest.Test(t, func(t *testing.T) {
			pause := func(side string) {
				if side == who {
					time.Sleep(time.Hour)
				}
			}
			ours, theirs := net.Pipe()
			var server sync.WaitGroup
			server.Go(func() {
				defer theirs.Close()
				in := bufio.NewReader(theirs)
				for _, reply := range []string{"220 mx.example.org ESMTP\r\n", "250 mx.example.org\r\n", "221 2.0.0 Bye\r\n"} {
					if !strings.HasPrefix(reply, "220") {
						in.ReadString('\n')
						pause("server")
					}
					io.WriteString(theirs, reply)
				}
			})
			rec := New(nil, lint.Settings{Only: []string{"slow-reply"}})
			conn := rec.Client(ours)
			in := bufio.NewReader(conn)
			in.ReadString('\n')
			for _, command := range []string{"EHLO client.example.com\r\n", "QUIT\r\n"} {
				io.WriteString(conn, command)
				pause("client")
				in.ReadString('\n')
			}
			conn.Close()
			server.Wait()
			got := found(rec)
			equal(t, "the "+who+" is slow", got[:min(1, len(got))], want...)
		})
	}
}

// FuzzConversation: whatever two programs say, and however their octets come in
// pieces, they are heard, and what is printed does nothing to a terminal.
func FuzzConversation(f *testing.F) {
	f.Add([]byte("220 mx\r\n250 a\r\n354 b\r\n"), []byte("EHLO a\r\nDATA\r\n\x16\x03\x01\x00x\n.\r\n"), uint8(3))
	f.Add([]byte("220 \x1b[2J\r\n::error::\r\n334 \r\n"), []byte("\x16\x03\x01STARTTLS\r\nAUTH PLAIN\r\nc2VjcmV0\r\nBDAT 9 LAST\r\nx"), uint8(1))
	f.Fuzz(func(t *testing.T, server, client []byte, step uint8) {
		rec := New(nil, lint.Settings{})
		var piece []byte
		conn := &scripted{
			read:  func(b []byte) (int, error) { return copy(b, piece), nil },
			write: func(b []byte) (int, error) { return len(b), nil },
		}
		c := rec.Client(conn)
		buf := make([]byte, 256)
		for len(server)+len(client) > 0 {
			n := min(int(step)+1, len(server))
			piece, server = server[:n], server[n:]
			c.Read(buf)
			n = min(int(step)+1, len(client))
			piece, client = client[:n], client[n:]
			c.Write(piece)
		}
		c.Close()
		for _, s := range rec.Sessions() {
			for _, line := range strings.Split(s.String(), "\n") {
				if text.Clean(line) != line {
					t.Errorf("not clean: %q", line)
				}
			}
		}
	})
}
