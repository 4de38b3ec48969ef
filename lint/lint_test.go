package lint

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// noisy reports every NOOP.
var noisy = &Rule{
	ID: "noisy", Title: "A NOOP", Area: Session, Side: ByClient, Severity: Warning, Default: true,
	Refs: []Ref{RFC(5321, "4.1.1.9")},
	Doc:  "Text.\n\n# What to do\n\nNothing.\n\n# When it stays silent\n\nNever.\n",
	On:   []transcripts.Verb{transcripts.NOOP},
	Exchange: func(p *Pass, i int) {
		p.Report(p.Command(i), "NOOP %d", i).Note(p.Reply(i), "its reply")
	},
	Examples: []Example{Bad("C: NOOP\n# want\nS: 250 ok\n"), Good("C: RSET\nS: 250 ok\n")},
}

func with(change func(*Rule)) *Rule {
	r := *noisy
	change(&r)
	return &r
}

const session = "S: 220 mx\nC: NOOP\nS: 250 ok\nC: RSET\nS: 250 ok\nC: QUIT\nS: 221 bye\n"

func TestVerify(t *testing.T) {
	if errs := Verify(noisy); len(errs) > 0 {
		t.Errorf("a right rule: %v", errs)
	}
	for name, r := range map[string]*Rule{
		"silent on a bad example": with(func(r *Rule) { r.Exchange = func(*Pass, int) {} }),
		"fires on a good example": with(func(r *Rule) { r.On = nil }),
		"fires on another line":   with(func(r *Rule) { r.Exchange = func(p *Pass, i int) { p.Report(p.Reply(i), "here") } }),
		"less sure than wanted":   with(func(r *Rule) { r.Exchange = func(p *Pass, i int) { p.Report(p.Command(i), "x").Sure(Hint) } }),
		"without a doc":           with(func(r *Rule) { r.Doc = "Text." }),
		"without a good example":  with(func(r *Rule) { r.Examples = r.Examples[:1] }),
		"without a reference":     with(func(r *Rule) { r.Refs = nil }),
		"with a full stop":        with(func(r *Rule) { r.Title += "." }),
	} {
		if len(Verify(r)) == 0 {
			t.Errorf("a rule %s passes", name)
		}
	}
}

// TestSaid: what the recorder said without words is shown in words.
func TestSaid(t *testing.T) {
	closed := with(func(r *Rule) {
		r.Exchange = func(p *Pass, i int) { p.Report(p.Said(0), "closed") }
	})
	for said, want := range map[string]string{
		"[server closed]":        "the server closed the connection",
		"[server closed] EOF":    "EOF",
		"server hung up at once": "server hung up at once",
	} {
		found := Check(session+"# "+said+"\n", []*Rule{closed}, Settings{}).Findings
		if len(found) != 1 || found[0].At.Text != want {
			t.Errorf("%s: %+v, want it to be shown as %q", said, found, want)
		}
	}
}

// TestEvidenceGate: a rule that lacks evidence is not asked, and its silence is
// reported as no verdict.
func TestEvidenceGate(t *testing.T) {
	asked := false
	ask := func(r *Rule) { r.Exchange = func(*Pass, int) { asked = true } }
	for _, c := range []struct {
		name     string
		rule     *Rule
		in       string
		asked    bool
		withheld int
	}{
		{"nothing needed", with(ask), session, true, 0},
		{"what is needed is there", with(func(r *Rule) { ask(r); r.Needs = transcripts.Order }), session, true, 0},
		{"what is needed is lacking", with(func(r *Rule) { ask(r); r.Needs = transcripts.Segments }), session, false, 1},
		{"what should be seen is lacking", with(func(r *Rule) { ask(r); r.Sees = transcripts.Segments }), session, true, 1},
		{"nothing in the session concerns the rule", with(func(r *Rule) { ask(r); r.Needs, r.On = transcripts.Segments, []transcripts.Verb{transcripts.VRFY} }), session, false, 0},
		{"no reply in the session concerns the rule", with(func(r *Rule) {
			ask(r)
			r.Needs, r.Got = transcripts.Segments, []transcripts.Class{transcripts.Permanent}
		}), session, false, 0},
		{"the session was cut", with(func(r *Rule) { ask(r); r.Needs = transcripts.Closing }), "S: 220 mx\nC: NOOP\nS: 250 ok\n", false, 1},
		{"only odd commands, and none is", with(func(r *Rule) { ask(r); r.Odd, r.In = OddCommand, []transcripts.Kind{transcripts.Ordered} }), "S: 220 mx\nC: NOOP\nS: 250 ok\n", false, 0},
		{"only odd commands, and one is", with(func(r *Rule) { ask(r); r.Odd, r.In = OddCommand, []transcripts.Kind{transcripts.Ordered} }), "S: 220 mx\nC: NOOP 1\nS: 250 ok\n", true, 0},
		{"out of step", with(ask), "S: 220 mx\nC: HELP\nS: 214 ok\nS: 250 ok\nC: NOOP\nS: 250 ok\n", false, 0},
		{"out of step, and it does not mind", with(func(r *Rule) { ask(r); r.Adrift = true }), "S: 220 mx\nC: HELP\nS: 214 ok\nS: 250 ok\nC: NOOP\nS: 250 ok\n", true, 0},
	} {
		asked = false
		res := Check(c.in, []*Rule{c.rule}, Settings{})
		if asked != c.asked || len(res.Withheld) != c.withheld {
			t.Errorf("%s: asked %v, want %v; withheld %d, want %d", c.name, asked, c.asked, len(res.Withheld), c.withheld)
		}
	}
	seen := Check(session, []*Rule{with(func(r *Rule) { r.Sees = transcripts.Segments })}, Settings{})
	if len(seen.Findings) != 1 || len(seen.Withheld) != 0 {
		t.Error("a finding from what is there is not withheld")
	}
}

