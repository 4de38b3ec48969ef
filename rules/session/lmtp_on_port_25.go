package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lmtpOnPort25 = &lint.Rule{
	ID:       "lmtp-on-port-25",
	Title:    "LMTP was spoken on port 25",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(2033, "5")},
	On:       []transcripts.Verb{transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		if p.Port == 25 {
			p.Report(p.Reply(i), "the server accepted LHLO on port 25, which belongs to SMTP").
				Helpf("serve LMTP on another port, or on a local socket")
		}
	},
	Doc: `
Port 25 is the port of SMTP. LMTP must not be served there: other hosts would
deliver to it.

# What to do

Serve LMTP on a port of its own, such as 24, or on a local socket.

# When it stays silent

Where the port is not known; --port tells it.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# port: 25
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		# want
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# port: 24
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-PIPELINING
		S: 250 ENHANCEDSTATUSCODES
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}
