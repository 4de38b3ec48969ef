package lint

import "github.com/smtplint/smtplint/transcripts"

// Mail returns the MAIL that opened the transaction in which exchange i stands,
// or -1 where none of the last LookBack exchanges did.
func (p *Pass) Mail(i int) int {
	mail := p.Exchanges[i].Before.Mail
	if mail == 0 {
		return -1
	}
	for j := i - 1; j >= max(0, i-LookBack); j-- {
		e := &p.Exchanges[j]
		if e.Before.Mail == mail {
			continue
		}
		if e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.MAIL && e.Reply.Code.OK() {
			return j
		}
		return -1
	}
	return -1
}
