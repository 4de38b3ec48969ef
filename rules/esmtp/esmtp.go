// Package esmtp is what smtplint knows about SMTP service extensions: which
// commands and parameters a server must have offered before a client may use
// them (RFC 5321 §2.2).
package esmtp

import (
	"iter"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// An Extension is what a keyword in the reply to EHLO allows.
type Extension struct {
	Keyword string
	Verbs   []transcripts.Verb // commands
	Mail    []string           // parameters of MAIL
	Rcpt    []string           // parameters of RCPT
}

// Extensions lists them by keyword.
var Extensions = []Extension{
	{Keyword: "8BITMIME", Mail: []string{"BODY"}},                                          // RFC 6152
	{Keyword: "ATRN", Verbs: []transcripts.Verb{transcripts.ATRN}},                         // RFC 2645
	{Keyword: "AUTH", Verbs: []transcripts.Verb{transcripts.AUTH}, Mail: []string{"AUTH"}}, // RFC 4954
	{Keyword: "BURL", Verbs: []transcripts.Verb{transcripts.BURL}},                         // RFC 4468
	{Keyword: "CHUNKING", Verbs: []transcripts.Verb{transcripts.BDAT}},                     // RFC 3030
	{Keyword: "CONNEG", Rcpt: []string{"CONNEG"}},                                          // RFC 4141
	{Keyword: "CONPERM", Mail: []string{"CONPERM"}},                                        // RFC 4141
	{Keyword: "DELIVERBY", Mail: []string{"BY"}},                                           // RFC 2852
	{Keyword: "DSN", Mail: []string{"RET", "ENVID"}, Rcpt: []string{"NOTIFY", "ORCPT"}},    // RFC 3461
	{Keyword: "ETRN", Verbs: []transcripts.Verb{transcripts.ETRN}},                         // RFC 1985
	{Keyword: "FUTURERELEASE", Mail: []string{"HOLDFOR", "HOLDUNTIL"}},                     // RFC 4865
	{Keyword: "MT-PRIORITY", Mail: []string{"MT-PRIORITY"}},                                // RFC 6710
	{Keyword: "MTRK", Mail: []string{"MTRK"}},                                              // RFC 3885
	{Keyword: "NO-SOLICITING", Mail: []string{"SOLICIT"}},                                  // RFC 3865
	{Keyword: "REQUIRETLS", Mail: []string{"REQUIRETLS"}},                                  // RFC 8689
	{Keyword: "RRVS", Rcpt: []string{"RRVS"}},                                              // RFC 7293
	{Keyword: "SIZE", Mail: []string{"SIZE"}},                                              // RFC 1870
	{Keyword: "SMTPUTF8", Mail: []string{"SMTPUTF8"}},                                      // RFC 6531
	{Keyword: "SUBMITTER", Mail: []string{"SUBMITTER"}},                                    // RFC 4405
	{Keyword: "XCLIENT", Verbs: []transcripts.Verb{transcripts.XCLIENT}},
	{Keyword: "XFORWARD", Verbs: []transcripts.Verb{transcripts.XFORWARD}},
}

// Uses yields the extensions that a command uses, each with the part of the
// command line that does.
func Uses(c *transcripts.Command) iter.Seq2[*Extension, string] {
	return func(yield func(*Extension, string) bool) {
		for i := range Extensions {
			if x := &Extensions[i]; slices.Contains(x.Verbs, c.Verb) && !yield(x, c.Text[:len(c.Verb.String())]) {
				return
			}
		}
		if c.Verb != transcripts.MAIL && c.Verb != transcripts.RCPT {
			return
		}
		for p := range c.Params() {
			if x := OfParam(c.Verb, p.Keyword); x != nil && !yield(x, p.Text) {
				return
			}
		}
	}
}

// OfParam returns the extension that brings a parameter of MAIL or RCPT, or
// nil where none is known here.
func OfParam(v transcripts.Verb, keyword string) *Extension {
	for i := range Extensions {
		x := &Extensions[i]
		params := x.Mail
		if v == transcripts.RCPT {
			params = x.Rcpt
		}
		if slices.ContainsFunc(params, func(p string) bool { return strings.EqualFold(p, keyword) }) {
			return x
		}
	}
	return nil
}
