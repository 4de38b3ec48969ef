package custom

import (
	"regexp"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// A Condition says what an exchange looks like. All that is set must hold.
type Condition struct {
	Kinds         []transcripts.Kind // what the client did
	Verbs         []string           // its command, in any case
	Args          *regexp.Regexp     // behind the verb
	Text          *regexp.Regexp     // the client's line
	Replies       []Replies          // the reply code
	ReplyText     *regexp.Regexp     // behind the code, the lines joined by line feeds
	Secure        *bool              // TLS was on
	Authenticated *bool              // the client had logged in
	Hello         []string           // the greeting in force: EHLO, HELO, LHLO, none
	Ports         []int              // the server's port
	Offers        []string           // keywords that the server offered
	Lacks         []string           // keywords that it did not offer
	Before        *Condition         // holds of an exchange before this one
	After         *Condition         // holds of one after it
}

// Replies is a range of reply codes, for example 250 to 250, or 200 to 299.
type Replies struct{ From, To transcripts.Code }

// truth is what is known of a condition.
type truth uint8

const (
	no truth = iota
	maybe
	likely
	yes
)

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

// sees is the evidence that decides the condition where nothing is found.
func (c *Condition) sees() (e transcripts.Evidence) {
	if c == nil {
		return 0
	}
	if c.Before != nil || c.Authenticated != nil || slices.Contains(c.Hello, "none") {
		e |= throughout
	}
	if c.After != nil {
		e |= toTheEnd
	}
	return e
}

// What it takes to know that something did not happen before, or after.
const (
	throughout = transcripts.Opening | transcripts.Unbroken | transcripts.Order
	toTheEnd   = transcripts.Closing | transcripts.Unbroken | transcripts.Order
)

// asks reports whether something is true of the condition, or of what it says of
// other exchanges.
func (c *Condition) asks(what func(*Condition) bool) bool {
	return c != nil && (what(c) || c.Before.asks(what) || c.After.asks(what))
}

// A view is a condition over the exchanges of one session.
type view struct {
	c     *Condition
	p     *lint.Pass
	first [yes + 1]int // of Before: the first exchange of which it is at least so true
	last  [yes + 1]int // of After
}

// over looks once for the exchanges that Before and After are about.
func (c *Condition) over(p *lint.Pass) view {
	v := view{c: c, p: p}
	if c == nil || c.Before == nil && c.After == nil {
		return v
	}
	for t := range v.first {
		v.first[t], v.last[t] = len(p.Exchanges), -1
	}
	for i := range p.Exchanges {
		if c.Before != nil {
			for t := c.Before.own(p, i); t > no; t-- {
				v.first[t] = min(v.first[t], i)
			}
		}
		if c.After != nil {
			for t := c.After.own(p, i); t > no; t-- {
				v.last[t] = i
			}
		}
	}
	return v
}

// at is what is known of the condition at exchange i.
func (v *view) at(i int) truth {
	t := v.c.own(v.p, i)
	if t > no && v.c.Before != nil {
		t = min(t, v.happened(func(t truth) bool { return v.first[t] < i }, throughout))
	}
	if t > no && v.c.After != nil {
		t = min(t, v.happened(func(t truth) bool { return v.last[t] > i }, toTheEnd))
	}
	return t
}

// happened is what is known of another exchange; without some evidence it may
// have been left out.
func (v *view) happened(when func(truth) bool, evidence transcripts.Evidence) truth {
	for t := yes; t > no; t-- {
		if when(t) {
			return t
		}
	}
	if v.p.Proves.Has(evidence) {
		return no
	}
	return maybe
}

// own is what is known of the condition at exchange i without those before and
// after it.
func (c *Condition) own(p *lint.Pass, i int) truth {
	e := &p.Exchanges[i]
	if !c.did(e) {
		return no
	}
	return min(c.answered(e), c.secure(p, i), c.loggedIn(p, i), c.greeted(p, i), c.onPort(p), c.offered(p, i))
}

// did is about what the client did.
func (c *Condition) did(e *transcripts.Exchange) bool {
	if len(c.Kinds) > 0 && !slices.Contains(c.Kinds, e.Kind) {
		return false
	}
	if len(c.Verbs) > 0 {
		word, _, _ := strings.Cut(e.Command.Text, " ")
		if e.Kind != transcripts.Ordered || !slices.ContainsFunc(c.Verbs, func(v string) bool { return strings.EqualFold(v, word) }) {
			return false
		}
	}
	said := e.Kind == transcripts.Ordered || e.Kind == transcripts.Answered
	return (c.Args == nil || e.Kind == transcripts.Ordered && c.Args.MatchString(e.Command.Args)) &&
		(c.Text == nil || said && c.Text.MatchString(e.Command.Text))
}

// answered is about the reply.
func (c *Condition) answered(e *transcripts.Exchange) truth {
	if len(c.Replies) == 0 && c.ReplyText == nil {
		return yes
	}
	if !e.Reply.Recorded() {
		return maybe
	}
	in := func(r Replies) bool { return r.From <= e.Reply.Code && e.Reply.Code <= r.To }
	return is((len(c.Replies) == 0 || slices.ContainsFunc(c.Replies, in)) && (c.ReplyText == nil || c.ReplyText.MatchString(replyText(&e.Reply))))
}

func (c *Condition) secure(p *lint.Pass, i int) truth {
	if c.Secure == nil {
		return yes
	}
	clear := maybe
	switch p.InClear(i) {
	case lint.Certain:
		clear = yes
	case lint.Likely:
		clear = likely
	}
	switch secure := p.Exchanges[i].Before.Secure == transcripts.Yes; {
	case secure:
		return is(*c.Secure)
	case clear == yes:
		return is(!*c.Secure)
	case *c.Secure:
		return maybe
	}
	return clear
}

func (c *Condition) loggedIn(p *lint.Pass, i int) truth {
	switch {
	case c.Authenticated == nil:
		return yes
	case p.Exchanges[i].Before.Authenticated:
		return is(*c.Authenticated)
	case p.Proves.Has(throughout):
		return is(!*c.Authenticated)
	}
	return maybe
}

func (c *Condition) greeted(p *lint.Pass, i int) truth {
	if len(c.Hello) == 0 {
		return yes
	}
	hello := p.Exchanges[i].Before.Hello
	if hello == transcripts.NoVerb {
		if !p.Proves.Has(throughout) {
			return maybe
		}
		return is(slices.Contains(c.Hello, "none"))
	}
	return is(slices.Contains(c.Hello, hello.String()))
}

func (c *Condition) onPort(p *lint.Pass) truth {
	switch {
	case len(c.Ports) == 0:
		return yes
	case p.Port == 0:
		return maybe
	}
	return is(slices.Contains(c.Ports, p.Port))
}

func (c *Condition) offered(p *lint.Pass, i int) truth {
	if len(c.Offers) == 0 && len(c.Lacks) == 0 {
		return yes
	}
	o := p.Exchanges[i].Before.Offers
	t := yes
	for _, k := range c.Offers {
		switch {
		case o.Has(k):
		case o.Known():
			return no
		default:
			t = maybe
		}
	}
	for _, k := range c.Lacks {
		switch {
		case o.Has(k):
			return no
		case !o.Known():
			t = maybe
		}
	}
	return t
}
