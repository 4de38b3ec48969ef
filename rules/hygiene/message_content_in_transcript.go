package hygiene

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

var messageContentInTranscript = &lint.Rule{
	ID:       "message-content-in-transcript",
	Title:    "A message between real domains stands in the recording",
	Area:     lint.Hygiene,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Sees:     transcripts.Bodies,
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		b := p.Exchanges[i].Body
		if p.Found() > 0 || !b.Complete() || b.Lines == 0 || masked(b) || !real(p, i) {
			return
		}
		p.Report(p.BodyStart(i), "a message of %d lines between real domains stands in this recording", b.Lines).
			Helpf("run smtplint redact --content: the lines stay, their text does not")
	},
	Doc: `
What people write to each other should not be in a recording that is published
or attached to a ticket.

# What to do

Replace the text of the message; "smtplint redact --content" does, line by line.

# When it stays silent

Where content is left out or masked already, and between domains that are kept
for examples. Only the first message of a session is shown. The rule is off
unless asked for, or in the profile publish.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<jane@bigcompany.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: salary of Jane
		# want
		C:
		C: confidential text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: hi
		C:
		C: text
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# The text is masked.
		# excerpt
		C: MAIL FROM:<jane@bigcompany.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Subject: xxxxxx xx xxxx
		C:
		C: xxxxxxxxxxxx xxxx
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// real reports whether the sender or a recipient of the message that ends with
// exchange i is in a domain that may be somebody's.
func real(p *lint.Pass, i int) bool {
	mail := p.Mail(i)
	if mail < 0 {
		return false
	}
	for j := mail; j < i; j++ {
		e := &p.Exchanges[j]
		if e.Kind != transcripts.Ordered || e.Command.Verb != transcripts.MAIL && e.Command.Verb != transcripts.RCPT {
			continue
		}
		path := e.Command.Path()
		if !path.Mailbox.Hidden() && private.RealDomain(path.Mailbox.Host.Text) {
			return true
		}
	}
	return false
}

// masked reports whether nothing is left of the header section but the names of
// its fields and the values that say how the content is written.
func masked(b *transcripts.Body) bool {
	text := b.Header
	if text == "" {
		text = b.First
	}
	for line := range strings.Lines(text) {
		name, value, found := strings.Cut(line, ":")
		switch {
		case !found || line[0] == ' ' || line[0] == '\t':
			value = line
		case private.Kept(name):
			continue
		}
		if !private.Masked(value) {
			return false
		}
	}
	return true
}
