package lint

import "github.com/smtplint/smtplint/transcripts"

// Mail returns the MAIL that opened the transaction in which exchange i stands,
// or -1 where the recording does not show it. It walks back through that
// transaction.
func (p *Pass) Mail(i int) int {
	mail := p.Exchanges[i].Before.Mail
	if mail == 0 {
		return -1
	}
	for j := i - 1; j >= 0; j-- {
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
