package reply

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// misplaced says why the command in exchange i came at a time when a server
// must refuse it with 503, or "" where it did not, or where the recording does
// not show enough (RFC 5321 §3.3, §4.1.4; RFC 4954 §4; RFC 3030 §2; RFC 1985
// §5).
func misplaced(p *lint.Pass, i int) string {
	e := &p.Exchanges[i]
	if e.Kind != transcripts.Ordered || e.Before.Adrift {
		return ""
	}
	b := &e.Before
	switch e.Command.Verb {
	case transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML:
		return misplacedMail(p, i)
	case transcripts.RCPT:
		if b.Mail != 0 {
			return ""
		}
		if from := p.Reset(i); from >= 0 && !unanswered(p, from, i) {
			return "no mail transaction was open"
		}
	case transcripts.DATA, transcripts.BDAT, transcripts.BURL:
		return misplacedContent(p, i)
	case transcripts.AUTH:
		switch {
		case b.Mail != 0:
			return "a mail transaction was open"
		case b.Authenticated:
			return "the client had already logged in"
		}
	case transcripts.ETRN:
		if b.Mail != 0 {
			return "a mail transaction was open"
		}
	}
	return ""
}

func misplacedMail(p *lint.Pass, i int) string {
	b := &p.Exchanges[i].Before
	if b.Hello != transcripts.NoVerb && b.Mail == 0 {
		return ""
	}
	from := p.Reset(i)
	switch {
	case unanswered(p, from, i):
		return ""
	case from >= 0 && p.Exchanges[from].Command.Verb == transcripts.XCLIENT:
		return "" // Postfix alone says what is due after XCLIENT
	case b.Hello == transcripts.NoVerb && p.Proves.Has(transcripts.Opening):
		return "no EHLO or HELO had succeeded"
	case b.Mail != 0:
		// After content was refused hardly a server keeps the transaction open.
		if _, n := p.Since(from, i, transcripts.DATA, transcripts.BDAT, transcripts.BURL); n == 0 {
			return "a mail transaction was open"
		}
	}
	return ""
}

func misplacedContent(p *lint.Pass, i int) string {
	e := &p.Exchanges[i]
	from := p.Reset(i)
	if from < 0 || unanswered(p, from, i) || e.Before.Accepted+e.Before.Refused > 0 {
		if _, chunks := p.Since(from+1, i, transcripts.BDAT); chunks > 0 && e.Before.Accepted > 0 && e.Command.Verb == transcripts.DATA {
			return "the message had been begun with BDAT"
		}
		return ""
	}
	if _, n := p.Since(from, i, transcripts.RCPT); n > 0 {
		return ""
	}
	if last := &p.Exchanges[from]; last.Command.Verb == transcripts.BDAT || e.Command.Verb == transcripts.BDAT && after(p, from, i, transcripts.BDAT) {
		return "" // a chunk too many
	}
	if e.Before.Mail == 0 {
		return "no mail transaction was open"
	}
	return "no recipient had been named"
}

func after(p *lint.Pass, from, i int, verb transcripts.Verb) bool {
	_, n := p.Since(from, i, verb)
	return n > 0
}

// unanswered reports whether the reply to a command from exchange from on that
// could have changed the state is not on record.
func unanswered(p *lint.Pass, from, i int) bool {
	for j := max(from, 0, i-lint.LookBack); j < i; j++ {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && !e.Reply.Recorded() && e.Command.Verb > transcripts.Unknown {
			return true
		}
	}
	return false
}
