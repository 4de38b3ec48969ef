package custom

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

func yesno(b bool) *bool { return &b }

var (
	fails = []Replies{{400, 599}}
	oks   = []Replies{{200, 299}}
)

const talk = `S: 220 mx
C: EHLO me
S: 250-mx
S: 250-STARTTLS
S: 250 AUTH PLAIN
C: AUTH PLAIN c2VjcmV0
S: 235 Welcome
C: MAIL FROM:<a@example.com> SIZE=10
S: 250 Ok
C: RCPT TO:<b@example.org>
S: 550 No
C: QUIT
S: 221 Bye
# server closed the connection
`

// found says in which lines a rule fires, and how sure it is.
func found(t *testing.T, s Spec, in string) string {
	t.Helper()
	s.ID, s.Title, s.Severity = "x", "X", lint.Error
	r, err := s.Compile()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, d := range lint.Check(in, []*lint.Rule{r}, lint.Settings{}).Findings {
		line := fmt.Sprint(d.At.Span.Line)
		if d.Confidence != lint.Certain {
			line += " " + d.Confidence.String()
		}
		all = append(all, line)
	}
	return strings.Join(all, ", ")
}

func TestConditions(t *testing.T) {
	re := regexp.MustCompile
	for _, c := range []struct {
		name string
		find Condition
		want string
	}{
		{"a verb", Condition{Verbs: []string{"mail", "QUIT"}}, "8, 12"},
		{"a kind", Condition{Kinds: []transcripts.Kind{transcripts.Connected}}, "1"},
		{"arguments", Condition{Args: re(`(?i)^from:.*SIZE=`)}, "8"},
		{"the whole line", Condition{Text: re(`^R`)}, "10"},
		{"a class of replies", Condition{Replies: fails}, "10"},
		{"the words of a reply", Condition{ReplyText: re(`(?i)^welcome$`)}, "6"},
		{"logged in", Condition{Authenticated: yesno(true)}, "8, 10, 12"},
		{"not logged in", Condition{Authenticated: yesno(false), Verbs: []string{"EHLO", "AUTH", "MAIL"}}, "2, 6"},
		{"greeted", Condition{Hello: []string{"EHLO"}, Verbs: []string{"AUTH"}}, "6"},
		{"not greeted", Condition{Hello: []string{"none"}, Verbs: []string{"EHLO", "AUTH"}}, "2"},
		{"what is offered", Condition{Offers: []string{"starttls"}, Verbs: []string{"AUTH", "EHLO"}}, "6"},
		{"what is lacking", Condition{Lacks: []string{"PIPELINING"}, Verbs: []string{"MAIL"}}, "8"},
		{"what is not lacking", Condition{Lacks: []string{"AUTH"}}, ""},
		{"in clear text, as it seems", Condition{Secure: yesno(false), Verbs: []string{"AUTH"}}, "6 likely"},
		{"not known to be secure", Condition{Secure: yesno(true)}, ""},
		{"no port known", Condition{Ports: []int{25}}, ""},
		{"before", Condition{Verbs: []string{"QUIT"}, Before: &Condition{Replies: fails}}, "12"},
		{"not before", Condition{Verbs: []string{"MAIL"}, Before: &Condition{Replies: fails}}, ""},
		{"after", Condition{Verbs: []string{"EHLO", "QUIT"}, After: &Condition{Verbs: []string{"MAIL"}}}, "2"},
		{"a verb of no RFC", Condition{Verbs: []string{"XYZZY"}}, ""},
	} {
		if got := found(t, Spec{Find: &c.find}, talk); got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
	if got := found(t, Spec{Find: &Condition{Verbs: []string{"XYZZY"}}}, "C: xyzzy 1\nS: 500 What?\n"); got != "1" {
		t.Errorf("a verb of no RFC: %q", got)
	}
	if got := found(t, Spec{Find: &Condition{Ports: []int{587, 465}, Verbs: []string{"EHLO"}}}, "# port: 587\n"+talk); got != "3" {
		t.Errorf("a port: %q", got)
	}
	if got := found(t, Spec{Find: &Condition{Replies: fails}, Side: lint.ByServer}, talk); got != "11" {
		t.Errorf("the server's line: %q", got)
	}
}

// TestUnless: what cannot be known keeps a rule silent.
func TestUnless(t *testing.T) {
	auth := &Condition{Verbs: []string{"AUTH"}}
	startTLS := &Condition{Before: &Condition{Verbs: []string{"STARTTLS"}, Replies: oks}}
	for _, c := range []struct{ name, in, want string }{
		{"it did not happen", talk, "6"},
		{"it may have happened before the recording", "# excerpt\n" + talk, ""},
		{"it happened", "S: 220 mx\nC: STARTTLS\nS: 220 go\nC: AUTH PLAIN\nS: 334\nC: *\nS: 501 no\n# server closed the connection\n", ""},
		{"it failed", "S: 220 mx\nC: STARTTLS\nS: 454 no\nC: AUTH PLAIN\nS: 334\nC: *\nS: 501 no\n# server closed the connection\n", "4"},
		{"its reply is not on record", "S: 220 mx\nC: STARTTLS\nC: AUTH PLAIN\n# [reply left out]\n", ""},
	} {
		if got := found(t, Spec{Find: auth, Unless: startTLS}, c.in); got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNotJudged(t *testing.T) {
	s := Spec{ID: "x", Title: "X", Severity: lint.Error, Find: &Condition{Verbs: []string{"AUTH"}},
		Unless: &Condition{Before: &Condition{Verbs: []string{"STARTTLS"}}}}
	r, err := s.Compile()
	if err != nil {
		t.Fatal(err)
	}
	res := lint.Check("# excerpt\n"+talk, []*lint.Rule{r}, lint.Settings{})
	if len(res.Withheld) != 1 || !res.Withheld[0].Lacks.Has(transcripts.Opening) {
		t.Errorf("withheld: %+v", res.Withheld)
	}
}

func TestMessage(t *testing.T) {
	s := Spec{ID: "x", Title: "X", Severity: lint.Error, Find: &Condition{Verbs: []string{"AUTH"}}, Help: "do not",
		Say: "{verb} {args} ({text}) got {reply} {reply-text} after {hello} on {port}"}
	r, err := s.Compile()
	if err != nil {
		t.Fatal(err)
	}
	d := lint.Check("# port: 25\n"+talk, []*lint.Rule{r}, lint.Settings{}).Findings[0]
	if want := "AUTH PLAIN **** (AUTH PLAIN ****) got 235 Welcome after EHLO on 25"; d.Message != want || d.Help != "do not" {
		t.Errorf("%q, help %q, want %q", d.Message, d.Help, want)
	}
	for say, want := range map[string]string{"{vreb}": `did you mean "verb"?`, "{verb": `has no "}"`} {
		s.Say = say
		if _, err := s.Compile(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", say, err, want)
		}
	}
}

func TestExamplesRun(t *testing.T) {
	quit := &Condition{Verbs: []string{"QUIT"}}
	clear := &Condition{Verbs: []string{"QUIT"}, Secure: yesno(false)}
	for _, c := range []struct {
		name string
		find *Condition
		e    lint.Example
		want string
	}{
		{"a bad one without marks", quit, lint.Bad("C: QUIT\nS: 221 Bye"), ""},
		{"a bad one with marks", quit, lint.Bad("C: QUIT\n# want\nS: 221 Bye"), ""},
		{"a good one", quit, lint.Good("C: NOOP\nS: 250 Ok"), ""},
		{"a bad one that is good", quit, lint.Bad("C: NOOP\nS: 250 Ok"), "x finds nothing in this bad example"},
		{"marks in the wrong place", quit, lint.Bad("C: QUIT\nS: 221 Bye\n# want"), `found ["line 1 certain"], want ["line 2 certain"]`},
		{"a good one that is bad", quit, lint.Good("C: NOOP\nS: 250 Ok\nC: QUIT\nS: 221 Bye"), "x finds line 3 of this good example: QUIT"},
		{"a good one with marks", quit, lint.Good("C: NOOP\n# want\nS: 250 Ok"), "a good one must have none"},
		{"one that leaves open what matters", clear, lint.Bad("C: QUIT\nS: 221 Bye"), `known with a line "# tls: off"`},
		{"one that does not", clear, lint.Bad("# tls: off\nS: 220 mx\nC: QUIT\nS: 221 Bye"), ""},
	} {
		s := Spec{ID: "x", Title: "X", Severity: lint.Error, Find: c.find, Examples: []lint.Example{c.e}}
		r, err := s.Compile()
		if err != nil {
			t.Fatal(err)
		}
		switch err := s.Try(r, 0); {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		case c.e.Bad && err == nil && !strings.Contains(r.Text(80), "QUIT     <-- here"):
			t.Errorf("%s: the page does not show where:\n%s", c.name, r.Text(80))
		}
	}
}
