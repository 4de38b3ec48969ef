package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var burlMisuse = &lint.Rule{
	ID:       "burl-misuse",
	Title:    "BURL was used in a way that the server had not offered",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4468, "3.1"), lint.RFC(4468, "3.2"), lint.RFC(4468, "3.3")},
	On:       []transcripts.Verb{transcripts.BURL, transcripts.MAIL},
	Odd:      lint.Early | lint.OddPlace,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Command.Verb == transcripts.MAIL {
			if !e.Command.Early || i == 0 {
				return // by far the most
			}
			before := &p.Exchanges[i-1]
			if before.Command.Verb == transcripts.BURL && endsMessage(before) {
				p.Report(p.Command(i), "MAIL was sent before the reply to BURL, which ended the message before").
					Note(p.Command(i-1), "this was not answered yet").
					Helpf("wait for the reply to the last BURL before the next message")
			}
			return
		}
		params, ok := e.Before.Offers.Find("BURL")
		url, _, _ := strings.Cut(e.Command.Args, " ")
		if !ok || e.Before.Authenticated || len(url) < 5 || !strings.EqualFold(url[:5], "imap:") || takesIMAP(params) {
			return
		}
		refused(p, i, p.Report(p.Part(i, url[:5]), "BURL was sent with an IMAP URL, but the server offers BURL without imap").
			Note(offer(e.Before.Offers, "BURL"), "the offer").
			Helpf("log in, send EHLO again, and see that it lists BURL imap"))
	},
	Doc: `
BURL lets a server fetch a message, or a part of it, from a URL. What kinds of
URLs it takes stands behind the keyword in the reply to EHLO: without "imap", or
the beginning of the URL, it takes none of IMAP. After the BURL that ends a
message the next one must wait for the reply.

# What to do

Log in first: many servers list "imap" only then. Send EHLO again and look.

# When it stays silent

Where the client had logged in: the list may have changed since. BURL without an
accepted recipient is data-without-rcpt or data-with-no-accepted-recipient.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 BURL
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BURL imap://a@example.com/Drafts;uid=1 LAST
		# want
		S: 554 5.7.14 Trust relationship required
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250-PIPELINING
		S: 250 BURL imap
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: BURL imap://a@example.com/Drafts;uid=1 LAST
		C: MAIL FROM:<a@example.com>
		# want
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		S: 250 2.5.0 Queued
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250-PIPELINING
		S: 250 BURL imap://example.com
		C: MAIL FROM:<a@example.com>
		C: RCPT TO:<b@example.org>
		C: BURL imap://a@example.com/Drafts;uid=1 LAST
		S: 250 2.1.0 Ok
		S: 250 2.1.5 Ok
		S: 250 2.5.0 Queued
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		`),
		lint.Good(`
		# The list may have changed with the login.
		# tls: off
		# TLS established
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250-AUTH PLAIN
		S: 250 BURL
		C: AUTH PLAIN ****
		S: 235 2.7.0 Welcome
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: BURL imap://a@example.com/Drafts;uid=1 LAST
		S: 250 2.5.0 Queued
		`),
	},
}

func endsMessage(burl *transcripts.Exchange) bool {
	words := strings.Fields(burl.Command.Args)
	return len(words) > 1 && strings.EqualFold(words[len(words)-1], "LAST")
}

// takesIMAP reports whether the parameters of BURL name IMAP, or URLs of it.
func takesIMAP(params string) bool {
	for word := range strings.FieldsSeq(params) {
		if len(word) >= 4 && strings.EqualFold(word[:4], "imap") {
			return true
		}
	}
	return false
}
