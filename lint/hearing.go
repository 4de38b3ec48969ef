package lint

import (
	"hash/maphash"

	"github.com/smtplint/smtplint/transcripts"
)

// hearing remembers what rules made of replies that were heard before: a server
// says the same few things again and again.
type hearing struct {
	kept     [1 << hearingBits]heard
	last     [cells]*heard           // by cell
	text     []byte                  // of the reply at hand
	exchange transcripts.Exchange    // as it is shown to the rules
	lines    []transcripts.ReplyLine // of its reply
}

// heard is a reply, and the rules of a cell that it concerns.
type heard struct {
	cell    *cell
	text    []byte // of all lines, with their codes
	concern uint64
}

const (
	hearingBits = 11
	longestKept = 1 << 10 // octets of the text of a reply that is remembered
)

var hearingSeed = maphash.MakeSeed()

// of returns which rules of a cell the reply of an exchange concerns, as bits of
// their places in cell.hears.
func (h *hearing) of(c *cell, e *transcripts.Exchange) uint64 {
	if len(e.More) > 0 {
		return 1<<len(c.hears) - 1
	}
	if k := h.last[c.index]; k != nil && k.cell == c && k.is(&e.Reply) {
		return k.concern
	}
	if !h.spell(&e.Reply) {
		return c.concern(e)
	}
	k := &h.kept[(maphash.Bytes(hearingSeed, h.text)+uint64(c.index))%(1<<hearingBits)]
	if k.cell != c || string(k.text) != string(h.text) {
		k.cell, k.text, k.concern = c, append(k.text[:0], h.text...), h.ask(c, e)
	}
	h.last[c.index] = k
	return k.concern
}

// is reports whether k is a reply of one line, like r.
func (k *heard) is(r *transcripts.Reply) bool {
	l := &r.Lines[0]
	n := len(head{}) + len(l.Text)
	return len(r.Lines) == 1 && !r.Open && len(k.text) == n+1 && head(k.text) == headOf(l) && string(k.text[len(head{}):n]) == l.Text
}

// head is what is written down before the text of a line.
type head [3]byte

func headOf(l *transcripts.ReplyLine) head { return head{byte(l.Code >> 8), byte(l.Code), l.Sep} }

// spell writes down all that rules may go by in a reply. It reports whether that
// is little enough to be remembered.
func (h *hearing) spell(r *transcripts.Reply) bool {
	h.text = h.text[:0]
	if r.Open {
		h.text = append(h.text, 0)
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		if len(h.text)+len(l.Text) > longestKept {
			return false
		}
		head := headOf(l)
		h.text = append(append(h.text, head[:]...), l.Text...)
		h.text = append(h.text, '\n') // which no line has in it
	}
	return true
}

// ask shows the rules of a cell no more of an exchange than is remembered.
func (h *hearing) ask(c *cell, e *transcripts.Exchange) uint64 {
	h.lines = h.lines[:0]
	for i := range e.Reply.Lines {
		l := &e.Reply.Lines[i]
		h.lines = append(h.lines, transcripts.ReplyLine{Code: l.Code, Sep: l.Sep, Text: l.Text})
	}
	h.exchange.Kind, h.exchange.Command.Verb = e.Kind, e.Command.Verb
	h.exchange.Reply.Code, h.exchange.Reply.Open, h.exchange.Reply.Lines = e.Reply.Code, e.Reply.Open, h.lines
	concern := c.concern(&h.exchange)
	clear(h.lines) // the texts are lent
	return concern
}

// concern asks the rules of a cell that want to hear a reply first.
func (c *cell) concern(e *transcripts.Exchange) (bits uint64) {
	plain := e.Reply.Plain()
	for i := range c.hears {
		h := &c.hears[i]
		if (h.odd&OddReply == 0 || !plain) && (h.hears == nil || h.hears(e)) {
			bits |= 1 << i
		}
	}
	return bits
}
