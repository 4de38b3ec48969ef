package client

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// A repeat is a command that was refused, and sent again without a change
// although the client had read the refusal.
type repeat struct {
	first, again int
	same         bool // in the same mail transaction, or outside of any
}

// attempt is what two commands must have in common to be the same.
type attempt struct {
	verb   transcripts.Verb
	args   string
	sender string // the argument of the MAIL that it belongs to; "" for MAIL itself
}

// repeats calls each for the first repetition of every command that had been
// refused with a code of a class. Where something changed in between that may
// change the answer (a new greeting, TLS, AUTH), it is no repetition.
func repeats(p *lint.Pass, class transcripts.Class, each func(repeat)) {
	var refused map[attempt]int
	sender := ""
	for i := range p.Exchanges {
		e := &p.Exchanges[i]
		if e.Before.Adrift {
			clear(refused)
			continue
		}
		if e.Kind != transcripts.Ordered {
			if e.Kind == transcripts.Answered && e.Reply.Code.OK() {
				clear(refused)
			}
			continue
		}
		switch v := e.Command.Verb; v {
		case transcripts.MAIL:
			sender = e.Command.Args
		case transcripts.RCPT, transcripts.VRFY, transcripts.EXPN:
		default:
			if e.Reply.Code.OK() && (v.Hello() || v == transcripts.STARTTLS || v == transcripts.AUTH || v == transcripts.XCLIENT) {
				clear(refused)
			}
			continue
		}
		key := attempt{verb: e.Command.Verb, args: e.Command.Args}
		if key.verb == transcripts.RCPT {
			key.sender = sender
		}
		if j, met := refused[key]; met && j >= 0 && p.Knew(j, i) {
			each(repeat{first: j, again: i, same: p.Exchanges[j].Before.Mail == e.Before.Mail})
			refused[key] = said
			continue
		}
		switch {
		case refused[key] == said:
		case e.Reply.Code.Class() == class && !comesBack(&e.Reply):
			if refused == nil {
				refused = map[attempt]int{}
			}
			refused[key] = i
		default:
			delete(refused, key)
		}
	}
}

// said marks a command whose repetition is reported.
const said = -1

// comesBack reports whether a refusal is about the moment rather than the
// command, so that the same command may be right a little later: the sequence
// was wrong, or the server is closing.
func comesBack(r *transcripts.Reply) bool { return r.Code == 503 || r.Code == 421 }

// wait returns how long after the refusal a command was repeated, where the
// recording has times.
func (r repeat) wait(p *lint.Pass) (time.Duration, bool) {
	return p.Exchanges[r.again].Command.At.Sub(p.Exchanges[r.first].Reply.At)
}
