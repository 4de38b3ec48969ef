package lint

import (
	"cmp"
	"slices"

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
	exchange [slots][transcripts.NumClasses][]int // indices of active, those with Odd first
	odd      [slots][transcripts.NumClasses]int   // how many of these have Odd
	session  []int
	gated    []int   // rules with Needs or Sees
	rules    []*Rule // all that are known, on or off
	settings Settings
}

type active struct {
	rule     *Rule
	severity Severity
	slots    uint64 // the exchanges that concern the rule
	classes  uint8  // the classes of their replies
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
	a := active{rule: r, severity: severity}
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
	if r.Exchange == nil {
		return
	}
	for slot := range l.exchange {
		if a.slots>>slot&1 == 0 {
			continue
		}
		for class := range l.exchange[slot] {
			if a.classes>>class&1 == 0 {
				continue
			}
			list := &l.exchange[slot][class]
			if r.Odd && slot < transcripts.NumVerbs {
				*list = slices.Insert(*list, l.odd[slot][class], n)
				l.odd[slot][class]++
			} else {
				*list = append(*list, n)
			}
		}
	}
}

// Result collects what was found in the sessions of one recording.
type Result struct {
	Sessions   int
	Exchanges  int
	Findings   []Diagnostic // those that count, and suppressed ones if these are to be shown
	Suppressed int          // findings that do not count
	Withheld   []Withheld
	Capped     int // findings beyond the number kept for one rule and session

	asked    []Directive
	withheld map[*Rule]*Withheld
	counts   []int
	blocked  []bool
}

// Withheld is a rule that could not be judged in some sessions.
type Withheld struct {
	Rule     *Rule
	Sessions int
	Lacks    transcripts.Evidence
}

// Session shows a session to the rules and adds what they find to res.
func (l *Linter) Session(s *transcripts.Session, res *Result) {
	res.Sessions++
	res.Exchanges += len(s.Exchanges)
	if res.counts == nil {
		res.counts = make([]int, len(l.active))
		res.blocked = make([]bool, len(l.active))
		res.withheld = map[*Rule]*Withheld{}
	}
	clear(res.counts)
	for _, n := range l.gated {
		res.blocked[n] = !s.Proves.Has(l.active[n].rule.Needs)
	}
	from := len(res.Findings)
	p := Pass{Session: s, found: &res.Findings, limit: perSession, nth: res.Sessions}
	if len(s.Asked) > 0 {
		p.limit = perAskedSession
	}
	var seen [transcripts.NumClasses]uint64 // the slots with replies of each class
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		slot := slotOf(e)
		class := e.Reply.Code.Class()
		seen[class] |= 1 << slot
		rules := l.exchange[slot][class]
		if odd := l.odd[slot][class]; odd > 0 && e.Command.Plain() {
			rules = rules[odd:]
		}
		for _, n := range rules {
			a := &l.active[n]
			if res.blocked[n] || e.Before.Adrift && !a.rule.Adrift {
				continue
			}
			p.rule, p.severity, p.count = a.rule, a.severity, res.counts[n]
			a.rule.Exchange(&p, i)
			res.counts[n] = p.count
		}
	}
	for _, n := range l.session {
		if a := &l.active[n]; !res.blocked[n] {
			p.rule, p.severity, p.count = a.rule, a.severity, res.counts[n]
			a.rule.Session(&p)
			res.counts[n] = p.count
		}
	}
	l.withhold(s, res, &seen)
	l.hear(s, res, from)
	for _, count := range res.counts {
		res.Capped += max(0, count-p.limit)
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

// withhold notes the rules that this session says too little for.
func (l *Linter) withhold(s *transcripts.Session, res *Result, seen *[transcripts.NumClasses]uint64) {
	for _, n := range l.gated {
		a := &l.active[n]
		lacks := (a.rule.Needs | a.rule.Sees) &^ s.Proves
		if lacks == 0 || res.counts[n] > 0 || !a.concerns(seen) {
			continue
		}
		w := res.withheld[a.rule]
		if w == nil {
			w = &Withheld{Rule: a.rule}
			res.withheld[a.rule] = w
		}
		w.Sessions++
		w.Lacks |= lacks
	}
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
	for _, w := range res.withheld {
		res.Withheld = append(res.Withheld, *w)
	}
	slices.SortFunc(res.Withheld, func(a, b Withheld) int { return cmp.Compare(a.Rule.ID, b.Rule.ID) })
}
