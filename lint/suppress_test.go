package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// Rules that fire at each NOOP, and at each directive.
var (
	atNoop = &Rule{ID: "noop-seen", Area: Session, Severity: Error, Default: true, On: []transcripts.Verb{transcripts.NOOP},
		Exchange: func(p *Pass, i int) { p.Report(p.Command(i), "NOOP") }}
	atReply = &Rule{ID: "reply-seen", Area: Session, Severity: Error, On: []transcripts.Verb{transcripts.NOOP},
		Exchange: func(p *Pass, i int) { p.Report(p.Reply(i), "reply") }}
	directives = &Rule{ID: "directive-seen", Area: Transcript, Severity: Warning, Default: true,
		Directive: func(p *Pass, d *Directive) {
			for _, r := range d.Unused {
				p.Report(d.At, "unused %s", r.ID)
			}
			for _, r := range d.Unmet {
				p.Report(d.At, "unmet %s", r.ID)
			}
			if d.Problem != "" {
				p.Report(d.At, "%s", d.Problem)
			}
		}}
	suppressing = []*Rule{atNoop, atReply, directives}
)

// outcome says in one line what became of the findings: "line rule", and why
// one is suppressed.
func outcome(res *Result) string {
	var all []string
	for _, d := range res.Findings {
		s := fmt.Sprint(d.At.Span.Line, " ", d.Rule.ID)
		if d.Rule == directives {
			s = fmt.Sprint(d.At.Span.Line, " ", d.Message)
		}
		if d.Suppressed != "" {
			s += " (" + d.Suppressed + ")"
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestSuppress(t *testing.T) {
	const noop = "C: NOOP\nS: 250 Ok\n"
	for _, c := range []struct{ name, in, want string }{
		{"the next line only", "# smtplint: ignore[noop-seen] -- why\n" + noop + noop,
			"2 noop-seen (inline: why); 4 noop-seen"},
		{"blank lines and comments in between", "# smtplint: ignore[noop-seen]\n\n# really\n" + noop,
			"4 noop-seen (inline)"},
		{"of a reply", "C: NOOP\n# smtplint: ignore[reply-seen, noop-seen]\nS: 250 Ok\n",
			"1 noop-seen; 2 unused noop-seen"},
		{"two directives", "# smtplint: ignore[noop-seen] -- a\n# smtplint: ignore[noop-seen,]\n" + noop, "3 noop-seen (inline: a)"},
		{"a session", "S: 220 a\n" + noop + "# smtplint: ignore-session[noop-seen] -- b\n" + noop + "C: QUIT\nS: 221 a\nS: 220 a\n" + noop,
			"2 noop-seen (inline: b); 5 noop-seen (inline: b); 10 noop-seen"},
		{"above a later session", "S: 220 a\nC: QUIT\nS: 221 a\n# smtplint: ignore-session[noop-seen] -- c\n# smtplint: ignore[reply-seen]\nS: 220 a\n" + noop,
			"7 noop-seen (inline: c)"},
		{"below the last line", "S: 220 a\n" + noop + "C: QUIT\nS: 221 a\n# smtplint: ignore-session[noop-seen] -- d\n# smtplint: ignore[noop-seen]\n",
			"2 noop-seen (inline: d); 7 unused noop-seen"},
		{"a file", "S: 220 a\n" + noop + "C: QUIT\nS: 221 a\nS: 220 a\n# smtplint: ignore-file[noop-seen] -- e\n" + noop,
			"2 noop-seen (inline: e); 8 noop-seen (inline: e)"},
		{"its own echo", "# smtplint: ignore-file[directive-seen]\n# smtplint: ignore[noop-seen]\nC: RSET\nS: 250 Ok\n",
			"2 unused noop-seen (inline)"},
		{"unused", "# smtplint: ignore-session[noop-seen] -- x\nC: RSET\nS: 250 Ok\n", "1 unused noop-seen"},
		{"met", "# smtplint: expect[noop-seen]\n" + noop, "2 noop-seen (inline)"},
		{"unmet", "# smtplint: expect[noop-seen]\nC: RSET\nS: 250 Ok\n", "1 unmet noop-seen"},
		{"expected and off by default", "# smtplint: expect[reply-seen]\nC: RSET\nS: 250 Ok\n", "1 unmet reply-seen"},
		{"another connection", "@a C: NOOP\n@a # smtplint: ignore-session[noop-seen] -- f\n@b C: NOOP\n",
			"1 noop-seen (inline: f); 3 noop-seen"},
		{"a party's words", "C: NOOP # smtplint: ignore-file[noop-seen]\nS: 250 # smtplint: ignore-file[noop-seen]\n", "1 noop-seen"},
		{"a line of a message without labels", "C: NOOP\nS: 250 Ok\nC: DATA\nS: 354 Go\nSubject: a\n# smtplint: ignore-file[noop-seen]\n.\nS: 250 Ok\n",
			"1 noop-seen; 6 this may be a line of the message: it stands among lines of it that have no label"},
		{"its first line", "C: NOOP\nS: 250 Ok\nC: DATA\nS: 354 Go\n# smtplint: ignore-session[noop-seen]\n# a\n\nb\n.\nS: 250 Ok\n",
			"1 noop-seen; 5 this may be a line of the message: it stands among lines of it that have no label"},
		{"its last line", "C: NOOP\nS: 250 Ok\nC: DATA\nS: 354 Go\nb\n# smtplint: ignore-file[noop-seen]\nS: 250 Ok\n",
			"1 noop-seen; 6 this may be a line of the message: it stands among lines of it that have no label"},
		{"among lines of a message with labels", "C: NOOP\nS: 250 Ok\nC: DATA\nS: 354 Go\nC: b\n# smtplint: ignore-file[noop-seen]\nC: .\nS: 250 Ok\n",
			"1 noop-seen (inline)"},
		{"next to a line that cannot be read", "C: NOOP\nS: 250 Ok\nb\n# smtplint: ignore-file[noop-seen]\nC: RSET\nS: 250 Ok\n",
			"1 noop-seen (inline)"},
		{"no such rule", "# smtplint: ignore[noop-sen]\n" + noop, `1 there is no rule "noop-sen"; did you mean "noop-seen"?; 2 noop-seen`},
		{"no such directive", "# smtplint: ignor[noop-seen]\nC: RSET\n", `1 there is no directive "ignor"; it can be ignore, ignore-session, ignore-file, expect, or hints like format=swaks; did you mean "ignore"?`},
		{"no list", "# smtplint: ignore -- all of it\nC: RSET\n", "1 ignore needs a list of rules: ignore[RULE, RULE]"},
		{"an open list", "# smtplint: expect[noop-seen\nC: RSET\n", "1 expect needs a list of rules: expect[RULE, RULE]"},
		{"an empty list", "# smtplint: ignore-file[]\nC: RSET\n", "1 ignore-file needs a list of rules: ignore-file[RULE, RULE]"},
		{"no dashes", "# smtplint: ignore[noop-seen] because\n" + noop, `1 after the list may come only "-- " and a reason, not "because"; 2 noop-seen`},
		{"hints", "# smtplint: port=587 lmtp format=plain\nC: RSET\n", ""},
		{"late hints", "C: RSET\n# smtplint: port=587\n", "2 hints must stand before the first line of the conversation"},
		{"a hint of nothing", "# smtplint: prot=587\nC: RSET\n", `1 there is no hint "prot"; it can be format=NAME, port=N, lmtp; did you mean "port"?`},
		{"a verb of another linter", "# smtplint: disable-line extra-reply\nC: RSET\n", `1 there is no hint "disable-line"; it can be format=NAME, port=N, lmtp`},
		{"no port", "# smtplint: port=0\nC: RSET\n", `1 "0" is no port: it is a number from 1 to 65535`},
		{"a valued flag", "# smtplint: lmtp=yes\nC: RSET\n", `1 "lmtp=yes" is not how lmtp is written: format=NAME, port=N, lmtp`},
		{"no notation", "# smtplint: format=swask\nC: RSET\n", `1 there is no notation "swask"; did you mean "swaks"?`},
		{"nothing", "# smtplint:\nC: RSET\n", `1 there is no directive ""; it can be ignore, ignore-session, ignore-file, expect, or hints like format=swaks`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outcome(Check(c.in, suppressing, Settings{})); got != c.want {
				t.Errorf("%q\ngot  %s\nwant %s", c.in, got, c.want)
			}
		})
	}
}

// TestOffIsNotUnused: what is turned off, or cannot be judged, is not in vain.
func TestOffIsNotUnused(t *testing.T) {
	const in = "# smtplint: ignore[noop-seen]\n# smtplint: expect[noop-seen]\nC: RSET\nS: 250 Ok\n"
	off := Settings{Severities: map[string]Severity{"noop-seen": Off}}
	if got := outcome(Check(in, suppressing, off)); got != "" {
		t.Errorf("off: %s", got)
	}
	if got := outcome(Check(in, suppressing, Settings{Only: []string{"directive-seen"}})); got != "" {
		t.Errorf("not among the only ones: %s", got)
	}
	blind := *atNoop
	blind.Needs = transcripts.Segments
	blind.On = nil
	rules := []*Rule{&blind, directives}
	if got := outcome(Check(in, rules, Settings{})); got != "2 unmet noop-seen" {
		t.Errorf("not judged: %s", got)
	}
}

// TestSuppressedDoNotHideOthers: the findings that are kept of one rule are
// those that count.
func TestSuppressedDoNotHideOthers(t *testing.T) {
	in := strings.Repeat("# smtplint: ignore[noop-seen] -- known\nC: NOOP\nS: 250 Ok\n", 20) + strings.Repeat("C: NOOP\nS: 250 Ok\n", perSession+2)
	res := Check(in, suppressing, Settings{})
	res.Hide()
	if len(res.Findings) != perSession || res.Suppressed != 20 || res.Capped != 2 {
		t.Errorf("%d findings, %d suppressed, %d capped", len(res.Findings), res.Suppressed, res.Capped)
	}
}

func TestIgnoredByConfiguration(t *testing.T) {
	set := Settings{Ignored: map[string]string{"noop-seen": "broken on purpose"}, FailOn: Warning}
	res := Check("C: NOOP\nS: 250 Ok\n", suppressing, set)
	if got, want := outcome(res), "1 noop-seen (config: broken on purpose)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if f := (&File{Result: *res, FailOn: Warning}); f.Fails() {
		t.Error("a suppressed finding fails the run")
	}
}

// FuzzDirective: whatever a comment says, it is understood or complained about.
func FuzzDirective(f *testing.F) {
	for _, s := range []string{"ignore[a] -- b", "expect[noop-seen,]", "format=swaks port=25 lmtp", "[", "]", "ignore[", "=", "ignore=a"} {
		f.Add(s)
	}
	names := []string{"noop-seen"}
	f.Fuzz(func(t *testing.T, text string) {
		var d Directive
		d.parse(text, func(id string) *Rule {
			if slices.Contains(names, id) {
				return atNoop
			}
			return nil
		}, func() []string { return names })
		if d.Problem == "" && d.Verb != "" && len(d.Rules) == 0 {
			t.Errorf("%q is about no rule", text)
		}
	})
}
