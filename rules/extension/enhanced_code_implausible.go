package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeImplausible = &lint.Rule{
	ID:       "enhanced-code-implausible",
	Title:    "An enhanced status code made no sense in its class",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Refs:     []lint.Ref{lint.RFC(3463, "3"), lint.RFC(5248, "2.4")},
	Adrift:   true,
	Got:      []transcripts.Class{transcripts.Success, transcripts.Transient, transcripts.Permanent},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		status, ok := statusOf(&e.Reply)
		if !ok || greets(e) || transcripts.Code(status.Class-'0') != e.Reply.Code/100 {
			return
		}
		entry := codes.FindEnhanced(status.Subject, status.Detail)
		if entry == nil || strings.IndexByte(entry.Classes, status.Class) >= 0 {
			return
		}
		p.Report(at(p, i, 0, status.String()), "%v makes no sense: X.%d.%d means %q", status, status.Subject, status.Detail, entry.Title).
			Helpf("use a code that says what happened; \"smtplint explain %v\" says when this one is meant", status)
	},
	Doc: `
The details of enhanced status codes are defined for successes, for failures, or
for both. A failure whose detail says that the address is valid, or a success
whose detail says that there is no such mailbox, helps nobody who reads it.

# What to do

Choose the detail that says what happened.

# When it stays silent

On codes that the registry allows in the class, whatever the reply code: what it
names beside a code is only an example. The rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.5 Rejected
		# want
		C: RCPT TO:<c@example.org>
		S: 250 2.1.1 Ok
		# want
		`),
		lint.Good(`
		# Postfix: the address could not be verified yet.
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 450 4.1.1 Rejected
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}
