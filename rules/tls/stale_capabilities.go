package tls

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var staleCapabilities = &lint.Rule{
	ID:       "stale-capabilities",
	Title:    "An extension was used that the server had offered only before TLS",
	Area:     lint.TLS,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3207, "4.2"), lint.RFC(3207, "6"), lint.RFC(9422, "3.6")},
	Hears:    beginsAnew,
	Session: func(p *lint.Pass) {
		var said map[string]bool
		anew := -1
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind != transcripts.Ordered || e.Before.Adrift {
				continue
			}
			if beginsAnew(e) {
				anew = i
				clear(said)
			}
			if e.Before.Forgotten == nil || anew < 0 || e.Command.Plain() { // what is plain uses none
				continue
			}
			for u := range esmtp.Uses(&e.Command, p.Envelope(i)) {
				keyword := u.By[0]
				if said[keyword] || !u.Stale(&e.Before) {
					continue
				}
				if said == nil {
					said = map[string]bool{}
				}
				said[keyword] = true
				p.Report(p.Part(i, u.Part), "%s was offered before %v, but not after it", keyword, p.Exchanges[anew].Command.Verb).
					Note(p.Command(anew), "with this the session started anew").
					Helpf("forget the list when TLS starts, and use only what the last reply to EHLO offers")
			}
		}
	},
	Doc: `
With the TLS handshake a client forgets what the server offered before: somebody
on the way may have written that list. What counts is the reply to the EHLO
inside TLS. The same holds after XCLIENT.

# What to do

Build the list anew from every reply to EHLO.

# When it stays silent

Where the new list has the extension too, where there is no new list yet, and
where the recording leaves lines out.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com> SIZE=1200
		# want
		S: 555 5.5.4 Unsupported option
		C: MAIL FROM:<a@example.com> SIZE=1200
		S: 555 5.5.4 Unsupported option
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-CHUNKING
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SIZE
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BDAT 3 LAST
		# want
		C: hi
		S: 500 5.5.1 Unknown command
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 Ready
		# TLS established
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 size
		C: MAIL FROM:<a@example.com> SIZE=1200
		S: 250 2.1.0 Ok
		`),
	},
}

// beginsAnew reports whether the session is as new behind e (RFC 3207 §4.2).
func beginsAnew(e *transcripts.Exchange) bool {
	return (e.Command.Verb == transcripts.STARTTLS || e.Command.Verb == transcripts.XCLIENT) && e.Reply.Code == 220
}
