package lint

import (
	"math/bits"

	"github.com/smtplint/smtplint/transcripts"
)

// Result collects what was found in the sessions of one recording.
type Result struct {
	Sessions   int
	Exchanges  int
	Findings   []Diagnostic // those that count, and suppressed ones if these are to be shown
	Suppressed int          // findings that do not count
	Withheld   []Withheld
	Capped     int // findings beyond the number kept for one rule and session, or for a recording

	asked  []Directive
	memory *memory
	held   int            // octets that findings and directives occupy
	few    map[fewKey]int // findings that were kept although there are too many
}

// Withheld is a rule that could not be judged in some sessions.
type Withheld struct {
	Rule     *Rule
	Sessions int
	Lacks    transcripts.Evidence
}

// withheld returns the entry of a rule in Withheld, or nil. There are few.
func (res *Result) withheld(r *Rule) *Withheld {
	for i := range res.Withheld {
		if w := &res.Withheld[i]; w.Rule == r {
			return w
		}
	}
	return nil
}

// memory is what a Linter keeps while it looks at the sessions of a recording.
// Nothing in it matters for what is found, except the counts.
type memory struct {
	counts  []int // findings of each active rule in the session at hand
	counted []int // rules with findings
	hearing hearing
	pass    Pass

	judged  bool                 // a session was
	proves  transcripts.Evidence // what the last one could prove
	blocked []bool               // which active rules were not asked for that

	seen     [transcripts.NumClasses]uint64 // the slots of the last session, by the classes of their replies
	lacking  []int                          // which active rules said too little for that
	picked   []bool                         // which picky rules want to look at the session at hand
	repeated repeats                        // in the session at hand
	remark   int                            // of the session at hand, that was come to
}

func (l *Linter) remember() *memory {
	if m, ok := l.memories.Get().(*memory); ok {
		return m
	}
	return &memory{counts: make([]int, len(l.active)), blocked: make([]bool, len(l.active)), picked: make([]bool, len(l.active))}
}

// Session shows a session to the rules and adds what they find to res.
func (l *Linter) Session(s *transcripts.Session, res *Result) {
	res.Sessions++
	res.Exchanges += len(s.Exchanges)
	if res.memory == nil {
		res.memory = l.remember()
	}
	m := res.memory
	m.begin(l, s)
	from := len(res.Findings)
	p := &m.pass
	*p = Pass{Session: s, found: &res.Findings, limit: perSession, nth: res.Sessions}
	if len(s.Asked) > 0 {
		p.limit = perAskedSession
	}
	var seen [transcripts.NumClasses]uint64
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		slot := slotOf(e)
		class := e.Reply.Code.Class()
		seen[class] |= 1 << slot
		index := slot*transcripts.NumClasses + int(class)
		c := l.cells[index].Load()
		if c == nil {
			c = l.newCell(index)
		}
		var heard uint64
		if len(c.hears) > 0 && e.Reply.Recorded() {
			heard = m.hearing.of(c, e)
		}
		t := m.traits(s, i, c.odd)
		for due := c.due(t); due != 0; due &= due - 1 {
			l.ask(p, m, c.calls[bits.TrailingZeros64(due)].rule, i)
		}
		for k := 64; k < len(c.calls); k++ {
			if c.calls[k].meets(t) {
				l.ask(p, m, c.calls[k].rule, i)
			}
		}
		for ; heard != 0; heard &= heard - 1 {
			if h := &c.hears[bits.TrailingZeros64(heard)]; h.meets(t) {
				l.ask(p, m, h.rule, i)
			}
		}
	}
	for _, n := range l.session {
		if a := &l.active[n]; !m.blocked[n] && a.concerns(&seen) && (!a.picky || m.picked[n]) {
			p.ask(a, m.counts[n])
			a.rule.Session(p)
			m.count(n, p)
		}
	}
	l.withhold(s, res, &seen)
	if !res.spare(from) {
		l.hear(s, res, from)
	}
	for _, n := range m.counted {
		res.Capped += max(0, m.counts[n]-p.limit)
	}
}

// ask shows exchange i to rule n.
func (l *Linter) ask(p *Pass, m *memory, n, i int) {
	a := &l.active[n]
	switch {
	case m.blocked[n]:
	case a.picky:
		m.picked[n] = true
	case p.Exchanges[i].Before.Adrift && !a.rule.Adrift:
	default:
		p.ask(a, m.counts[n])
		a.rule.Exchange(p, i)
		m.count(n, p)
	}
}

// begin prepares the memory for a session.
func (m *memory) begin(l *Linter, s *transcripts.Session) {
	for _, n := range m.counted {
		m.counts[n] = 0
	}
	m.counted = m.counted[:0]
	for _, n := range l.session {
		m.picked[n] = false
	}
	m.repeated.known, m.remark = false, 0
	if m.judged && m.proves == s.Proves {
		return
	}
	m.judged, m.proves = true, s.Proves
	m.seen, m.lacking = [transcripts.NumClasses]uint64{}, m.lacking[:0]
	for _, n := range l.gated {
		m.blocked[n] = !s.Proves.Has(l.active[n].rule.Needs)
	}
}

// count notes how many findings a rule has by now.
func (m *memory) count(n int, p *Pass) {
	if p.count == m.counts[n] {
		return
	}
	if m.counts[n] == 0 {
		m.counted = append(m.counted, n)
	}
	m.counts[n] = p.count
}

// withhold notes the rules that this session says too little for.
func (l *Linter) withhold(s *transcripts.Session, res *Result, seen *[transcripts.NumClasses]uint64) {
	m := res.memory
	if m.seen != *seen {
		m.seen, m.lacking = *seen, m.lacking[:0]
		for _, n := range l.gated {
			a := &l.active[n]
			if !s.Proves.Has(a.rule.Needs|a.rule.Sees) && a.concerns(seen) {
				m.lacking = append(m.lacking, n)
			}
		}
	}
	for _, n := range m.lacking {
		if m.counts[n] > 0 {
			continue
		}
		r := l.active[n].rule
		w := res.withheld(r)
		if w == nil {
			res.Withheld = append(res.Withheld, Withheld{Rule: r})
			w = &res.Withheld[len(res.Withheld)-1]
		}
		w.Sessions++
		w.Lacks |= (r.Needs | r.Sees) &^ s.Proves
	}
}
