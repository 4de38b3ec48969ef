// Package esmtp is what smtplint knows about SMTP service extensions: which
// commands and parameters a server must have offered before a client may use
// them, and what their values may be (RFC 5321 §2.2).
package esmtp

import (
	"iter"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// An Extension is a keyword in the reply to EHLO, and the commands that it
// allows. Parameters names their extensions themselves.
type Extension struct {
	Keyword string
	Verbs   []transcripts.Verb
	Offer   Grammar // of what follows the keyword; nil: nothing may
	Ref     lint.Ref
}

// Extensions lists them by keyword. What EHLO lists beyond them is not judged.
var Extensions = []Extension{
	{Keyword: "8BITMIME", Ref: lint.RFC(6152, "2")},
	{Keyword: "ATRN", Verbs: []transcripts.Verb{transcripts.ATRN}, Offer: anything, Ref: lint.RFC(2645, "5.1")},
	{Keyword: "AUTH", Verbs: []transcripts.Verb{transcripts.AUTH}, Offer: mechanisms, Ref: lint.RFC(4954, "3")},
	{Keyword: "BINARYMIME", Ref: lint.RFC(3030, "3")},
	{Keyword: "BURL", Verbs: []transcripts.Verb{transcripts.BURL}, Offer: anything, Ref: lint.RFC(4468, "3.1")},
	{Keyword: "CHUNKING", Verbs: []transcripts.Verb{transcripts.BDAT}, Ref: lint.RFC(3030, "2")},
	{Keyword: "CONNEG", Ref: lint.RFC(4141, "")},
	{Keyword: "CONPERM", Ref: lint.RFC(4141, "")},
	{Keyword: "DELIVERBY", Offer: leastTime, Ref: lint.RFC(2852, "2")},
	{Keyword: "DSN", Ref: lint.RFC(3461, "3")},
	{Keyword: "ENHANCEDSTATUSCODES", Ref: lint.RFC(2034, "3")},
	{Keyword: "ETRN", Verbs: []transcripts.Verb{transcripts.ETRN}, Ref: lint.RFC(1985, "4")},
	{Keyword: "FUTURERELEASE", Offer: holdLimits, Ref: lint.RFC(4865, "3")},
	{Keyword: "LIMITS", Offer: limits, Ref: lint.RFC(9422, "3")},
	{Keyword: "MT-PRIORITY", Offer: anything, Ref: lint.RFC(6710, "3")},
	{Keyword: "MTRK", Ref: lint.RFC(3885, "2")},
	{Keyword: "NO-SOLICITING", Offer: anything, Ref: lint.RFC(3865, "2.1")},
	{Keyword: "PIPELINING", Ref: lint.RFC(2920, "2")},
	{Keyword: "REQUIRETLS", Ref: lint.RFC(8689, "2")},
	{Keyword: "RRVS", Ref: lint.RFC(7293, "3.1")},
	{Keyword: "SIZE", Offer: sizeLimit, Ref: lint.RFC(1870, "3")},
	{Keyword: "SMTPUTF8", Ref: lint.RFC(6531, "3.1")},
	{Keyword: "STARTTLS", Ref: lint.RFC(3207, "2")},
	{Keyword: "SUBMITTER", Ref: lint.RFC(4405, "")},
	{Keyword: "XCLIENT", Verbs: []transcripts.Verb{transcripts.XCLIENT}, Offer: anything, Ref: lint.Ref{Title: "Postfix XCLIENT Howto"}},
	{Keyword: "XFORWARD", Verbs: []transcripts.Verb{transcripts.XFORWARD}, Offer: anything, Ref: lint.Ref{Title: "Postfix XFORWARD Howto"}},
}

// Find returns the extension with a keyword, in any case, or nil.
func Find(keyword string) *Extension {
	for i := range Extensions {
		if x := &Extensions[i]; strings.EqualFold(x.Keyword, keyword) {
			return x
		}
	}
	return nil
}

// Of returns the extension that brings a command, or nil.
func Of(v transcripts.Verb) *Extension {
	for i := range Extensions {
		if x := &Extensions[i]; slices.Contains(x.Verbs, v) {
			return x
		}
	}
	return nil
}

// A Use is a part of a command line that the server must have offered.
type Use struct {
	Part string     // cut out of the line
	By   []string   // the keywords that allow it: one of them is enough
	Of   *Parameter // nil where it is the command itself
}

// Offered reports whether one of the extensions that allow it is offered.
func (u *Use) Offered(o *transcripts.Offers) bool { return slices.ContainsFunc(u.By, o.Has) }

// Lacking reports whether it is known that none is.
func (u *Use) Lacking(o *transcripts.Offers) bool { return o.Known() && !u.Offered(o) }

// Stale reports whether it was offered before STARTTLS or XCLIENT, and is known
// not to be offered now (RFC 3207 §4.2).
func (u *Use) Stale(s *transcripts.State) bool {
	return s.Forgotten != nil && u.Lacking(s.Offers) && u.Offered(s.Forgotten)
}

// Uses yields what in a command needs an extension. env is the command's own.
// Parameters that are not known here are left out.
func Uses(c *transcripts.Command, env *transcripts.Envelope) iter.Seq[Use] {
	return func(yield func(Use) bool) {
		if x := Of(c.Verb); x != nil {
			yield(Use{Part: c.Text[:len(c.Verb.String())], By: []string{x.Keyword}})
			return
		}
		for p := range env.Params() {
			if known := FindParameter(p.Keyword, p.Value); known != nil && known.On(c.Verb) &&
				!yield(Use{Part: p.Text, By: known.By, Of: known}) {
				return
			}
		}
	}
}
