package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var smtputf8Without8bitmime = &lint.Rule{
	ID:       "smtputf8-without-8bitmime",
	Title:    "SMTPUTF8 was offered without 8BITMIME",
	Area:     lint.Extension,
	Side:     lint.ByServer,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(6531, "3.1")},
	On:       greetings,
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    lint.Offered("SMTPUTF8"),
	Exchange: func(p *lint.Pass, i int) {
		offeredAlone(p, i, "SMTPUTF8", "8BITMIME", "the header of such a message has octets above 127")
	},
	Doc: `
A message that uses SMTPUTF8 has UTF-8 in its header, which are octets above 127
that only 8BITMIME lets through. A server that offers SMTPUTF8 must offer
8BITMIME as well.

# What to do

Offer 8BITMIME, too.

# When it stays silent

Where a device between the two has overwritten keywords: 8BITMIME may be under
one of them. Where not all of the reply is on record.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 SMTPUTF8
		# want
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-8BITMIME
		S: 250 SMTPUTF8
		`),
	},
}
