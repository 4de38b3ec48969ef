package client

import (
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// reach is how many exchanges further on a rule looks for what the client made
// of a reply. A client that has misunderstood one shows it soon.
const reach = 64

// repeatable lists the commands whose repetition says something. AUTH has a
// rule of its own.
var repeatable = []transcripts.Verb{transcripts.EXPN, transcripts.MAIL, transcripts.RCPT, transcripts.VRFY}

// A repeat is a command that was refused, and sent again without a change
// although the client had read the refusal.
type repeat struct {
	first, again int
	same         bool // for the same message: none was begun, sent or given up in between
}

// repeated looks for the first repetition of a command that was refused.
// Where something changed in between that may change the answer (a new
// greeting, TLS, AUTH), it is none.
func repeated(p *lint.Pass, i int) (r repeat, ok bool) {
	e := &p.Exchanges[i]
	if comesBack(&e.Reply) {
		return r, false
	}
	if path := e.Command.Path(); path.Mailbox.Hidden() {
		return r, false // two that look alike may differ
	}
	r = repeat{first: i, same: true}
	sender := "" // of a later transaction
	for j := i + 1; j < min(len(p.Exchanges), i+reach); j++ {
		f := &p.Exchanges[j]
		if f.Before.Adrift {
			return r, false
		}
		if f.Kind == transcripts.Content {
			r.same = false
		}
		v := f.Command.Verb
		if v == e.Command.Verb && f.Command.Args == e.Command.Args && f.Kind == transcripts.Ordered && p.Knew(i, j) {
			if !r.same && (v != transcripts.RCPT || sender != senderOf(p, i)) || repeats(p, i) {
				return r, false
			}
			r.again = j
			return r, true
		}
		switch {
		case f.Kind == transcripts.Answered && f.Reply.Code.OK():
			return r, false
		case v == transcripts.MAIL:
			sender = f.Command.Args
		case v == transcripts.RSET, v == transcripts.BDAT:
			r.same = false
		case f.Reply.Code.OK() && (v.Hello() || v == transcripts.STARTTLS || v == transcripts.AUTH || v == transcripts.XCLIENT):
			return r, false
		}
	}
	return r, false
}

// repeats reports whether exchange i is itself a repetition, so that its own
// was found with the first.
func repeats(p *lint.Pass, i int) bool {
	e := &p.Exchanges[i]
	for j := i - 1; j >= max(0, i-reach); j-- {
		f := &p.Exchanges[j]
		if f.Command.Verb == e.Command.Verb && f.Command.Args == e.Command.Args && f.Reply.Code.Class() == e.Reply.Code.Class() {
			return true
		}
	}
	return false
}

// senderOf returns the argument of the MAIL before exchange i, or "".
func senderOf(p *lint.Pass, i int) string {
	for j := i - 1; j >= max(0, i-reach); j-- {
		if c := &p.Exchanges[j].Command; c.Verb == transcripts.MAIL {
			return c.Args
		}
	}
	return ""
}

// comesBack reports whether a refusal is about the moment rather than the
// command, so that the same command may be right a little later: the sequence
// was wrong, or the server is closing.
func comesBack(r *transcripts.Reply) bool { return r.Code == 503 || r.Code == 421 }

// wait returns how long after the refusal a command was repeated, where the
// recording has times.
func (r repeat) wait(p *lint.Pass) (time.Duration, bool) {
	return p.Exchanges[r.again].Command.At.Sub(p.Exchanges[r.first].Reply.At)
}
