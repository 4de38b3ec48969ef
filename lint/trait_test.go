package lint

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestTraits: a rule about one trait is called for the exchanges that have it.
// The first exchange of each conversation is the greeting.
func TestTraits(t *testing.T) {
	const hello = "S: 220 mx\nC: EHLO client.example.com\nS: 250 mx.example.org\n"
	for _, c := range []struct {
		trait Trait
		text  string
		want  string // the commands that it is called for
	}{
		{OddCommand, hello + "C: MAIL FROM:<a@example.com>\nS: 250 ok\nC: MAIL FROM: <a@example.com>\nS: 501 no\nC: QUIT\nS: 221 bye\n", "MAIL FROM: <a@example.com>"},
		{Params, hello + "C: MAIL FROM:<a@example.com>\nS: 250 ok\nC: RSET\nS: 250 ok\nC: MAIL FROM:<a@example.com> SIZE=1\nS: 250 ok\n", "MAIL FROM:<a@example.com> SIZE=1"},
		{OddCommand, hello + "C: MAIL FROM:<a@example.com> SIZE=1\nS: 250 ok\nC: NOOP 1\nS: 250 ok\n", "NOOP 1"},
		{OddReply, hello + "C: NOOP\nS: 250 2.0.0 ok\nC: RSET\nS: 250 5.0.0 ok\n", "RSET"},
		{OddPlace, hello + "C: RCPT TO:<a@example.com>\nS: 503 no\nC: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@example.com>\nS: 250 ok\n" +
			"C: MAIL FROM:<>\nS: 503 no\nC: EHLO a.example\nS: 250 ok\nC: QUIT\nS: 221 bye\n", "RCPT TO:<a@example.com>, MAIL FROM:<>, EHLO a.example"},
		{OddPlace, "S: 220 mx\nC: MAIL FROM:<>\nS: 503 no\nC: NOOP\nS: 250 ok\nC: VRFY a\nS: 252 ok\n", "MAIL FROM:<>, VRFY a"},
		{Early, hello + "C: RSET\nC: NOOP\nS: 250 ok\nS: 250 ok\nC: QUIT\nS: 221 bye\n", "NOOP"},
		{Repeated, hello + "C: VRFY a\nS: 450 no\nC: VRFY b\nS: 450 no\nC: VRFY a\nS: 450 no\n", "VRFY a"},
		{Commented, hello + "C: RSET\nS: 250 ok\n# oh\nC: NOOP\nS: 250 ok\n", "RSET"},
	} {
		var called []string
		rule := with(func(r *Rule) {
			r.On, r.In, r.Odd = nil, []transcripts.Kind{transcripts.Ordered}, c.trait
			r.Exchange = func(p *Pass, i int) { called = append(called, p.Exchanges[i].Command.Text) }
		})
		judge(t, rule, c.text)
		if got := strings.Join(called, ", "); got != c.want {
			t.Errorf("trait %b of %q: called for %q, want %q", c.trait, c.text, got, c.want)
		}
	}
}

// TestOddContent: a rule about odd content is not called for plain content.
func TestOddContent(t *testing.T) {
	const begin = "S: 220 mx\nC: EHLO client.example.com\nS: 250 mx.example.org\nC: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<b@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\n"
	for content, want := range map[string]bool{
		"C: Subject: x\nC:\nC: text\nC: .\nS: 250 ok\n":                                 false,
		"C: Subject: x\nC:\nC: " + strings.Repeat("text ", 18) + "\nC: .\nS: 250 ok\n":  false,
		"C: Subject: x\nC:\nC: " + strings.Repeat("text ", 200) + "\nC: .\nS: 250 ok\n": true,
		"C: Subject: x\nC:\nC: caf\xc3\xa9\nC: .\nS: 250 ok\n":                          true,
		"C: Subject: x\nC: .\nS: 250 ok\n":                                              true,
		"C: .\nS: 250 ok\n":                                                             true,
		"C: Subject: x\nC:\nC: text\n":                                                  true,
	} {
		called := false
		judge(t, with(func(r *Rule) {
			r.On, r.In, r.Odd = nil, []transcripts.Kind{transcripts.Content}, OddContent
			r.Exchange = func(p *Pass, i int) { called = true }
		}), begin+content)
		if called != want {
			t.Errorf("%q: called %v, want %v", content, called, want)
		}
	}
}

// TestHears: what a reply was taken for is remembered, and not mistaken for
// what another one is.
func TestHears(t *testing.T) {
	asked, called := 0, 0
	rule := with(func(r *Rule) {
		r.On = nil
		r.Hears = func(e *transcripts.Exchange) bool { asked++; return e.Reply.Code == 251 }
		r.Exchange = func(p *Pass, i int) { called++ }
	})
	judge(t, rule, "S: 220 mx\n"+strings.Repeat("C: NOOP\nS: 250 ok\nC: NOOP\nS: 251 ok\nC: RSET\nS: 250-ok\nS: 250 ok\n", 5))
	if called != 5 {
		t.Errorf("called %d times, want 5", called)
	}
	if asked != 1+2+1 { // the greeting, NOOP twice, RSET
		t.Errorf("asked %d times, want 4", asked)
	}
	picked := 0
	rule = with(func(r *Rule) {
		r.On, r.Exchange, r.Hears = nil, nil, Coded(251)
		r.Session = func(p *Pass) { picked++ }
	})
	judge(t, rule, "S: 220 mx\nC: NOOP\nS: 250 ok\n")
	judge(t, rule, "S: 220 mx\nC: NOOP\nS: 251 ok\nC: NOOP\nS: 251 ok\n")
	if picked != 1 {
		t.Errorf("shown %d sessions, want 1", picked)
	}
}

func judge(t *testing.T, rule *Rule, text string) {
	t.Helper()
	linter := New([]*Rule{rule}, Settings{})
	var res Result
	for s, err := range transcripts.Read(strings.NewReader(text), transcripts.Plain, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		linter.Session(s, &res)
	}
	linter.Finish(&res)
}
