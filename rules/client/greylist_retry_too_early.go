package client

import (
	"strings"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var greylistRetryTooEarly = &lint.Rule{
	ID:       "greylist-retry-too-early",
	Title:    "A greylisted recipient was tried again before the time",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Default:  true,
	Needs:    transcripts.Order | transcripts.Clock,
	Refs:     []lint.Ref{lint.RFC(6647, "2.1"), lint.RFC(5321, "4.5.4.1")},
	On:       []transcripts.Verb{transcripts.RCPT},
	Got:      []transcripts.Class{transcripts.Transient},
	Odd:      lint.Repeated,
	Exchange: func(p *lint.Pass, i int) {
		r, ok := repeated(p, i)
		if !ok || !asksToWait(p, r) {
			return
		}
		wait, _ := r.wait(p)
		asked, named := delay(&p.Exchanges[i].Reply)
		if wait >= asked {
			return
		}
		say := "the recipient was tried again after %v, but the server had asked for %v"
		if !named {
			say = "the recipient was tried again after %v; where no time is named, greylisting takes %v at least"
		}
		d := p.Report(p.Command(r.again), say, wait.Round(time.Second), asked).
			Note(p.Reply(i), "this asks to wait")
		if !r.same {
			d.Sure(lint.Likely) // it may be another message
		}
		d.Helpf("wait at least as long as the server says; 5 to 30 minutes are safe")
	},
	Doc: `
Greylisting defers the first attempt and lets a later one pass. One that comes
too early is deferred again, and at some servers the time begins anew. Where the
reply gives no time, a minute is taken for the least.

# What to do

Try again after the time that the server gives, or after 5 to 30 minutes.

# When it stays silent

Without times in the recording. It sees one session at a time, so attempts over
several connections are not compared, and those at another host do not count.
A retry within seconds in the same transaction is
immediate-retry-after-temporary.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:00 S: 250 2.1.0 Ok
		10:00:00 C: RCPT TO:<b@example.org>
		10:00:00 S: 450 4.7.1 Greylisted, try again in 5 minutes
		10:00:40 C: RCPT TO:<b@example.org>
		# want
		10:00:40 S: 450 4.7.1 Greylisted, try again in 260 seconds
		`),
		lint.Good(`
		# excerpt
		10:00:00 C: MAIL FROM:<a@example.com>
		10:00:00 S: 250 2.1.0 Ok
		10:00:00 C: RCPT TO:<b@example.org>
		10:00:00 S: 450 4.7.1 Greylisted, try again in 300 seconds
		10:05:00 C: RCPT TO:<b@example.org>
		10:05:00 S: 250 2.1.5 Ok
		10:05:00 C: RCPT TO:<c@example.org>
		10:05:00 S: 450 4.7.1 You are greylisted
		10:06:10 C: RCPT TO:<c@example.org>
		10:06:10 S: 250 2.1.5 Ok
		10:06:10 C: RCPT TO:<d@example.org>
		10:06:10 S: 450 4.7.1 Greylisted; we remember for 2880 minutes, try again after 1 minute
		10:07:20 C: RCPT TO:<d@example.org>
		10:07:20 S: 250 2.1.5 Ok
		`),
	},
}

// asksToWait reports whether a repeated RCPT had been greylisted and came after
// a little while, so that there is a wait to be judged.
func asksToWait(p *lint.Pass, r repeat) bool {
	e := &p.Exchanges[r.first]
	wait, timed := r.wait(p)
	if e.Command.Verb != transcripts.RCPT || !timed || wait < 10*time.Second {
		return false
	}
	for _, l := range e.Reply.Lines {
		if low := strings.ToLower(l.Text); strings.Contains(low, "greylist") || strings.Contains(low, "graylist") || strings.Contains(low, "try again in ") {
			return true
		}
	}
	return false
}

// delay returns for how long a greylisting server asks to wait: the shortest
// time that it names, as others are for how long it remembers, or else what is
// the shortest in use.
func delay(r *transcripts.Reply) (least time.Duration, named bool) {
	for _, l := range r.Lines {
		n, minutes := 0, -4 // minutes: where they were named last
		for k, word := range strings.Fields(strings.ToLower(l.Text)) {
			digits := strings.TrimLeft(word, "0123456789")
			unit := strings.Trim(digits, ".,;:()")
			if number := word[:len(word)-len(digits)]; number != "" && len(number) < 6 {
				n = 0
				for _, c := range []byte(number) {
					n = n*10 + int(c-'0')
				}
			}
			switch {
			case n == 0 || unit == "":
			case strings.HasPrefix(unit, "sec"), unit == "s":
				if k > minutes+3 { // or they belong to the minutes before
					least = shorter(least, time.Duration(n)*time.Second)
				}
				n = 0
			case strings.HasPrefix(unit, "min"), unit == "m":
				least, n, minutes = shorter(least, time.Duration(n)*time.Minute), 0, k
			default:
				n = 0
			}
		}
	}
	if least == 0 {
		return time.Minute, false
	}
	return least, true
}

// shorter returns the shorter one of two times, of which the first may be none.
func shorter(a, b time.Duration) time.Duration {
	if a == 0 || b < a {
		return b
	}
	return a
}
