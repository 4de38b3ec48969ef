package lint

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// drawn lints a recording and returns its ladders, a line for each rung.
func drawn(t *testing.T, recording string, d *Drawing) []string {
	t.Helper()
	in := Input{
		Path: "x", Open: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(recording)), nil },
		Linter: New([]*Rule{noisy}, Settings{}), Options: Options{Draw: d},
	}
	var out []string
	for f := range Run([]Input{in}, 1) {
		if f.Err != nil {
			t.Fatal(f.Err)
		}
		for _, l := range f.Ladders {
			out = append(out, fmt.Sprintf("session %d", l.Nth))
			for i := range l.Rungs {
				r := &l.Rungs[i]
				s := fmt.Sprintf("%d %s %s", r.Span.Line, r.Party, r.Words())
				if r.Content != nil {
					s += fmt.Sprintf("[%d lines, %d marks]", r.Content.Lines, len(r.Content.Marks))
				}
				if r.Kind == LeftOut {
					s = fmt.Sprintf("%d left out", r.Count)
				}
				if r.Secure {
					s += " tls"
				}
				if r.Mail > 0 {
					s += fmt.Sprintf(" mail %d", r.Mail)
				}
				if r.Early {
					s += " early"
				}
				out = append(out, s)
			}
		}
	}
	return out
}

const talk = `S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250 STARTTLS
C: STARTTLS
S: 220 Go ahead
# [secured]
C: EHLO client.example.com
S: 250 mx.example.org
C: AUTH PLAIN AGFsaWNlAHNlc2FtZQ==
S: 235 2.7.0 Welcome
C: MAIL FROM:<a@example.com>
C: RCPT TO:<b@example.org>
S: 250 2.1.0 Ok
S: 250 2.1.5 Ok
# a note
C: DATA
S: 354 Go on
C: Subject: x
C:
C: .hidden
C: .
S: 250 2.0.0 Queued
C: MAIL FROM:<a@example.com>
S: 550 5.7.1 No
C: NOOP
S: 250 Ok
what is this
C: QUIT
S: 221 2.0.0 Bye
# [client closed]
`

