package transcripts

import "strings"

// proves takes from what the notation can carry what this session lacks.
func (d *dialogue) proves() Evidence {
	p := d.facts.grants
	take := func(e Evidence, lacking bool) {
		if lacking {
			p &^= e
		}
	}
	greeted := len(d.Exchanges) > 0 && d.Exchanges[0].Kind == Connected
	take(Opening|Closing, d.facts.excerpt)
	take(Opening, !greeted)
	take(Closing, d.Ended == Comment && !d.state.Closing || d.Encrypted.Known())
	// A server that only greets had no client to answer, or none that is recorded.
	oneSided := d.lines[Client] == 0 && !(greeted && len(d.Exchanges) == 1) || d.lines[Server] == 0
	take(Unbroken, d.missing || oneSided || d.mixed)
	// All of one side before all of the other is two logs put together, unless
	// packets show it.
	take(Order, d.mixed || d.turns <= 2 && !d.facts.grants.Has(Segments) && d.lines[Client] > 1 && d.lines[Server] > 1)
	take(Bodies|Stuffing|LineEnds, d.tornBody)
	take(Clock, d.noClock)
	take(CommandEnds, d.noEnds[Client])
	take(ReplyEnds, d.noEnds[Server])
	for i := range d.Exchanges {
		e := &d.Exchanges[i]
		hides := e.Kind == Answered || e.Command.Verb == AUTH && strings.Contains(e.Command.Args, " ")
		take(Secrets, hides && e.Secret() == "" && e.Command.Text != "*")
		b := e.Body
		if b == nil {
			continue
		}
		take(Bodies|Stuffing|LineEnds, b.End == Elided)
		take(LineEnds, b.Lines > 0 && !b.EndsKnown())
	}
	return p
}
