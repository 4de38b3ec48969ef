package client

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var vrfy252TreatedAsFailure = &lint.Rule{
	ID:       "vrfy-252-treated-as-failure",
	Title:    "252 to VRFY was taken for a failure",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.5.3"), lint.RFC(5321, "7.3"), lint.RFC(5321, "4.2.2")},
	On:       []transcripts.Verb{transcripts.VRFY},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Reply.Code != 252 {
			return
		}
		address := e.Command.Path().Mailbox.Text
		if said, ok := p.TakenForFailure(i, address, "vrfy", "address", "user", "recipient", "verif"); ok {
			d := p.Report(p.Reply(i), "252 is a success, yet the client took it for a failure of %q", address)
			if said.Party == transcripts.Recorder {
				d.Note(said, "it says so here")
			}
			explain252(d)
			return
		}
		next := p.Next(i)
		if next < 0 || !p.Proves.Has(transcripts.Closing|transcripts.Unbroken) {
			return
		}
		gives := givesUp(&p.Exchanges[next])
		dropped := gives && e.Before.Mail != 0 && e.Before.Refused == 0 // else the refusal may be why
		used := -1
		if !dropped {
			used = chosen(p, i)
		}
		_, mails := p.Since(-1, len(p.Exchanges), transcripts.MAIL)
		if !dropped && used < 0 && !(gives && mails == 0 && probes(p) == 1) {
			return
		}
		if named(p, i, len(p.Exchanges), address) {
			return
		}
		switch {
		case dropped:
			d := p.Report(p.Reply(i), "252 is a success, yet %q was given up", address).Sure(lint.Likely)
			explain252(d.Note(p.Command(next), "the client dropped it here"))
		case used >= 0:
			d := p.Report(p.Reply(i), "252 is a success, yet %q was left out of the recipients", address).Sure(lint.Likely)
			explain252(d.Note(p.Reply(used), "this address was verified, and used"))
		default:
			d := p.Report(p.Reply(i), "252 is a success; the session ended right after it, as if %q had been refused", address).Sure(lint.Hint)
			explain252(d.Note(p.Command(next), "nothing else was tried"))
		}
	},
	Doc: `
252 is a success reply: the server cannot or will not say whether the mailbox
exists, but it will accept mail for it and attempt delivery. Servers that do not
want to disclose their users must answer VRFY with it. Clients that look for 250
alone take 252 for "no such user" and drop addresses that would have worked.

# What to do

Treat every 2yz reply to VRFY as "go on". Better, do without VRFY: the reply to
RCPT is the one that counts.

# When it stays silent

Where the client names the address in RCPT later, where it goes on with other
addresses that it had not verified either, and where the recording stops. That
the client gave up without a word is a hint only, as monitoring does the same on
purpose.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY b@example.org
		S: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
		# want
		# client: address b@example.org is invalid, skipped
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		# want likely
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		# want likely
		C: VRFY c@example.org
		S: 250 2.1.5 <c@example.org>
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		# want hint
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The transaction was given up for the recipient that was refused.
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 553 5.1.3 No such mailbox
		C: VRFY bob
		S: 252 2.5.2 Cannot verify
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# The session starts anew, and mail is sent: the address was asked about for
		# another reason.
		S: 220 mx.example.org ESMTP
		C: VRFY bob
		S: 252 2.5.2 Cannot verify
		C: RSET
		S: 250 2.0.0 Ok
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b
		S: 252 2.5.0 It will be tried
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<c@example.org>
		S: 250 2.1.5 Ok
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		C: VRFY c@example.org
		S: 252 2.5.0 It will be tried
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: VRFY b@example.org
		S: 550 5.1.1 No such user
		C: RSET
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: VRFY b@example.org
		S: 252 2.5.0 It will be tried
		`),
	},
}

func explain252(d *lint.Diagnostic) {
	d.Labelf("the server will accept mail for this address").
		Helpf("treat every 2yz reply as success; let RCPT decide")
}

// named reports whether an address is named in RCPT between exchanges i and
// end. VRFY may have been given the local part alone. Where that is far to look,
// it may be.
func named(p *lint.Pass, i, end int, address string) bool {
	const far = 1000
	for j := i + 1; j < end; j++ {
		if j > i+far {
			return true
		}
		e := &p.Exchanges[j]
		if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.RCPT {
			continue
		}
		rcpt := e.Command.Path().Mailbox
		if strings.EqualFold(rcpt.Text, address) || strings.EqualFold(rcpt.Local, address) {
			return true
		}
	}
	return false
}

// chosen returns a VRFY that was answered 250 or 251 and whose address became a
// recipient of the transaction that follows both it and exchange i, or -1: the
// client uses VRFY to choose its recipients. It looks at what is within reach.
func chosen(p *lint.Pass, i int) int {
	all := p.Exchanges[:min(len(p.Exchanges), i+reach)]
	from, mail := i, i
	for from > max(0, i-reach) && all[from-1].Before.Mail == all[i].Before.Mail && all[from].Command.Verb != transcripts.MAIL {
		from--
	}
	for mail < len(all) && all[mail].Before.Mail == all[i].Before.Mail {
		mail++ // to the first command of the transaction, or behind the one that is open
	}
	if mail == len(all) {
		return -1
	}
	end := mail
	for end < len(all) && all[end].Before.Mail == all[mail].Before.Mail {
		end++
	}
	for j := from; j < end; j++ {
		e := &all[j]
		if e.Command.Verb != transcripts.VRFY || e.Reply.Code != 250 && e.Reply.Code != 251 {
			continue
		}
		if address := e.Command.Path().Mailbox.Text; address != "" && named(p, max(i, j), end, address) {
			return j
		}
	}
	return -1
}

// probes counts VRFY and EXPN commands.
func probes(p *lint.Pass) (n int) {
	for i := range p.Exchanges {
		if v := p.Exchanges[i].Command.Verb; v == transcripts.VRFY || v == transcripts.EXPN {
			n++
		}
	}
	return n
}