func TestLadder(t *testing.T) {
	want := []string{
		"session 1",
		"1 server 220 mx.example.org ESMTP",
		"2 client EHLO client.example.com",
		"3 server 250-mx.example.org",
		"4 server 250 STARTTLS",
		"5 client STARTTLS",
		"6 server 220 Go ahead",
		"7 recorder TLS is on from here tls",
		"8 client EHLO client.example.com tls",
		"9 server 250 mx.example.org tls",
		"10 client AUTH PLAIN **** tls",
		"11 server 235 2.7.0 Welcome tls",
		"12 client MAIL FROM:<a@example.com> tls mail 1",
		"13 client RCPT TO:<b@example.org> tls mail 1 early",
		"14 server 250 2.1.0 Ok tls mail 1",
		"15 server 250 2.1.5 Ok tls mail 1",
		"16 recorder a note tls mail 1",
		"17 client DATA tls mail 1",
		"18 server 354 Go on tls mail 1",
		"19 client [3 lines, 1 marks] tls mail 1",
		"23 server 250 2.0.0 Queued tls mail 1",
		"24 client MAIL FROM:<a@example.com> tls",
		"25 server 550 5.7.1 No tls",
		"26 client NOOP tls",
		"27 server 250 Ok tls",
		"28 recorder what is this tls",
		"29 client QUIT tls",
		"30 server 221 2.0.0 Bye tls",
		"31 recorder the client closed the connection tls",
	}
	if diff := cmp.Diff(want, drawn(t, talk, &Drawing{Whole: 100, Faulty: 1})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLadderIsBounded: of a long session the beginning, the end and what is
// around findings is kept, and of many sessions as many as are asked for.
func TestLadderIsBounded(t *testing.T) {
	for _, c := range []struct {
		name string
		in   string
		draw Drawing
		want []string
	}{
		{"around the finding", talk, Drawing{Around: 1, Faulty: 1}, []string{
			"session 1", "21 left out",
			"25 server 550 5.7.1 No tls", "26 client NOOP tls", "27 server 250 Ok tls", "28 recorder what is this tls",
			"3 left out",
		}},
		{"the ends as well", talk, Drawing{Whole: 4, Faulty: 1}, []string{
			"session 1",
			"1 server 220 mx.example.org ESMTP", "21 left out", "26 client NOOP tls", "27 server 250 Ok tls", "3 left out",
			"31 recorder the client closed the connection tls",
		}},
		{"no clean session", "S: 220 mx\nC: QUIT\nS: 221 bye\n" + session, Drawing{Around: 0, Faulty: 9}, []string{
			"session 2", "1 left out", "5 client NOOP", "6 server 250 ok", "4 left out",
		}},
		{"clean ones only", "S: 220 mx\nC: QUIT\nS: 221 bye\n" + session, Drawing{Whole: 9, Clean: 9}, []string{
			"session 1", "1 server 220 mx", "2 client QUIT", "3 server 221 bye",
		}},
		{"the first of three", session + session + session, Drawing{Around: 0, Faulty: 1}, []string{
			"session 1", "1 left out", "2 client NOOP", "3 server 250 ok", "4 left out",
		}},
		{"a line of great length", "S: 220 " + strings.Repeat("é", 1000) + "\nC: NOOP\n", Drawing{Whole: 9, Faulty: 1}, []string{
			"session 1", "1 server 220 " + strings.Repeat("é", 498) + "...", "2 client NOOP",
		}},
	} {
		if diff := cmp.Diff(c.want, drawn(t, c.in, &c.draw)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}

// TestRemarkWithinExchange: what the recorder says between a command and the
// reply belongs to the transaction of both; behind the last reply, to none.
func TestRemarkWithinExchange(t *testing.T) {
	got := drawn(t, "S: 220 mx\nC: MAIL FROM:<a@b.example>\n# waiting\nS: 250 ok\nC: RSET\nS: 250 ok\n# idle\nC: QUIT\nS: 221 bye\n# over\n", &Drawing{Whole: 99, Clean: 1})
	want := []string{
		"session 1", "1 server 220 mx", "2 client MAIL FROM:<a@b.example> mail 1", "3 recorder waiting mail 1", "4 server 250 ok mail 1",
		"5 client RSET mail 1", "6 server 250 ok mail 1", "7 recorder idle", "8 client QUIT", "9 server 221 bye", "10 recorder over",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLadderOfOneLine: a log that tells a session in one line may name the reply
// before the command; it is drawn behind it.
func TestLadderOfOneLine(t *testing.T) {
	at := func(column uint32) transcripts.Span {
		return transcripts.Span{Line: 5, Column: column, Length: 4, Offset: int64(400 + column)}
	}
	s := &transcripts.Session{
		ID:      "1",
		Remarks: []transcripts.Remark{{Text: "connect", After: -1, Span: at(1)}, {Text: "lost", After: 0, Span: at(2)}},
		Exchanges: []transcripts.Exchange{{
			Kind: transcripts.Ordered, Command: transcripts.Command{Verb: transcripts.RCPT, Text: "RCPT TO:<a@b.example>", Span: at(60)},
			Reply: transcripts.Reply{Code: 554, Lines: []transcripts.ReplyLine{{Code: 554, Text: "no", Span: at(20)}}},
		}},
	}
	f := new(File)
	f.draw(s, nil, &Drawing{Whole: 9, Clean: 1})
	var got []string
	for i := range f.Ladders[0].Rungs {
		got = append(got, f.Ladders[0].Rungs[i].Text)
	}
	if diff := cmp.Diff([]string{"connect", "RCPT TO:<a@b.example>", "554no", "lost"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLadderOfTwoFiles: where what the server said is in a file of its own,
// places of the two files are not compared.
func TestLadderOfTwoFiles(t *testing.T) {
	line := func(n uint32) transcripts.Span {
		return transcripts.Span{Line: n, Column: 1, Length: 4, Offset: int64(10 * n)}
	}
	s := &transcripts.Session{ID: "1"}
	for n := uint32(1); n <= 20; n++ {
		s.Exchanges = append(s.Exchanges, transcripts.Exchange{
			Kind: transcripts.Ordered, Command: transcripts.Command{Verb: transcripts.NOOP, Text: "NOOP", Span: line(n)},
			Reply: transcripts.Reply{Code: 250, Lines: []transcripts.ReplyLine{{Code: 250, Span: line(50 + n)}}},
		})
	}
	f := &File{Replies: "replies"}
	found := []Diagnostic{{At: Place{Party: transcripts.Server, Span: line(55)}}}
	f.draw(s, found, &Drawing{Around: 1, Faulty: 1})
	var got []uint32
	for i := range f.Ladders[0].Rungs {
		if r := &f.Ladders[0].Rungs[i]; r.Kind != LeftOut {
			got = append(got, r.Span.Line)
		}
	}
	if diff := cmp.Diff([]uint32{5, 55, 6}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestNothingIsDrawnUnasked: what nobody wants costs nothing.
func TestNothingIsDrawnUnasked(t *testing.T) {
	if got := drawn(t, talk, nil); got != nil {
		t.Errorf("%q", got)
	}
}

// TestJoin: two reports in one run get what either needs.
func TestJoin(t *testing.T) {
	a, b := &Drawing{Around: 1, Whole: 20, Faulty: 3}, &Drawing{Around: 10, Clean: 4}
	if got := a.Join(b); *got != (Drawing{10, 20, 3, 4}) {
		t.Errorf("%+v", got)
	}
	if a.Join(nil) != a || (*Drawing)(nil).Join(a) != a || (*Drawing)(nil).Join(nil) != nil {
		t.Error("joining with nothing")
	}
}

// TestNoteWords: every note that becomes a remark is said in words.
func TestNoteWords(t *testing.T) {
	for n := transcripts.Opened; n < transcripts.Unreadable; n++ {
		if n == transcripts.Fact || n == transcripts.Notation || n == transcripts.Swapped || n == transcripts.Aside || n == transcripts.Asked {
			continue // these never do
		}
		if (&Rung{Kind: Remarked, Note: n}).Words() == "" {
			t.Errorf("note %d has no words", n)
		}
	}
}
