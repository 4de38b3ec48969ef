package lint

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/smtplint/smtplint/transcripts"
)

// Settings says which rules are on, and how severe they are, beyond their
// defaults.
type Settings struct {
	Severities    map[string]Severity // by rule ID
	Only          []string            // if not empty, no other rule is on
	Side          string              // "client" or "server": no findings about the other side
	MinConfidence Confidence          // findings that are less sure are left out; 0: none
	Ignored       map[string]string   // by rule ID, why its findings are suppressed
	FailOn        Severity            // from where on findings fail a run; Off: none does
}

// A Linter is a set of rules ready to look at sessions. It may be shared.
type Linter struct {
	active   []active
	cells    [cells]atomic.Pointer[cell] // those that were asked for
	session  []int                       // rules that look at whole sessions, as indices of active
	gated    []int                       // rules with Needs or Sees
	rules    []*Rule                     // all that are known, on or off
	settings Settings
	memories sync.Pool
}

type active struct {
	rule     *Rule
	severity Severity
	slots    uint64 // the exchanges that concern the rule
	classes  uint8  // the classes of their replies
	picky    bool   // it looks at whole sessions, and only at those with an exchange that it is called for
}

// concerns reports whether any of the exchanges seen concerns the rule.
func (a *active) concerns(seen *[transcripts.NumClasses]uint64) bool {
	for class, slots := range seen {
		if a.classes>>class&1 != 0 && a.slots&slots != 0 {
			return true
		}
	}
	return false
}

// Exchanges are told apart by slot: Ordered ones by their verb, others by kind.
const slots = transcripts.NumVerbs + transcripts.NumKinds

func slotOf(e *transcripts.Exchange) int {
	if e.Kind == transcripts.Ordered {
		return int(e.Command.Verb)
	}
	return transcripts.NumVerbs + int(e.Kind)
}

// New makes a Linter of the rules that the settings leave on.
func New(rules []*Rule, settings Settings) *Linter {
	l := &Linter{settings: settings, rules: rules}
	for _, r := range rules {
		severity := Off
		if r.Default {
			severity = r.Severity
		}
		if slices.Contains(settings.Only, r.ID) {
			severity = r.Severity
		}
		if s, ok := settings.Severities[r.ID]; ok {
			severity = s
		}
		if len(settings.Only) > 0 && !slices.Contains(settings.Only, r.ID) {
			severity = Off
		}
		other := r.Side == ByClient && settings.Side == "server" || r.Side == ByServer && settings.Side == "client"
		if severity != Off && !other {
			l.add(r, severity)
		}
	}
	return l
}

func (l *Linter) add(r *Rule, severity Severity) {
	n := len(l.active)
	a := active{rule: r, severity: severity, picky: r.Exchange == nil && (r.Odd != 0 || r.Hears != nil)}
	for _, v := range r.On {
		a.slots |= 1 << v
	}
	for _, k := range r.In {
		if k == transcripts.Ordered {
			a.slots |= 1<<transcripts.NumVerbs - 1
		}
		a.slots |= 1 << (transcripts.NumVerbs + int(k))
	}
	if a.slots == 0 {
		a.slots = 1<<slots - 1
	}
	for _, c := range r.Got {
		a.classes |= 1 << c
	}
	if a.classes == 0 {
		a.classes = 1<<transcripts.NumClasses - 1
	}
	l.active = append(l.active, a)
	if r.Needs|r.Sees != 0 {
		l.gated = append(l.gated, n)
	}
	if r.Session != nil {
		l.session = append(l.session, n)
	}
}

// byID returns the rule with an ID, or nil.
func (l *Linter) byID(id string) *Rule {
	for _, r := range l.rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (l *Linter) names() []string {
	names := make([]string, len(l.rules))
	for i, r := range l.rules {
		names[i] = r.ID
	}
	return names
}

// Finish suppresses what is not wanted, drops findings that are not sure enough,
// and puts the result in its final order.
func (l *Linter) Finish(res *Result) {
	l.obey(res)
	l.ignore(res)
	if least := l.settings.MinConfidence; least != 0 {
		res.Findings = slices.DeleteFunc(res.Findings, func(d Diagnostic) bool { return d.Confidence > least })
	}
	slices.SortStableFunc(res.Findings, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.At.Span.Packet, b.At.Span.Packet),
			cmp.Compare(a.At.Span.Line, b.At.Span.Line),
			cmp.Compare(a.At.Span.Column, b.At.Span.Column),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Rule.ID, b.Rule.ID),
			cmp.Compare(a.Message, b.Message),
		)
	})
	if res.memory != nil {
		res.memory.pass = Pass{}
		l.memories.Put(res.memory)
		res.memory = nil
	}
	slices.SortFunc(res.Withheld, func(a, b Withheld) int { return cmp.Compare(a.Rule.ID, b.Rule.ID) })
}
