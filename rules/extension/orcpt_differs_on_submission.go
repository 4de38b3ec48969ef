package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var orcptDiffersOnSubmission = &lint.Rule{
	ID:       "orcpt-differs-on-submission",
	Title:    "A new message named another original recipient than its recipient",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3461, "4.2")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		if p.Port != 587 && p.Port != 465 {
			return
		}
		param, ok := p.Exchanges[i].Command.Param("ORCPT")
		kind, address, found := strings.Cut(param.Value, ";")
		if !ok || !found || !strings.EqualFold(kind, "rfc822") {
			return
		}
		text, flaw := transcripts.DecodeXtext(address)
		original, named := transcripts.ParseMailbox(text), &p.Envelope(i).Path.Mailbox
		if !flaw.None() || original.Hidden() || named.Hidden() ||
			original.Local == named.Local && strings.EqualFold(original.Host.Text, named.Host.Text) {
			return
		}
		p.Report(p.Part(i, param.Text), "ORCPT names %s, but RCPT names %s", quote(text), quote(named.Text)).
			Helpf("when a message is first sent, both are the same address")
	},
	Doc: `
ORCPT keeps the address that the sender wrote when servers later change the
recipient. Whoever submits a message is at the beginning of its way, so both
must be the same.

# What to do

Give the address of RCPT, in xtext.

# When it stays silent

On ports other than 587 and 465, and where the domains differ only in case. A
relay or a mailing list that submits what came from elsewhere may well have
another original recipient: that is why the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 587
		# excerpt
		C: RCPT TO:<b@example.org> ORCPT=rfc822;c@example.org
		# want
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# port: 587
		# excerpt
		C: EHLO client.example.com
		S: 250-msa.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b+c@example.org> ORCPT=rfc822;b+2Bc@EXAMPLE.org
		S: 250 2.1.5 Ok
		`),
		lint.Good(`
		# port: 25
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> ORCPT=rfc822;c@example.org
		S: 250 2.1.5 Ok
		`),
	},
}
