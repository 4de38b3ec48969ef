package extension

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var xclientMisuse = &lint.Rule{
	ID:       "xclient-misuse",
	Title:    "XCLIENT or XFORWARD was used in a way that Postfix does not take",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Unbroken | transcripts.Order,
	Refs:     []lint.Ref{{Title: "Postfix XCLIENT Howto"}, {Title: "Postfix XFORWARD Howto"}},
	On:       []transcripts.Verb{transcripts.XCLIENT, transcripts.XFORWARD},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		verb := e.Command.Verb
		offered, ok := e.Before.Offers.Find(verb.String())
		if e.Before.Offers.Known() && !ok || transcripts.Redacted(e.Command.Args) && e.Command.Args != "" {
			return // command-not-advertised
		}
		if e.Before.Mail != 0 {
			refused(p, i, p.Report(p.Command(i), "%v was sent while a mail transaction was open", verb).
				Helpf("send it before MAIL"))
			return
		}
		if part, wrong := badAttribute(e.Command.Args, strings.Fields(offered)); wrong != "" {
			refused(p, i, p.Report(p.Part(i, part), "%v was sent with %s, %s", verb, quote(part), wrong).
				Helpf("send NAME=value pairs with the names that the reply to EHLO lists behind %v", verb))
			return
		}
		next := p.Next(i)
		if e.Reply.Code != 220 || next < 0 || p.Exchanges[next].Kind != transcripts.Ordered {
			return
		}
		switch v := p.Exchanges[next].Command.Verb; {
		case v.Hello(), v == transcripts.MAIL, v == transcripts.QUIT, v == transcripts.XCLIENT, v <= transcripts.Unknown:
		default:
			p.Report(p.Command(next), "%v was sent after XCLIENT, before any EHLO", v).
				Note(p.Reply(i), "the session began anew").
				Helpf("send EHLO after the 220 to XCLIENT")
		}
	},
	Doc: `
With XCLIENT a proxy says on whose behalf it speaks, with XFORWARD a filter where
a message came from. Both take pairs of name and value, with the names that the
server lists behind the keyword, and outside of transactions only. After the 220
to XCLIENT the session begins anew: EHLO is due.

# What to do

Look at the list in the reply to EHLO, send the command before MAIL, and after
XCLIENT send EHLO again.

# When it stays silent

Before version 2.3 Postfix answered 250 to XCLIENT, and the session went on: then
no EHLO is needed, nor is it after XFORWARD. Where the list of names is not on
record. MAIL without EHLO is mail-before-hello.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: XCLIENT ADDR=192.0.2.1
		# want
		S: 503 5.5.1 Error: MAIL transaction in progress
		`),
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XFORWARD NAME ADDR
		S: 250 XCLIENT NAME ADDR
		C: XCLIENT ADDR=192.0.2.1 LOGIN=alice
		# want
		S: 501 5.5.4 Bad attribute
		C: XFORWARD 192.0.2.1
		# want
		S: 501 5.5.4 Bad attribute
		C: XCLIENT
		# want
		S: 501 5.5.4 Attribute missing
		C: XCLIENT addr=192.0.2.1
		S: 220 mx.example.org ESMTP
		C: NOOP
		# want
		S: 250 2.0.0 Ok
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-XFORWARD NAME ADDR
		S: 250 XCLIENT NAME ADDR
		C: XFORWARD NAME=a.example.com
		S: 250 2.0.0 Ok
		C: XCLIENT ADDR=192.0.2.1
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		`),
		lint.Good(`
		# Postfix 2.2 does not begin anew.
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 XCLIENT NAME ADDR
		C: XCLIENT ADDR=192.0.2.1
		S: 250 2.0.0 Ok
		C: NOOP
		S: 250 2.0.0 Ok
		`),
	},
}

// badAttribute returns the first attribute that is no pair or that the server
// does not list, and what is wrong with it. Without a list any name will do.
func badAttribute(args string, listed []string) (part, wrong string) {
	if args == "" {
		return args, "without any attribute"
	}
	for attribute := range strings.FieldsSeq(args) {
		name, _, found := strings.Cut(attribute, "=")
		switch {
		case !found || name == "":
			return attribute, "which is no pair of name and value"
		case len(listed) > 0 && !slices.ContainsFunc(listed, func(l string) bool { return strings.EqualFold(l, name) }):
			return attribute, "which the server does not list"
		}
	}
	return "", ""
}
