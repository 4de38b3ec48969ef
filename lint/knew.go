package lint

import "github.com/smtplint/smtplint/transcripts"

// Knew reports whether the client is known to have read the reply of exchange j
// when it sent the command of exchange i. A log of the server does not show
// that, unless the client had to wait for each reply.
func (p *Pass) Knew(j, i int) bool {
	e, r := &p.Exchanges[i], p.Exchanges[j].Reply.Span()
	waits := p.Proves.Has(transcripts.Reaction) || e.Before.Offers.Lacks("PIPELINING")
	return waits && p.Proves.Has(transcripts.Order) && r.Known() && r.Offset < e.Command.Span.Offset
}
