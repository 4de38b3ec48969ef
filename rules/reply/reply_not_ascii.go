package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var replyNotASCII = &lint.Rule{
	ID:       "reply-not-ascii",
	Title:    "The text of a reply was not printable ASCII",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Sees:     transcripts.Octets,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(6531, "3.7.4")},
	Odd:      lint.OddReply,
	Adrift:   true,
	Hears:    func(e *transcripts.Exchange) bool { return unprintable(&e.Reply) >= 0 },
	Session: func(p *lint.Pass) {
		first, line, n := -1, 0, 0
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			k := unprintable(&e.Reply)
			if k < 0 || allowsUTF8(p, i) {
				continue
			}
			if first < 0 {
				first, line = i, k
			}
			n++
		}
		if first < 0 || !p.Proves.Has(transcripts.Octets) {
			return
		}
		p.Report(p.ReplyLine(first, line), "the text of this reply is not printable ASCII%s", also(n-1)).
			Helpf("send ASCII; UTF-8 may only stand in mailbox names, after the client has said SMTPUTF8")
	},
	Doc: `
Replies are text in ASCII: octets from 32 to 126, and tabs. Other octets reach
clients that do not know their encoding, break logs and terminals, and are not
allowed even where SMTPUTF8 is in use, but for the names of mailboxes.

# What to do

Translate texts for people somewhere else; here, send ASCII.

# When it stays silent

On mailbox names in replies to VRFY and EXPN with SMTPUTF8, and in 251 and 551
within a transaction with it. Where the recording may have changed octets. Only
the first such reply of a session is shown.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 Benutzer gelöscht
		# want
		C: RCPT TO:<c@example.org>
		S: 550 5.1.1 Benutzer gelöscht
		`),
		lint.Good(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 User	deleted
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		C: VRFY jose SMTPUTF8
		S: 250 <josé@example.org>
		C: MAIL FROM:<a@example.com> SMTPUTF8
		S: 250 2.1.0 Ok
		C: RCPT TO:<jose@example.org>
		S: 251 2.1.5 Forwarded to <josé@example.net>
		C: DATA
		S: 354 Go on
		C: From: a@example.com
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		# proves: Unbroken Order Reaction
		C: RCPT TO:<b@example.org>
		S: 550 5.1.1 Benutzer gel?scht
		C: RCPT TO:<c@example.org>
		S: 550 5.1.1 Benutzer gelöscht
		`),
	},
}

// unprintable returns the first line of a reply with an octet that no reply may
// have, or -1.
func unprintable(r *transcripts.Reply) int {
	for k := range r.Lines {
		text := r.Lines[k].Text
		for j := range len(text) {
			if c := text[j]; c < ' ' && c != '\t' || c > '~' {
				return k
			}
		}
	}
	return -1
}

// allowsUTF8 reports whether the reply in exchange i may have UTF-8 in it (RFC
// 6531 §3.7.4.2).
func allowsUTF8(p *lint.Pass, i int) bool {
	e := &p.Exchanges[i]
	if e.Kind != transcripts.Ordered {
		return false
	}
	switch e.Command.Verb {
	case transcripts.VRFY, transcripts.EXPN:
		fields := strings.Fields(e.Command.Args)
		return len(fields) > 1 && strings.EqualFold(fields[len(fields)-1], "SMTPUTF8")
	case transcripts.RCPT:
		if e.Reply.Code != 251 && e.Reply.Code != 551 {
			return false
		}
		for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
			f := &p.Exchanges[j]
			if f.Kind == transcripts.Ordered && f.Command.Verb == transcripts.MAIL {
				_, ok := f.Command.Param("SMTPUTF8")
				return ok
			}
		}
	}
	return false
}

func also(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", nor is that of one other"
	}
	return ", nor are those of others"
}
