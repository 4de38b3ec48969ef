// Package session holds the rules about the order of commands.
package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	commandAfterQuit,
	dataWithNoAcceptedRecipient,
	dataWithoutRcpt,
	mailBeforeHello,
	nestedMail,
	rcptBeforeMail,
}

// resets reports whether exchange e leaves no mail transaction open, whatever
// was before it (RFC 5321 §4.1.4, RFC 3207 §4.2).
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

// reset returns the last exchange before i that leaves no transaction open, or
// -1 where the recording shows none, so that the state is unknown.
func reset(p *lint.Pass, i int) int {
	for j := i - 1; j >= 0; j-- {
		if resets(&p.Exchanges[j]) {
			return j
		}
	}
	return -1
}

// since counts the commands with one of the verbs from exchange j on, up to i.
func since(p *lint.Pass, j, i int, verbs ...transcripts.Verb) (first, n int) {
	first = -1
	for k := max(j, 0); k < i; k++ {
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

// why says what an exchange that resets did.
func why(p *lint.Pass, j int) string {
	e := &p.Exchanges[j]
	switch e.Kind {
	case transcripts.Connected:
		return "no MAIL yet"
	case transcripts.Content:
		return "the message that ended at " + lint.Line(e.Body.Stop) + " had already ended it"
	}
	at := lint.Line(e.Command.Span)
	switch e.Command.Verb {
	case transcripts.RSET:
		return "RSET at " + at + " had ended it"
	case transcripts.STARTTLS:
		return "STARTTLS at " + at + " had ended it"
	case transcripts.BDAT:
		return "BDAT LAST at " + at + " had ended it"
	}
	return "no MAIL since " + e.Command.Verb.String() + " at " + at
}
