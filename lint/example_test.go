package lint_test

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
)

func Example() {
	linter := lint.New(rules.All, lint.Settings{})
	f := linter.File("../cmd/smtplint/testdata/verify.log")
	if f.Err != nil {
		fmt.Println(f.Err)
	}
	for _, d := range f.Findings {
		fmt.Println(d)
	}
	// Output:
	// line 9: error: 252 is a success, yet the client took it for a failure of "bob@example.net" [vrfy-252-treated-as-failure]
}

// Settings choose the rules, and how severe they are.
func ExampleSettings() {
	linter := lint.New(rules.All, lint.Settings{
		Only:       []string{"vrfy-252-treated-as-failure", "hello-not-fqdn"},
		Severities: map[string]lint.Severity{"vrfy-252-treated-as-failure": lint.Warning},
		Side:       "client",
	})
	for _, d := range linter.File("../cmd/smtplint/testdata/verify.log").Findings {
		fmt.Println(d.Severity, d.Rule.ID)
	}
	// Output:
	// warning vrfy-252-treated-as-failure
}

// A rule is a value. Verify tests it with its own examples.
func ExampleRule() {
	noExpn := &lint.Rule{
		ID:       "expn-sent",
		Title:    "EXPN was sent",
		Area:     lint.Session,
		Side:     lint.ByClient,
		Severity: lint.Warning,
		Default:  true,
		Refs:     []lint.Ref{lint.RFC(5321, "7.3")},
		On:       []transcripts.Verb{transcripts.EXPN},
		Exchange: func(p *lint.Pass, i int) {
			p.Report(p.Command(i), "EXPN was answered %03d", p.Exchanges[i].Reply.Code).
				Helpf("ask the owner of the list")
		},
		Doc: `
Our clients have no business with the members of lists.

# What to do

Leave it out.

# When it stays silent

Never.
`,
		Examples: []lint.Example{
			lint.Bad(`
			C: EXPN staff
			# want
			S: 550 5.7.1 Not here
			`),
			lint.Good(`
			C: NOOP
			S: 250 2.0.0 Ok
			`),
		},
	}
	fmt.Println("problems:", lint.Verify(noExpn))
	text := "S: 220 mx.example.org ESMTP\nC: EXPN staff\nS: 252 2.5.0 Perhaps\n"
	for _, d := range lint.Check(text, []*lint.Rule{noExpn}, lint.Settings{}).Findings {
		fmt.Println(d)
	}
	// Output:
	// problems: []
	// line 2: warning: EXPN was answered 252 [expn-sent]
}
