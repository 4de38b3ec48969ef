package lint

import "github.com/smtplint/smtplint/transcripts"

// A cell holds the rules that exchanges of one slot with replies of one class
// concern. Most of them name traits, or want to hear the reply first, so that
// nearly all exchanges are done with without a call.
type cell struct {
	index int // of all cells
	calls []call
	eager int                                // the first of these are called for every exchange
	odd   Trait                              // that any of the others is about
	hears []func(*transcripts.Exchange) bool // of the rules that have Hears
}

type call struct {
	rule int    // its index in Linter.active
	odd  Trait  // 0: whatever the traits
	bit  uint64 // its place in hears; 0: whatever the reply
}

const mostHears = 64

// cells is how many there are.
const cells = slots * transcripts.NumClasses

// newCell makes the cell of an index. Few recordings meet more than a tenth of
// all, so that each is made when it is first asked for.
func (l *Linter) newCell(index int) *cell {
	c := &cell{index: index}
	slot, class := index/transcripts.NumClasses, index%transcripts.NumClasses
	for n := range l.active {
		if a := &l.active[n]; a.listens() && a.slots>>slot&1 != 0 && a.classes>>class&1 != 0 {
			c.add(n, a.rule)
		}
	}
	l.cells[index].CompareAndSwap(nil, c) // another goroutine may have been quicker
	return l.cells[index].Load()
}

// listens reports whether the rule is called for exchanges, if only to know
// whether it wants to look at the session.
func (a *active) listens() bool { return a.rule.Exchange != nil || a.picky }

func (c *cell) add(n int, r *Rule) {
	call := call{rule: n, odd: r.Odd}
	if r.Hears != nil && len(c.hears) < mostHears {
		call.bit = 1 << len(c.hears)
		c.hears = append(c.hears, r.Hears)
	}
	c.odd |= r.Odd
	c.calls = append(c.calls, call)
	if call.odd == 0 && call.bit == 0 { // it goes before those that may be passed over
		copy(c.calls[c.eager+1:], c.calls[c.eager:])
		c.calls[c.eager] = call
		c.eager++
	}
}

// meets reports whether a rule is called for an exchange with some traits, whose
// reply concerns some rules.
func (c *call) meets(t Trait, heard uint64) bool {
	return (c.odd == 0 || c.odd&t != 0) && (c.bit == 0 || c.bit&heard != 0)
}
