package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var greetingCode = &lint.Rule{
	ID:       "greeting-code",
	Title:    "The server greeted with an unusual code",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "3.1"), lint.RFC(5321, "4.3.2"), lint.RFC(7504, "3"), lint.RFC(7504, "5.1")},
	In:       []transcripts.Kind{transcripts.Connected},
	Exchange: func(p *lint.Pass, i int) {
		code := p.Exchanges[i].Reply.Code
		switch code {
		case 0, 220, 421, 521, 554:
			return
		}
		if strange(code) || oddSecond(code) {
			return
		}
		d := p.Report(p.Reply(i), "the server greeted with %03d; a greeting is 220, 421, 521 or 554", code)
		if code.Failed() {
			d.AtMost(lint.Info).Helpf("refuse a connection with 421 for now, with 554 for good; 521 says that the host never takes mail")
			return
		}
		d.Helpf("greet with 220 when the server is ready")
	},
	Doc: `
The first reply of a connection says whether there is service: 220 yes, 421 not
now, 554 no, 521 never. Clients know no others; some take any other 2yz for a
refusal.

# What to do

Greet with 220, or refuse with 421, 554 or 521.

# When it stays silent

Where the recording does not show that this was the first reply. Servers with
lists of unwanted hosts often refuse with 450, 550 or the like; clients
understand them, and the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# [opened] to mx.example.org
		S: 250 mx.example.org ready
		# want
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Bad(`
		# [opened] to mx.example.org
		S: 550 5.7.1 Your address is on a list
		# want
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# [opened] to mx.example.org
		S: 554 5.7.1 Your address is on a list
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		S: 250 2.0.0 Ok
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