func TestCap(t *testing.T) {
	in := "S: 220 mx\n" + strings.Repeat("C: NOOP\nS: 250 ok\n", 20)
	res := Check(in+in, []*Rule{noisy}, Settings{})
	if len(res.Findings) != 2*perSession || res.Capped != 2*(20-perSession) {
		t.Errorf("%d findings and %d capped in two sessions", len(res.Findings), res.Capped)
	}
}

func TestSettings(t *testing.T) {
	off := with(func(r *Rule) { r.ID, r.Default = "quiet", false })
	hint := with(func(r *Rule) {
		r.ID = "guess"
		r.Exchange = func(p *Pass, i int) { p.Report(p.Command(i), "x").Sure(Hint) }
	})
	all := []*Rule{noisy, off, hint}
	for _, c := range []struct {
		set  Settings
		want string
	}{
		{Settings{}, "guess:info noisy:warning"},
		{Settings{Only: []string{"quiet"}}, "quiet:warning"},
		{Settings{Severities: map[string]Severity{"noisy": Off, "quiet": Error}}, "guess:info quiet:error"},
		{Settings{MinConfidence: Likely}, "noisy:warning"},
		{Settings{Side: "server"}, ""},
		{Settings{Side: "client"}, "guess:info noisy:warning"},
	} {
		var got []string
		for _, d := range Check(session, all, c.set).Findings {
			got = append(got, fmt.Sprintf("%s:%v", d.Rule.ID, d.Severity))
		}
		// At one place the graver comes first; here the names are compared.
		if s := sorted(got); s != c.want {
			t.Errorf("%+v: got %q, want %q", c.set, s, c.want)
		}
	}
}

func sorted(words []string) string {
	for i := range words {
		for j := i + 1; j < len(words); j++ {
			if words[j] < words[i] {
				words[i], words[j] = words[j], words[i]
			}
		}
	}
	return strings.Join(words, " ")
}

// TestRunOrder: results come in the order of the inputs, however many workers
// there are, and what cannot be read does not stop the others.
func TestRunOrder(t *testing.T) {
	l := New([]*Rule{noisy}, Settings{})
	var inputs []Input
	for i := range 40 {
		text := session
		if i%7 == 0 {
			text = "no recording\n"
		}
		inputs = append(inputs, Input{Path: fmt.Sprint(i), Linter: l, Open: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(text)), nil
		}})
	}
	for _, jobs := range []int{1, 3, 100} {
		n := 0
		for f := range Run(inputs, jobs) {
			if f.Path != fmt.Sprint(n) || (f.Err != nil) != (n%7 == 0) || f.Err == nil && len(f.Findings) != 1 {
				t.Errorf("jobs %d: input %d gave %s with %d findings, %v", jobs, n, f.Path, len(f.Findings), f.Err)
			}
			n++
		}
		if n != len(inputs) {
			t.Errorf("jobs %d: %d of %d inputs came back", jobs, n, len(inputs))
		}
		for range Run(inputs, jobs) {
			break // leaving early must not hang
		}
	}
}

type broken struct{ io.Reader }

func (f broken) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// TestReadError: what was read before an error counts.
func TestReadError(t *testing.T) {
	l := New([]*Rule{noisy}, Settings{})
	in := Input{Path: "x", Linter: l, Open: func(string) (io.ReadCloser, error) {
		return io.NopCloser(broken{bytes.NewReader([]byte(session))}), nil
	}}
	for f := range Run([]Input{in}, 1) {
		if f.Err == nil || f.Status() != "partial" || len(f.Findings) != 1 {
			t.Errorf("%v, %s, %d findings", f.Err, f.Status(), len(f.Findings))
		}
	}
}

