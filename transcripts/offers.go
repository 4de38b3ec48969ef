package transcripts

import "strings"

// Offers is what a server said it can do: the lines of its reply to EHLO or
// LHLO after the first one (RFC 5321 §4.1.1.1). HELO offers nothing.
type Offers struct {
	lines []ReplyLine
	cut   bool // the reply has no last line: there may have been more
}

// Offers returns what a reply to EHLO or LHLO offers.
func (r *Reply) Offers() Offers {
	if len(r.Lines) == 0 {
		return Offers{}
	}
	lines := r.Lines[1:]
	return Offers{lines: lines[:min(len(lines), maxOffers)], cut: r.Open || len(lines) > maxOffers}
}

// maxOffers bounds what has to be looked through for every command. No server
// offers nearly as much.
const maxOffers = 256

// Len returns the number of keyword lines.
func (o *Offers) Len() int {
	if o == nil {
		return 0
	}
	return len(o.lines)
}

// Line returns the keyword and the parameters of line i, counted from 0.
func (o *Offers) Line(i int) (keyword, params string) {
	keyword, params, _ = strings.Cut(strings.TrimSpace(o.lines[i].Text), " ")
	return keyword, strings.TrimSpace(params)
}

// At returns where line i stands.
func (o *Offers) At(i int) Span { return o.lines[i].Span }

// Find returns the parameters of an extension and whether it is offered.
// Keywords are case-insensitive.
func (o *Offers) Find(keyword string) (params string, ok bool) {
	for i := range o.Len() {
		k, p := o.Line(i)
		if strings.EqualFold(k, keyword) {
			return p, true
		}
	}
	return "", false
}

// Has reports whether an extension is offered.
func (o *Offers) Has(keyword string) bool {
	_, ok := o.Find(keyword)
	return ok
}

// Lacks reports whether it is known that an extension is not offered.
func (o *Offers) Lacks(keyword string) bool { return o.Known() && !o.Has(keyword) }

// Known reports whether the whole list is on record.
func (o *Offers) Known() bool { return o != nil && !o.cut }

// Stale reports whether an extension was offered before STARTTLS or XCLIENT,
// and is known not to be offered now (RFC 3207 §4.2).
func (s *State) Stale(keyword string) bool {
	return s.Offers.Lacks(keyword) && s.Forgotten.Has(keyword)
}
