package auth

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var droppedBeforeThreeFailures = &lint.Rule{
	ID:       "dropped-before-three-failures",
	Title:    "The server gave up after fewer than three failures of AUTH",
	Area:     lint.Auth,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Needs:    transcripts.Closing | transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(4954, "9")},
	On:       []transcripts.Verb{transcripts.AUTH},
	Session: func(p *lint.Pass) {
		failures, last := 0, -1
		for i := range p.Exchanges {
			if !begins(&p.Exchanges[i]) {
				continue
			}
			a := sasl.AttemptAt(p.Session, i)
			if code := a.Final(p.Session).Code; code == 535 || code == 421 {
				failures, last = failures+1, a.To
			} else {
				last = -1
			}
		}
		if last < 0 || failures >= 3 {
			return
		}
		n := len(p.Exchanges) - 1
		closing := &p.Exchanges[n].Reply
		dropped := last == n && (p.Ended == transcripts.ServerClosed || closing.Code == 421) ||
			last == n-1 && p.Exchanges[n].Kind == transcripts.Unasked && closing.Code == 421
		if !dropped {
			return
		}
		times := "one failed attempt"
		if failures > 1 {
			times = fmt.Sprintf("%d failed attempts", failures)
		}
		p.Report(p.Reply(last), "the server closed the connection after %s to authenticate", times).
			Helpf("keep the connection for at least three attempts")
	},
	Doc: `
A server should let a client try three times before it drops the connection:
people mistype, and clients try one mechanism after the other.

# What to do

Allow three attempts, with a delay before each reply.

# When it stays silent

The rule is off unless it is asked for: under attack a server may do otherwise.
The recording has to show that the server closed the connection.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		# want
		# server closed the connection
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		# want
		S: 421 4.7.0 Too many errors
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: QUIT
		S: 221 2.0.0 Bye
		# server closed the connection
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 AUTH PLAIN
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		S: 535 5.7.8 Invalid
		C: AUTH PLAIN ****
		S: 421 4.7.0 Too many errors
		# server closed the connection
		`),
	},
}
