package session

import (
	"strings"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var serverIdleTimeoutShort = &lint.Rule{
	ID:       "server-idle-timeout-short",
	Title:    "The server did not wait five minutes for a command",
	Area:     lint.Session,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Sees:     transcripts.Clock,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.2.7"), lint.RFC(6409, "5.3")},
	In:       []transcripts.Kind{transcripts.Unasked},
	Got:      []transcripts.Class{transcripts.Transient},
	Exchange: func(p *lint.Pass, i int) {
		const least, tolerance = 5 * time.Minute, 10 * time.Second
		r := &p.Exchanges[i].Reply
		if i == 0 || r.Code != 421 || !speaksOfTime(r) || p.Port == 587 || p.Port == 465 {
			return
		}
		last := p.Exchanges[i-1].Reply
		if more := p.Exchanges[i-1].More; len(more) > 0 {
			last = more[len(more)-1]
		}
		waited, ok := r.At.Sub(last.At)
		if !ok || !last.Recorded() || waited < 0 || waited >= least-tolerance {
			return
		}
		p.Report(p.Reply(i), "the server gave up after %v of waiting for a command", waited.Round(time.Second)).
			Note(p.Reply(i-1), "it had answered everything here").
			Helpf("wait at least 5 minutes for a command")
	},
	Doc: `
A server should wait at least five minutes for the next command. Clients look up
names, ask other systems, and handle several recipients at a time between two
commands; where the server gives up earlier, mail is delayed or sent twice.

# What to do

Set the server's timeout for commands to 5 minutes or more (smtpd_timeout in
Postfix, smtp_receive_timeout in Exim).

# When it stays silent

Where the reply does not speak of time, as when the server is too busy or shuts
down, on the ports of submission, where shorter times are usual, and where the
server waited for something else than a command. Ten seconds are allowed for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		10:00:00 C: NOOP
		10:00:00 S: 250 2.0.0 Ok
		10:00:30 S: 421 4.4.2 mx.example.org Error: timeout exceeded
		# want
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: NOOP
		10:00:00 S: 250 2.0.0 Ok
		10:05:10 S: 421 4.4.2 mx.example.org Error: timeout exceeded
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: NOOP
		10:00:00 S: 250 2.0.0 Ok
		10:00:30 S: 421 4.3.2 mx.example.org is shutting down
		`),
		lint.Good(`
		# port: 587
		# excerpt
		10:00:00 C: NOOP
		10:00:00 S: 250 2.0.0 Ok
		10:01:30 S: 421 4.4.2 mx.example.org timeout
		`),
	},
}

// speaksOfTime reports whether a reply says that time has run out.
func speaksOfTime(r *transcripts.Reply) bool {
	for _, l := range r.Lines {
		low := strings.ToLower(l.Text)
		for _, word := range [...]string{"timeout", "timed out", "time out", "time-out", "idle", "inactiv"} {
			if strings.Contains(low, word) {
				return true
			}
		}
	}
	return false
}
