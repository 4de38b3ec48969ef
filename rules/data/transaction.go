package data

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// lookedThrough bounds the search for the beginning of a transaction.
const lookedThrough = 1 << 12

// opened returns the MAIL that opened the transaction of exchange i, or -1
// where it is not on record.
func opened(p *lint.Pass, i int) int {
	mail := p.Exchanges[i].Before.Mail
	if mail == 0 {
		return -1
	}
	for j := i - 1; j >= max(0, i-lookedThrough); j-- {
		e := &p.Exchanges[j]
		if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.MAIL && e.Reply.Code.OK() && e.Before.Mail != mail {
			return j
		}
	}
	return -1
}

// binary reports whether the message of exchange i was declared as binary, so
// that it has no lines (RFC 3030 §3).
func binary(p *lint.Pass, i int) bool {
	mail := opened(p, i)
	if mail < 0 {
		return false
	}
	body, _ := p.Exchanges[mail].Command.Param("BODY")
	return strings.EqualFold(body.Value, "BINARYMIME")
}
