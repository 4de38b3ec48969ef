package hygiene

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

var personalDataInTranscript = &lint.Rule{
	ID:       "personal-data-in-transcript",
	Title:    "Mail addresses or IP addresses of real people stand in the recording",
	Area:     lint.Hygiene,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Session: func(p *lint.Pass) {
		f := finder{seen: map[string]bool{}}
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if e.Kind == transcripts.Ordered && e.Command.Verb != transcripts.AUTH {
				f.look(e.Command.Text, func(from, to int) lint.Place { return p.Part(i, e.Command.Text[from:to]) })
			}
			for k := range e.Reply.Lines {
				f.look(e.Reply.Lines[k].Text, func(int, int) lint.Place { return p.ReplyLine(i, k) })
			}
			if e.Body != nil {
				f.look(e.Body.Header, func(int, int) lint.Place { return p.BodyStart(i) })
			}
		}
		if len(f.seen) == 0 {
			return
		}
		p.Report(f.first, "%d mail or IP addresses that may be somebody's stand in this recording", len(f.seen)).
			Labelf("the first one").
			Helpf("run smtplint redact --addresses: the same address becomes the same stand-in everywhere")
	},
	Doc: `
Who wrote to whom is nobody's business. A recording that is published, or
attached to a ticket, should have stand-ins for the addresses of people and
their machines.

# What to do

Replace them, each always with the same stand-in, so that the conversation still
makes sense: "smtplint redact --addresses" does. example.com, example.net and
example.org are kept for that, as are 192.0.2.x and 2001:db8::.

# When it stays silent

On the names and numbers that are kept for examples and for private networks, and
on the addresses of roles, such as postmaster. The rule is off unless asked for,
or in the profile publish.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<jane.doe@bigcompany.com>
		# want
		S: 250 2.1.5 <jane.doe@bigcompany.com> Ok
		`),
		lint.Bad(`
		# excerpt
		C: EHLO [8.8.8.8]
		# want
		S: 250 mx.example.org
		`),
		lint.Good(`
		# excerpt
		C: EHLO [192.0.2.1]
		S: 250 mx.example.org
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<postmaster@bigcompany.com>
		S: 250 2.1.5 Ok
		`),
	},
}

// finder collects what may be somebody's.
type finder struct {
	seen  map[string]bool
	first lint.Place
}

func (f *finder) look(text string, place func(from, to int) lint.Place) {
	for s := range private.Mailboxes(text) {
		if mailbox := text[s.From:s.To]; private.Real(mailbox) {
			f.add(mailbox, s, place)
		}
	}
	for s, a := range private.Addresses(text) {
		if private.Public(a) {
			f.add(a.String(), s, place)
		}
	}
}

func (f *finder) add(what string, s private.Span, place func(from, to int) lint.Place) {
	if len(f.seen) == 0 {
		f.first = place(s.From, s.To)
	}
	f.seen[what] = true
}
