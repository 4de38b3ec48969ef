package capture

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// lines is a Sink that writes down what it is given.
type lines struct{ strings.Builder }

func (s *lines) Line(l *transcripts.Line) {
	fmt.Fprintf(s, "@%s %d+%d %v%d %q %v\n", l.Conn, l.Span.Line, l.Span.Offset, l.From, l.Note, l.Text, l.EOL)
}
func (s *lines) Content(*transcripts.Line, []byte) (int, int) { return 0, 0 }
func (s *lines) Stopped() bool                                { return false }

type turn struct {
	from transcripts.Party
	said string
}

const (
	client = transcripts.Client
	server = transcripts.Server
)

// hear returns the lines of turns, with each turn cut before its octet n.
func hear(turns []turn, n int, then func(*Wire)) string {
	var s lines
	w := NewWire(&s, 7, "a to b", 25, 1)
	for _, t := range turns {
		k := min(n, len(t.said))
		w.Said(t.from, []byte(t.said[:k]), 1)
		w.Said(t.from, []byte(t.said[k:]), 1)
	}
	if then != nil {
		then(w)
	}
	w.End()
	return s.String()
}

// TestWireCuts: how octets come in pieces makes no difference.
func TestWireCuts(t *testing.T) {
	turns := []turn{
		{server, "220 mx ESMTP\r\n"},
		{client, "EHLO a\r\nMAIL FROM:<>\nRCPT TO:<b>\r\r\n"},
		{server, "250-mx\r\n250 CHUNKING\r\n250 ok\r\n250 ok\r\n"},
		{client, "BDAT 7\r\na\r\nb\r\n\r"}, // ends within CRLF
		{server, "250 ok\r\n"},
		{client, "BDAT 3 LAST\r\nxyzQUIT\r\n"},
		{server, "221 bye\r"},
	}
	want := hear(turns, 0, nil)
	for _, line := range []string{`"BDAT 7" CRLF`, `"\r" none`, `"xyz" none`, `"QUIT" CRLF`, `"RCPT TO:<b>\r" CRLF`, `"MAIL FROM:<>" LF`, `"port: 25" unknown`} {
		if !strings.Contains(want, line+"\n") {
			t.Errorf("%s is missing in\n%s", line, want)
		}
	}
	for n := 1; n < 40; n++ {
		if got := hear(turns, n, nil); got != want {
			t.Fatalf("cut at %d:\n%s\nwant\n%s", n, got, want)
		}
	}
}

// TestWireTLS: where TLS begins, nothing more is heard below it.
func TestWireTLS(t *testing.T) {
	const hello = "\x16\x03\x01\x02\x00\x01\x00\n"
	asked := []turn{{server, "220 mx\r\n"}, {client, "STARTTLS\r\n"}, {server, "220 go\r\n"}}
	sealed := fmt.Sprintf("recorder%d", transcripts.Encrypted)
	secured := fmt.Sprintf("recorder%d", transcripts.Secured)
	for name, test := range map[string]struct {
		turns        []turn
		then         func(*Wire)
		want, absent string
	}{
		"behind STARTTLS": {append(asked, turn{client, hello}, turn{server, "hidden\r\n"}), nil, sealed, "hidden"},
		"from the start":  {[]turn{{client, hello}, {server, "hidden\r\n"}}, nil, sealed, "hidden"},
		"not at all":      {append(asked, turn{client, "EHLO a\r\n"}), nil, `"EHLO a"`, secured},
		"within a message": {
			[]turn{{server, "220 mx\r\n"}, {client, hello}, {client, "NOOP\r\n"}}, nil, `"NOOP"`, sealed,
		},
		"heard inside": {
			append(asked, turn{client, hello}),
			func(w *Wire) { w.Secured(2); w.Said(client, []byte("EHLO inside\r\n"), 2) }, `"EHLO inside"`, "hidden",
		},
	} {
		got := hear(test.turns, 0, test.then)
		if !strings.Contains(got, test.want) || strings.Contains(got, test.absent) {
			t.Errorf("%s: want %s, not %s, in\n%s", name, test.want, test.absent, got)
		}
	}
}

// TestWireEnds: the first to close has closed it, and an unfinished line is
// told where its side ends.
func TestWireEnds(t *testing.T) {
	turns := []turn{{server, "220 mx\r\n"}, {client, "QUI"}, {server, "221 b"}}
	got := hear(turns, 0, func(w *Wire) {
		w.Closed(transcripts.ClientClosed, 2)
		w.Said(server, []byte("ye\r\n"), 3)
		w.Closed(transcripts.ServerClosed, 4)
	})
	quit, bye := strings.Index(got, `"QUI" none`), strings.Index(got, `"221 bye" CRLF`)
	if quit < 0 || bye < quit || !strings.HasSuffix(got, fmt.Sprintf("recorder%d \"\" unknown\n", transcripts.ClientClosed)) {
		t.Errorf("got\n%s", got)
	}
	got = hear(turns, 0, func(w *Wire) {
		w.Closed(transcripts.Closed, 2)
		w.Closed(transcripts.ClientClosed, 3)
	})
	if !strings.HasSuffix(got, fmt.Sprintf("recorder%d \"\" unknown\n", transcripts.Closed)) {
		t.Errorf("got\n%s", got)
	}
}
