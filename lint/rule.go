package lint

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// A Rule is one thing that can be wrong with an SMTP conversation. A Rule is a
// value and holds no state: what SMTP itself must remember is in
// transcripts.State.
type Rule struct {
	ID       string   // the fault in kebab case; reads well after "ignore"
	Title    string   // one line, no full stop
	Area     Area     // the folder that the rule is in
	Side     Side     // who is at fault
	Severity Severity // without configuration
	Default  bool     // on without configuration

	// Needs is the evidence without which the rule cannot be asked at all: it
	// reasons from what is absent. Sees is what a recording must show for the
	// rule to find anything: where it is lacking, silence is no verdict.
	Needs, Sees transcripts.Evidence

	Refs     []Ref
	Doc      string    // Go doc syntax, headings "# What to do" and "# When it stays silent"
	Examples []Example // at least one bad and one good

	// Which exchanges the rule is shown: Ordered ones with one of these verbs,
	// those of these kinds, or, where both are empty, all. Got narrows that to
	// replies of some classes. A Session function may look at all of them; these
	// say which sessions concern it, so that lacking evidence is worth a word.
	On  []transcripts.Verb
	In  []transcripts.Kind
	Got []transcripts.Class

	// Odd leaves exchanges out that have none of these traits, and Hears those
	// whose reply is not worth a look. Both save time only: Exchange would say
	// nothing about what they leave out, and Session nothing about a session in
	// which they leave out everything. Hears goes by the kind, the verb, and code
	// and text of the reply, and by nothing else: what it says is remembered.
	Odd   Trait
	Hears func(e *transcripts.Exchange) bool

	// Adrift rules also look at what follows after client and server got out of
	// step, where commands and replies may be paired wrongly.
	Adrift bool

	Exchange func(p *Pass, i int) // looks at exchange i, with all the others at hand
	Session  func(p *Pass)        // looks at the whole conversation once

	// Directive looks at what a comment in the recording asks of the linter, when
	// all else is judged. The conversation is over; p can only report.
	Directive func(p *Pass, d *Directive)
}

// Area is a group of rules.
type Area string

const (
	Transcript Area = "transcript" // the recording itself
	Session    Area = "session"    // the order of commands
	Reply      Area = "reply"      // what the server answers
	Data       Area = "data"       // message content on its way
	TLS        Area = "tls"
	Auth       Area = "auth"
	Extension  Area = "extension"
	Client     Area = "client"  // what a client makes of replies
	Hygiene    Area = "hygiene" // what should not be in a recording, or on a wire
	Grammar    Area = "grammar" // of command lines
)

// Areas lists the areas in the order of the reference.
var Areas = []Area{Transcript, Session, Reply, Data, TLS, Auth, Extension, Client, Hygiene, Grammar}

// Side is who is at fault.
type Side uint8

const (
	ByClient Side = iota
	ByServer
	ByNetwork   // something between the two
	ByRecording // nobody: the recording is incomplete or says too much
)

var sideNames = [...]string{"client", "server", "network", "recording"}

func (s Side) String() string { return sideNames[s] }

// Severity is how much a finding matters.
type Severity uint8

const (
	Off     Severity = iota
	Info             // worth knowing, nobody is harmed
	Warning          // a SHOULD is broken, or practice shows damage
	Error            // a MUST is broken, the two ends now disagree, or a secret is exposed
)

var severityNames = [...]string{"off", "info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads a severity by its name.
func ParseSeverity(name string) (Severity, error) {
	for i, known := range severityNames {
		if name == known {
			return Severity(i), nil
		}
	}
	return Off, fmt.Errorf("unknown severity %q: use off, info, warning or error", name)
}

// Confidence is how sure a finding is. A hint is never above Info.
type Confidence uint8

const (
	Certain Confidence = iota + 1 // the recording says so
	Likely
	Hint
)

func (c Confidence) String() string { return [...]string{"", "certain", "likely", "hint"}[c] }

// ParseConfidence reads a confidence by its name.
func ParseConfidence(name string) (Confidence, error) {
	for c := Certain; c <= Hint; c++ {
		if name == c.String() {
			return c, nil
		}
	}
	return 0, fmt.Errorf("unknown confidence %q: use certain, likely or hint", name)
}

// An Example is a conversation in plain notation. In a bad one, a line that
// says "# want" stands under each line with a finding.
type Example struct {
	raw  string        // as it stands in the source: a program has hundreds, and seldom needs one
	made func() string // instead of raw
	Bad  bool
}

// Text returns the conversation.
func (e Example) Text() string {
	if e.made != nil {
		return dedent(e.made())
	}
	return dedent(e.raw)
}

// Bad makes an example in which the rule must fire, exactly under the lines
// followed by "# want". "# want likely" and "# want hint" also ask for a
// confidence.
func Bad(text string) Example { return Example{raw: text, Bad: true} }

// Good makes an example on which the rule is silent.
func Good(text string) Example { return Example{raw: text} }

// LongBad is Bad for a text that is too long to be written down, and so is made
// where it is needed.
func LongBad(text func() string) Example { return Example{made: text, Bad: true} }

// LongGood is Good for such a text.
func LongGood(text func() string) Example { return Example{made: text} }

// dedent takes the common indentation and the first empty line off a raw
// string.
func dedent(text string) string {
	text = strings.TrimPrefix(text, "\n")
	lines := strings.Split(strings.TrimRight(text, "\n\t "), "\n")
	indent := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], "\t"))]
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], indent)
	}
	return strings.Join(lines, "\n") + "\n"
}
