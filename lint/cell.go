package lint

import (
	"math/bits"

	"github.com/smtplint/smtplint/transcripts"
)

// A cell holds the rules that exchanges of one slot with replies of one class
// concern. Most of them name traits, or want to hear the reply first, so that
// nearly all exchanges are done with without a call.
type cell struct {
	index  int               // of all cells
	calls  []call            // made whatever the reply
	always uint64            // those of the first 64 that are made for every exchange, by their places
	by     [numTraits]uint64 // those that are about a trait
	odd    Trait             // that any rule is about
	hears  []hearer
}

// A call is a rule of a cell.
type call struct {
	rule int   // its index in Linter.active
	odd  Trait // 0: whatever the traits
}

// A hearer is a rule that wants to hear a reply first, or whether it is odd.
type hearer struct {
	call
	hears func(*transcripts.Exchange) bool
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
	c.odd |= r.Odd
	if (r.Hears != nil || r.Odd&OddReply != 0) && len(c.hears) < mostHears {
		c.hears = append(c.hears, hearer{call, r.Hears})
		return
	}
	place := uint64(1) << len(c.calls) // 0 beyond the first 64
	c.calls = append(c.calls, call)
	if call.odd == 0 {
		c.always |= place
	}
	for t := range c.by {
		if call.odd>>t&1 != 0 {
			c.by[t] |= place
		}
	}
}

// due returns the places of the calls that are made for an exchange with some
// traits, among the first 64.
func (c *cell) due(t Trait) uint64 {
	due := c.always
	for t &= c.odd; t != 0; t &= t - 1 {
		due |= c.by[bits.TrailingZeros8(uint8(t))]
	}
	return due
}

// meets reports whether a call is made for an exchange with some traits.
func (c *call) meets(t Trait) bool { return c.odd == 0 || c.odd&t != 0 }
