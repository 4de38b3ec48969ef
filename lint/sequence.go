package lint

import "github.com/smtplint/smtplint/transcripts"

// LookBack is how many exchanges rules look back. Sessions with more than that
// in one transaction are rare, and made ones must not cost the square of their
// length.
const LookBack = 1000

// Reset returns the last exchange before i that leaves no mail transaction
// open, whatever was before it, or -1 where none of the last LookBack does, so
// that the state is unknown.
func (p *Pass) Reset(i int) int {
	for j := i - 1; j >= max(0, i-LookBack); j-- {
		if resets(&p.Exchanges[j]) {
			return j
		}
	}
	return -1
}

// resets: RFC 5321 §4.1.4, RFC 3207 §4.2.
func resets(e *transcripts.Exchange) bool {
	switch e.Kind {
	case transcripts.Connected:
		return true
	case transcripts.Content:
		return e.Reply.Recorded()
	case transcripts.Ordered:
		switch v := e.Command.Verb; v {
		case transcripts.EHLO, transcripts.HELO, transcripts.LHLO, transcripts.RSET, transcripts.STARTTLS, transcripts.XCLIENT:
			return e.Reply.Code.OK()
		case transcripts.BDAT:
			return e.Body != nil && e.Body.Last && e.Reply.Recorded()
		}
	}
	return false
}

// Since counts the commands with one of the verbs from exchange j on, up to i,
// among the last LookBack. first is -1 where there are none.
func (p *Pass) Since(j, i int, verbs ...transcripts.Verb) (first, n int) {
	first = -1
	for k := max(j, 0, i-LookBack); k < i; k++ {
		e := &p.Exchanges[k]
		for _, v := range verbs {
			if e.Kind == transcripts.Ordered && e.Command.Verb == v {
				if first < 0 {
					first = k
				}
				n++
			}
		}
	}
	return first, n
}

// Greeting returns the reply that the server greeted with, or nil.
func (p *Pass) Greeting() *transcripts.Reply {
	if len(p.Exchanges) == 0 || p.Exchanges[0].Kind != transcripts.Connected {
		return nil
	}
	return &p.Exchanges[0].Reply
}

// Unwelcome reports whether the server refused the connection.
func (p *Pass) Unwelcome() bool {
	g := p.Greeting()
	return g != nil && g.Code.Failed()
}

// Closes reports whether the server said in exchange i that it closes the
// connection, with 221 or 421.
func (p *Pass) Closes(i int) bool {
	e := &p.Exchanges[i]
	last := &e.Reply
	if n := len(e.More); n > 0 {
		last = &e.More[n-1]
	}
	return last.Code == 421 || last.Code == 221
}

// greetings is more than any client needs to begin a session.
const greetings = 16

// SpeaksLMTP reports whether the server's protocol is LMTP: the recording says
// so, the server took LHLO or asked for it, or its greeting names LMTP (RFC
// 2033 §4.1).
func (p *Pass) SpeaksLMTP() bool {
	if p.LMTP || p.Port == 24 {
		return true
	}
	for i := range min(len(p.Exchanges), greetings) {
		switch e := &p.Exchanges[i]; {
		case e.Kind == transcripts.Connected:
			if Says(&e.Reply, "lmtp") != "" {
				return true
			}
		case e.Kind == transcripts.Ordered && e.Command.Verb.Hello():
			if e.Command.Verb == transcripts.LHLO && e.Reply.Code.OK() || e.Reply.Code.Failed() && Says(&e.Reply, "lhlo") != "" {
				return true
			}
		case e.Kind == transcripts.Ordered:
			return false
		}
	}
	return false
}
