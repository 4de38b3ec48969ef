package data

import (
	"fmt"
	"net/mail"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var missingRequiredHeader = &lint.Rule{
	ID:       "missing-required-header",
	Title:    "Date or From is missing, or there twice",
	Area:     lint.Data,
	Side:     lint.ByClient,
	Severity: lint.Info,
	Needs:    transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5322, "3.6"), lint.RFC(6409, "8.2"), lint.RFC(6409, "8.3")},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if !b.Complete() || !beginsHeader(b.First) || len(b.Header) > headerRead {
			return
		}
		m, err := mail.ReadMessage(strings.NewReader(b.Header + "\n"))
		if err != nil {
			return // it is broken in another way
		}
		var faults []string
		for _, name := range [...]string{"Date", "From"} {
			switch n := len(m.Header[name]); {
			case n == 0:
				faults = append(faults, "no "+name)
			case n > 1:
				faults = append(faults, fmt.Sprintf("%d %s fields", n, name))
			}
		}
		if len(faults) > 0 {
			p.Report(p.BodyStart(i), "the header section had %s", strings.Join(faults, " and ")).
				Helpf("let the program that writes the message set Date and From, once each")
		}
	},
	Doc: `
Every message has one Date and one From field; all others are optional.

# What to do

Set both where the message is written.

# When it stays silent

The rule is off unless it is asked for: a submission server may add what is
missing, and the format of messages is no matter of transport. It says nothing
where content is left out or cut.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Subject: x
		# want
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Bad(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: Date: Mon, 6 Jan 2025 10:00:00 +0000
		# want
		C: From: a@example.com
		C: From: b@example.com
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: DATA
		S: 354 Go on
		C: date: Mon, 6 Jan 2025 10:00:00 +0000
		C: From: Alice
		C:  <a@example.com>
		C: Subject: x
		C:
		C: Date: and From: are text here
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// headerRead is the length of a header section that is surely on record as a
// whole; of longer ones the end may be cut off.
const headerRead = 60 << 10
