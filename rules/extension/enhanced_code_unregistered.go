package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

var enhancedCodeUnregistered = &lint.Rule{
	ID:       "enhanced-code-unregistered",
	Title:    "An enhanced status code was sent that nobody has registered",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(3463, "2"), lint.RFC(5248, "2")},
	Adrift:   true,
	Got:      []transcripts.Class{transcripts.Success, transcripts.Transient, transcripts.Permanent},
	Hears:    unregistered,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !unregistered(e) {
			return
		}
		status, _ := statusOf(&e.Reply)
		if greets(e) || transcripts.Code(status.Class-'0') != e.Reply.Code/100 {
			return
		}
		if again(p, i, func(j int) bool {
			other, ok := statusOf(&p.Exchanges[j].Reply)
			return ok && other.Subject == status.Subject && other.Detail == status.Detail
		}) {
			return
		}
		read := "of no known subject"
		if int(status.Subject) < len(codes.Subjects) {
			read = "X." + codes.StatusCode{Class: 'X', Subject: status.Subject}.String()[2:] + ": something about " + codes.Subjects[status.Subject].Name
		}
		p.Report(at(p, i, 0, status.String()), "%v is not in the registry of enhanced status codes", status).
			Helpf("use a registered code; clients read this one as %s", read)
	},
	Doc: `
Subject and detail of an enhanced status code are registered with IANA. What is
not in the registry tells a client no more than its subject does.

# What to do

Use the nearest registered code; "smtplint codes" lists them.

# When it stays silent

On the numbers that Exchange Online has taken for itself. What has been
registered since this version of smtplint was made is not known to it; a server
that uses such a code is right. Each code is shown once for a session.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.77 Odd
		# want
		C: RCPT TO:<b@example.org>
		S: 550 5.1.77 Odd
		C: RCPT TO:<b@example.org>
		S: 550 5.12.1 Odd
		# want
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 No such user
		C: RCPT TO:<c@example.org>
		S: 550 5.7.511 Banned
		`),
	},
}

// unregistered reports whether a reply begins with an enhanced status code that
// is not in the registry.
func unregistered(e *transcripts.Exchange) bool {
	status, ok := statusOf(&e.Reply)
	return ok && !codes.Known(status.Subject, status.Detail)
}
