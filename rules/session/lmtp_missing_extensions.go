package session

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var lmtpMissingExtensions = &lint.Rule{
	ID:       "lmtp-missing-extensions",
	Title:    "LMTP: PIPELINING or ENHANCEDSTATUSCODES was not offered",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Unbroken,
	Refs:     []lint.Ref{lint.RFC(2033, "5")},
	On:       []transcripts.Verb{transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		if r.Open {
			return
		}
		var missing []string
		for _, keyword := range [...]string{"PIPELINING", "ENHANCEDSTATUSCODES"} {
			if !lists(r, keyword) {
				missing = append(missing, keyword)
			}
		}
		if len(missing) > 0 {
			p.Report(p.ReplyLine(i, 0), "the LMTP server did not offer %s, which LMTP requires", strings.Join(missing, " and ")).
				Helpf("offer PIPELINING and ENHANCEDSTATUSCODES, and 8BITMIME where possible")
		}
	},
	Doc: `
Every LMTP server must support PIPELINING and ENHANCEDSTATUSCODES, and list them
in its reply to LHLO. Clients rely on both.

# What to do

Implement and list both extensions.

# When it stays silent

Where the reply to LHLO is not complete. For test doubles the profile
test-double turns the rule off.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		# want
		S: 250 8BITMIME
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		S: 250-8BITMIME
		S: 250-ENHANCEDSTATUSCODES
		S: 250 PIPELINING
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# mode: lmtp
		S: 220 store.example.org LMTP
		C: LHLO client.example.com
		S: 250-store.example.org
		`),
	},
}

// lists reports whether a reply to a greeting command offers an extension.
func lists(r *transcripts.Reply, keyword string) bool {
	for _, l := range r.Lines[1:] {
		if k, _, _ := strings.Cut(strings.TrimSpace(l.Text), " "); strings.EqualFold(k, keyword) {
			return true
		}
	}
	return false
}
