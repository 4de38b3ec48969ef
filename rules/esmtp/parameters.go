package esmtp

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// A Parameter is one that an extension adds to MAIL, RCPT, VRFY or EXPN (RFC
// 5321 §4.1.1.11).
type Parameter struct {
	Keyword string
	Only    string // the value that this row is about; "" for any
	Verbs   []transcripts.Verb
	By      []string // the keywords of the extensions that allow it: one of them is enough
	Value   Grammar  // nil: it takes none
	Form    string   // an example, or what it must be, for advice
	Ref     lint.Ref
}

var (
	onMail   = []transcripts.Verb{transcripts.MAIL}
	onRcpt   = []transcripts.Verb{transcripts.RCPT}
	onLookup = []transcripts.Verb{transcripts.MAIL, transcripts.VRFY, transcripts.EXPN}
	byDSN    = []string{"DSN", "MTRK"} // RFC 3885 §2 takes two parameters over from RFC 3461
)

// Parameters lists them by keyword, a row about one value before the others.
var Parameters = []Parameter{
	{Keyword: "ALT-ADDRESS", Verbs: []transcripts.Verb{transcripts.MAIL, transcripts.RCPT}, By: []string{"UTF8SMTP"},
		Value: anything, Form: "ALT-ADDRESS=a@example.com", Ref: lint.RFC(5336, "3.4")},
	{Keyword: "AUTH", Verbs: onMail, By: []string{"AUTH"},
		Value: submitter, Form: "AUTH=a@example.com, in xtext, or AUTH=<>", Ref: lint.RFC(4954, "5")},
	{Keyword: "BODY", Only: "BINARYMIME", Verbs: onMail, By: []string{"BINARYMIME"},
		Value: bodyType, Form: "BODY=BINARYMIME", Ref: lint.RFC(3030, "3")},
	{Keyword: "BODY", Verbs: onMail, By: []string{"8BITMIME"},
		Value: bodyType, Form: "BODY=7BIT, BODY=8BITMIME or BODY=BINARYMIME", Ref: lint.RFC(6152, "2")},
	{Keyword: "BY", Verbs: onMail, By: []string{"DELIVERBY"},
		Value: deliverBy, Form: "BY=3600;R: seconds, then R (return) or N (notify)", Ref: lint.RFC(2852, "4")},
	{Keyword: "CONNEG", Verbs: onRcpt, By: []string{"CONNEG"}, Form: "CONNEG", Ref: lint.RFC(4141, "")},
	{Keyword: "CONPERM", Verbs: onMail, By: []string{"CONPERM"}, Form: "CONPERM", Ref: lint.RFC(4141, "")},
	{Keyword: "ENVID", Verbs: onMail, By: byDSN,
		Value: envelopeID, Form: "ENVID=QQ314159: up to 100 characters, in xtext", Ref: lint.RFC(3461, "4.4")},
	{Keyword: "HOLDFOR", Verbs: onMail, By: []string{"FUTURERELEASE"},
		Value: holdFor, Form: "HOLDFOR=86400: 1 to 999999999 seconds", Ref: lint.RFC(4865, "3")},
	{Keyword: "HOLDUNTIL", Verbs: onMail, By: []string{"FUTURERELEASE"},
		Value: dateTime, Form: "HOLDUNTIL=2030-01-01T00:00:00Z", Ref: lint.RFC(4865, "3")},
	{Keyword: "MT-PRIORITY", Verbs: onMail, By: []string{"MT-PRIORITY"},
		Value: priority, Form: "MT-PRIORITY=3: from -9 to 9", Ref: lint.RFC(6710, "7")},
	{Keyword: "MTRK", Verbs: onMail, By: []string{"MTRK"},
		Value: trackingID, Form: "MTRK=, a certifier in base64, and perhaps a colon and seconds", Ref: lint.RFC(3885, "3.1")},
	{Keyword: "NOTIFY", Verbs: onRcpt, By: []string{"DSN"},
		Value: notify, Form: "NOTIFY=NEVER, or a list of SUCCESS, FAILURE and DELAY", Ref: lint.RFC(3461, "4.1")},
	{Keyword: "ORCPT", Verbs: onRcpt, By: byDSN,
		Value: originalRecipient, Form: "ORCPT=rfc822;b@example.org, the address in xtext", Ref: lint.RFC(3461, "4.2")},
	{Keyword: "REQUIRETLS", Verbs: onMail, By: []string{"REQUIRETLS"}, Form: "REQUIRETLS", Ref: lint.RFC(8689, "2")},
	{Keyword: "RET", Verbs: onMail, By: []string{"DSN"},
		Value: returned, Form: "RET=FULL or RET=HDRS", Ref: lint.RFC(3461, "4.3")},
	{Keyword: "RRVS", Verbs: onRcpt, By: []string{"RRVS"},
		Value: validSince, Form: "RRVS=2014-04-03T23:01:00Z, and perhaps ;C or ;R", Ref: lint.RFC(7293, "3.1")},
	{Keyword: "SIZE", Verbs: onMail, By: []string{"SIZE"},
		Value: size, Form: "SIZE=1000: octets, 1 to 20 digits", Ref: lint.RFC(1870, "3")},
	{Keyword: "SMTPUTF8", Verbs: onLookup, By: []string{"SMTPUTF8"}, Form: "SMTPUTF8", Ref: lint.RFC(6531, "3.1")},
	{Keyword: "SOLICIT", Verbs: onMail, By: []string{"NO-SOLICITING"},
		Value: anything, Form: "SOLICIT=org.example:ADV", Ref: lint.RFC(3865, "2.3")},
	{Keyword: "SUBMITTER", Verbs: onMail, By: []string{"SUBMITTER"},
		Value: xtext, Form: "SUBMITTER=a@example.com, in xtext", Ref: lint.RFC(4405, "")},
	{Keyword: "TRANSID", Verbs: onMail, By: []string{"CHECKPOINT"},
		Value: anything, Form: "TRANSID=<1@example.com>", Ref: lint.RFC(1845, "")},
}

// On reports whether a command takes the parameter.
func (p *Parameter) On(v transcripts.Verb) bool { return slices.Contains(p.Verbs, v) }

// byLetter is where in Parameters the keywords with each first letter begin.
var byLetter = func() (first [27]int) {
	for letter := range first {
		first[letter] = len(Parameters)
		for i := len(Parameters) - 1; i >= 0 && Parameters[i].Keyword[0] >= 'A'+byte(letter); i-- {
			first[letter] = i
		}
	}
	return first
}()

// FindParameter returns the row for a parameter, whose keyword may be written
// in any case, or nil.
func FindParameter(keyword, value string) *Parameter {
	if row := Row(keyword, value); row >= 0 {
		return &Parameters[row]
	}
	return nil
}

// Row returns where in Parameters the row for a parameter stands, or -1.
func Row(keyword, value string) int {
	if keyword == "" {
		return -1
	}
	letter := keyword[0]&^0x20 - 'A'
	if letter >= 26 {
		return -1
	}
	for i := byLetter[letter]; i < byLetter[letter+1]; i++ {
		if p := &Parameters[i]; len(p.Keyword) == len(keyword) && strings.EqualFold(p.Keyword, keyword) &&
			(p.Only == "" || strings.EqualFold(p.Only, value)) {
			return i
		}
	}
	return -1
}

// Private reports whether a keyword is one that two sides have agreed on among
// themselves (RFC 5321 §2.2.2).
func Private(keyword string) bool { return keyword != "" && keyword[0]|0x20 == 'x' }