// TestFingerprint: the same conversation recorded again gives the same ones.
func TestFingerprint(t *testing.T) {
	of := func(in string) string { return Check(in, []*Rule{noisy}, Settings{}).Findings[0].Fingerprint() }
	first := of("S: 220 mx\nC: NOOP id=4B1F2 a@example.com\nS: 250 ok\n")
	again := of("# more\n\n10:00:01 S: 220 mx\n10:00:02 C: NOOP id=77AC09 bob@example.org\nS: 250 ok\n")
	other := of("S: 220 mx\nC: NOOP something else\nS: 250 ok\n")
	if first != again {
		t.Error("line numbers, times, addresses or queue names enter the fingerprint")
	}
	if first == other {
		t.Error("different lines have the same fingerprint")
	}
}

// TestNormal has lines of two recordings of the same conversation, and lines
// that say different things.
func TestNormal(t *testing.T) {
	normal := func(s string) string { return string(appendNormal(nil, s)) }
	for _, same := range [][2]string{
		{"220 mx ESMTP Exim 4.96; Mon, 02 Jan 2023 15:04:05 +0100 (CET)", "220 mx ESMTP Exim 4.97; Fri, 24 Nov 2023 9:14:15 -0700 (MST)"},
		{"250 OK id=1rXyZa-0000ab-CD", "250 OK id=1rBcDe-000Ghi-2k"},
		{"250 2.0.0 Ok: queued as 4RzQwKyhcNz", "250 2.0.0 Ok: queued as 4Sz1bKyhcNzFy"},
		{"250 2.0.0 Ok: queued as FEDCBAABCD", "250 2.0.0 Ok: queued as 0123456789"},
		{"EHLO [127.0.0.1]", "EHLO [10.2.3.4]"},
		{"EHLO [IPv6:2001:db8::abcd]", "EHLO [IPv6:fe80::1:2]"},
		{"RCPT TO:<bob+x@example.org> NOTIFY=NEVER", "RCPT TO:<alice@mail.example.com> NOTIFY=NEVER"},
		{"250 ok 1700000000 qp 12345", "250 ok 1700000001 qp 99"},
		{"250 550e8400-e29b-41d4-a716-446655440000 accepted", "250 01234567-abcd-dcba-aaaa-000000000000 accepted"},
	} {
		if a, b := normal(same[0]), normal(same[1]); a != b {
			t.Errorf("%q and %q differ: %q, %q", same[0], same[1], a, b)
		}
	}
	for _, differ := range [][2]string{
		{"250-PIPELINING", "250-STARTTLS"}, {"250 Ok", "550 Ok"}, {"AUTH CRAM-MD5", "AUTH SCRAM-MD5"}, {"MAIL FROM:<>", "MAIL FROM:<a@b>"},
		{"EHLO a", "HELO a"}, {"250-SIZE 10", "250-LIMITS 10"}, {"VRFY dead", "VRFY beef"},
	} {
		if a, b := normal(differ[0]), normal(differ[1]); a == b {
			t.Errorf("%q and %q are the same: %q", differ[0], differ[1], a)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	known := []string{"nested-mail", "missing-reply", "252", "354"}
	for name, want := range map[string]string{
		"nested-mial":            `; did you mean "nested-mail"?`,
		"mising-reply":           `; did you mean "missing-reply"?`,
		"352":                    `; did you mean "252"?`,
		"utterly-different-name": "",
	} {
		if got := DidYouMean(name, known); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestWordsOfServers has the same words in a client's and in a server's log:
// only the client's say what it made of a reply, unless they are a verdict. What
// a person has added by hand does not.
func TestWordsOfServers(t *testing.T) {
	const in = "S: 220 a ESMTP\nC: HELO b\nS: 250 a\n# %sMAIL failed after HELO\nC: QUIT\nS: 221 Bye\n"
	const server = "# proves: Opening Closing Unbroken Order\n"
	for _, test := range []struct {
		head, note string
		want       bool
	}{{"", "client: ", true}, {"", "[note] ", true}, {"", "", false}, {server, "client: ", false}, {server, "[refused] ", true}} {
		for s, err := range transcripts.Read(strings.NewReader(test.head+fmt.Sprintf(in, test.note)), transcripts.Plain, transcripts.Hints{}) {
			if err != nil {
				t.Fatal(err)
			}
			p := &Pass{Session: s}
			if _, said := p.TakenForFailure(1, "", "helo"); said != test.want {
				t.Errorf("%q, %q: taken for a failure: %v", test.head, test.note, said)
			}
		}
	}
}
