package transcripts

// answersLate takes a reply that comes behind 354 although the client has sent
// nothing since, and reports whether it answers a command from before DATA: the
// server has answered in the wrong order.
func (d *dialogue) answersLate(r *Reply) bool {
	if len(d.late) == 0 {
		return false
	}
	if d.mode != inContent || d.Exchanges[d.content.at].Body.Lines > 0 {
		d.late = d.late[:0]
		return false
	}
	i := d.late[0]
	d.late = d.late[1:]
	for k := range d.Faults {
		if f := &d.Faults[k]; f.Kind == Unanswered && f.Exchange <= i && i < f.Exchange+f.Count {
			f.Kind = Reordered
		}
	}
	d.resolve(i, r)
	if len(d.late) == 0 {
		d.inStep()
	}
	return true
}
