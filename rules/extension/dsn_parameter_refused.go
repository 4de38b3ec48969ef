package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var dsnParameterRefused = &lint.Rule{
	ID:       "dsn-parameter-refused",
	Title:    "A parameter of DSN was refused, although DSN was offered",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(3461, "5.1")},
	On:       envelopes,
	Got:      []transcripts.Class{transcripts.Transient, transcripts.Permanent},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if !e.Before.Offers.Has("DSN") {
			return
		}
		var blamed transcripts.Param
		for param := range p.Envelope(i).Params() {
			known := esmtp.FindParameter(param.Keyword, param.Value)
			if known == nil {
				return // that may be what was refused
			}
			switch {
			case known.By[0] != "DSN" || !known.On(e.Command.Verb):
			case misspelt(p, e, known, param) != "":
				return
			case blamed.Text == "" && names(&e.Reply, known.Keyword):
				blamed = param
			}
		}
		status, _ := statusOf(&e.Reply)
		if blamed.Text == "" || status.Subject == 1 || lint.Says(&e.Reply, "disabled", "duplicate", "twice") != "" {
			return
		}
		p.Report(p.Reply(i), "%s was refused, although DSN was offered", quote(blamed.Text)).
			Note(p.Part(i, blamed.Text), "this is a good value").
			Note(offer(e.Before.Offers, "DSN"), "offered here").
			Helpf("take the parameter, whatever is made of it later, or stop offering DSN")
	},
	Doc: `
A server that offers DSN must not refuse MAIL or RCPT because of RET, ENVID,
NOTIFY or ORCPT as long as their values are good. The client has no way to send
the message then but to ask for no report.

# What to do

Take the parameters, or do not list DSN.

# When it stays silent

Where a value breaks its grammar, where the refusal does not name the parameter
or its enhanced status code is about the address, and where it says that DSN is
disabled for this client: that is policy, and only the offer is wrong.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com> RET=HDRS
		S: 501 5.5.4 RET not supported
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com> RET=HDRS
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=FAILURE
		S: 550 5.1.1 No such user, retry with another
		C: RCPT TO:<c@example.org> NOTIFY=FAILURE
		S: 553 5.1.3 Invalid: <c@example.org> NOTIFY=FAILURE
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com> RET=HDRS
		S: 501 5.7.1 DSN support is disabled, no RET
		`),
	},
}

// names reports whether a reply has a keyword in it as a word.
func names(r *transcripts.Reply, keyword string) bool {
	for i := range r.Lines {
		for field := range strings.FieldsFuncSeq(r.Lines[i].Text, func(c rune) bool { return !('a' <= c|0x20 && c|0x20 <= 'z' || c == '-') }) {
			if strings.EqualFold(field, keyword) || strings.EqualFold(field, "DSN") {
				return true
			}
		}
	}
	return false
}
