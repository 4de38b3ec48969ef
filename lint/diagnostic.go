package lint

import (
	"fmt"

	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// A Diagnostic is one finding: what a rule has found in one session.
type Diagnostic struct {
	Rule       *Rule
	Side       Side
	Severity   Severity
	Confidence Confidence
	Session    string // its ID
	Nth        int    // which session of the recording that is, from 1
	Message    string // what happened in this recording, past tense
	Help       string // what should have been sent
	At         Place
	Label      string // what the place shows, in a few words
	Related    []Related
	Refs       []Ref

	// Suppressed says who does not want to see the finding: "inline: REASON" for
	// a comment in the recording, "config: REASON" or "baseline". It is "" for a
	// finding that counts.
	Suppressed string
}

// String says in one line where a finding is, how severe, and what it is.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %v: %s [%s]", Line(d.At.Span), d.Severity, text.Clean(d.Message), d.Rule.ID)
}

// Related is another place that a finding rests on.
type Related struct {
	At    Place
	Label string
}

// A Place is a line of the conversation, copied, and what is meant in it.
type Place struct {
	Span     transcripts.Span // of what is meant
	Party    transcripts.Party
	Text     string // the line as said, credentials masked
	From, To int    // octets of Text that are meant
}

// Note adds another place to d.
func (d *Diagnostic) Note(at Place, format string, args ...any) *Diagnostic {
	d.Related = append(d.Related, Related{At: at.shown(), Label: said(sentence(format, args))})
	return d
}

// Labelf says what the place of d shows.
func (d *Diagnostic) Labelf(format string, args ...any) *Diagnostic {
	d.Label = said(sentence(format, args))
	return d
}

// Helpf says what should have been done.
func (d *Diagnostic) Helpf(format string, args ...any) *Diagnostic {
	d.Help = said(sentence(format, args))
	return d
}

// Ref replaces the rule's references by those that this case rests on.
func (d *Diagnostic) Ref(refs ...Ref) *Diagnostic {
	d.Refs = refs
	return d
}

// Sure sets how sure the finding is. A hint becomes an info.
func (d *Diagnostic) Sure(c Confidence) *Diagnostic {
	d.Confidence = c
	if c == Hint {
		d.AtMost(Info)
	}
	return d
}

// AtMost lowers the severity.
func (d *Diagnostic) AtMost(s Severity) *Diagnostic {
	d.Severity = min(d.Severity, s)
	return d
}

// By says that another side than the rule's is at fault.
func (d *Diagnostic) By(s Side) *Diagnostic {
	d.Side = s
	return d
}
