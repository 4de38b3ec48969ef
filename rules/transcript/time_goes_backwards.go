package transcript

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// jitter is how far clocks may go back without a word: what is logged by
// several threads, or with a clock that is being adjusted, is out of order by
// less.
const jitter = time.Second

var timeGoesBackwards = &lint.Rule{
	ID:       "time-goes-backwards",
	Title:    "The times in the recording run backwards",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Default:  true,
	Adrift:   true,
	Session: func(p *lint.Pass) {
		var sent, said transcripts.Instant // the latest of either side
		behind, ahead := -1, false         // replies before their command, and the others
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if back(sent, e.Command.At) {
				reportBack(p, p.Did(i), sent, e.Command.At)
				return
			}
			if back(said, e.Reply.At) {
				reportBack(p, p.Reply(i), said, e.Reply.At)
				return
			}
			if back(e.Command.At, e.Reply.At) {
				if behind < 0 {
					behind = i
				}
			} else if e.Command.At != 0 && e.Reply.At != 0 {
				ahead = true
			}
			if e.Command.At != 0 {
				sent = e.Command.At
			}
			if e.Reply.At != 0 {
				said = e.Reply.At
			}
		}
		if behind >= 0 && ahead {
			e := &p.Exchanges[behind]
			reportBack(p, p.Reply(behind), e.Command.At, e.Reply.At)
		}
	},
	Doc: `
A line carries an earlier time than one that stands before it. Rules that look
at how long something took cannot be trusted for this session.

# What to do

Log in UTC, with the date, from one clock.

# When it stays silent

On steps back of up to a second; at midnight, where the times have no date, and
at New Year, where they have no year; on a step of exactly one hour, as at the
end of summer time. Where all replies come before their commands two hosts with
different clocks have logged.
`,
	Examples: []lint.Example{
		lint.Bad(`
		10:00:01 S: 220 mx.example.org ESMTP
		10:00:02 C: EHLO client.example.com
		10:00:02 S: 250 mx.example.org
		10:00:05 C: QUIT
		10:00:01 S: 221 2.0.0 Bye
		# want
		`),
		lint.Bad(`
		10:00:01 S: 220 mx.example.org ESMTP
		10:00:02 C: EHLO client.example.com
		10:00:03 S: 250 mx.example.org
		09:59:50 C: QUIT
		# want
		10:00:05 S: 221 2.0.0 Bye
		`),
		lint.Good(`
		10:00:01 S: 220 mx.example.org ESMTP
		10:00:02 C: EHLO client.example.com
		10:00:02 S: 250 mx.example.org
		10:00:05.2 C: QUIT
		10:00:05 S: 221 2.0.0 Bye
		`),
		lint.Good(`
		23:59:58 S: 220 mx.example.org ESMTP
		23:59:59 C: EHLO client.example.com
		00:00:01 S: 250 mx.example.org
		00:00:01 C: QUIT
		00:00:02 S: 221 2.0.0 Bye
		`),
		lint.Good(`
		2025-12-31T23:59:58Z S: 220 mx.example.org ESMTP
		2025-12-31T23:59:59Z C: EHLO client.example.com
		2025-01-01T00:00:01Z S: 250 mx.example.org
		2025-01-01T00:00:02Z C: QUIT
		2025-01-01T00:00:02Z S: 221 2.0.0 Bye
		`),
		lint.Good(`
		2025-10-26T02:59:58Z S: 220 mx.example.org ESMTP
		2025-10-26T02:59:59Z C: EHLO client.example.com
		2025-10-26T02:00:00Z S: 250 mx.example.org
		2025-10-26T02:00:01Z C: QUIT
		2025-10-26T02:00:01Z S: 221 2.0.0 Bye
		`),
		lint.Good(`
		10:00:01 C: EHLO client.example.com
		09:58:02 S: 250 mx.example.org
		10:00:05 C: QUIT
		09:58:06 S: 221 2.0.0 Bye
		`),
	},
}

const (
	hour = transcripts.Instant(time.Hour)
	day  = 24 * hour
	year = 364 * day
)

// back reports whether now is earlier than before for no reason that is known.
func back(before, now transcripts.Instant) bool {
	if before == 0 || now == 0 || before-now <= transcripts.Instant(jitter) {
		return false
	}
	step := before - now
	switch dated := before > 366*day; {
	case !dated && step > day/2, dated && step > year:
		return false // midnight; New Year
	case step > hour-10*transcripts.Instant(time.Minute) && step <= hour:
		return false // the end of summer time
	}
	return true
}

func reportBack(p *lint.Pass, at lint.Place, before, now transcripts.Instant) {
	p.Report(at, "this line is %v earlier than one before it", time.Duration(before-now).Round(time.Second)).
		Helpf("log in UTC, with dates, from one clock; durations in this session mean nothing")
}
