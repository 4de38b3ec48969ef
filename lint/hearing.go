package lint

import (
	"hash/maphash"

	"github.com/smtplint/smtplint/transcripts"
)

// hearing remembers what rules made of replies that were heard before: a server
// says the same few things again and again.
type hearing struct {
	kept [1 << hearingBits]struct {
		cell    *cell
		code    transcripts.Code
		sep     byte
		text    []byte
		concern uint64
	}
	exchange transcripts.Exchange     // as it is shown to the rules
	line     [1]transcripts.ReplyLine // of its reply
}

const (
	hearingBits = 8
	longestKept = 128 // octets of a text that is remembered
)

var hearingSeed = maphash.MakeSeed()

// of returns which rules of a cell the reply of an exchange concerns, as bits of
// their places in cell.hears.
func (h *hearing) of(c *cell, e *transcripts.Exchange) uint64 {
	r := &e.Reply
	if len(e.More) > 0 {
		return ^uint64(0)
	}
	if len(r.Lines) != 1 || r.Open || len(r.Lines[0].Text) > longestKept {
		return c.concern(e)
	}
	l := &r.Lines[0]
	k := &h.kept[(maphash.String(hearingSeed, l.Text)+c.id+uint64(l.Code))%(1<<hearingBits)]
	if k.cell == c && k.code == l.Code && k.sep == l.Sep && string(k.text) == l.Text {
		return k.concern
	}
	k.cell, k.code, k.sep, k.text = c, l.Code, l.Sep, append(k.text[:0], l.Text...)
	// They are shown no more than is remembered.
	h.line[0] = transcripts.ReplyLine{Code: l.Code, Sep: l.Sep, Text: l.Text}
	h.exchange.Kind, h.exchange.Command.Verb = e.Kind, e.Command.Verb
	h.exchange.Reply.Code, h.exchange.Reply.Lines = r.Code, h.line[:]
	k.concern = c.concern(&h.exchange)
	h.line[0].Text = ""
	return k.concern
}

// concern asks the rules of a cell that want to hear a reply first.
func (c *cell) concern(e *transcripts.Exchange) (bits uint64) {
	for i, hears := range c.hears {
		if hears(e) {
			bits |= 1 << i
		}
	}
	return bits
}
