package lint

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// mostDirectives is how many directives of one recording are kept.
const mostDirectives = 10_000

// perAskedSession is how many findings of one rule are kept in a session with
// directives until these have suppressed what they are about.
const perAskedSession = 1000

// hear takes the directives of a session, whose findings begin at from.
func (l *Linter) hear(s *transcripts.Session, res *Result, from int) {
	res.goesOn(s, from)
	for i := range s.Asked {
		if len(res.asked) == mostDirectives || res.held > mostKept {
			return
		}
		a := &s.Asked[i]
		text := strings.Clone(a.Text[:min(len(a.Text), mostShown)])
		res.held += 2 * len(text)
		shown := "smtplint: " + text
		d := Directive{
			At:      Place{Span: a.Span, Party: transcripts.Recorder, Text: shown, To: len(shown)},
			session: said(strings.Clone(s.ID)), next: a.Next, held: a.Held, from: from, to: len(res.Findings),
		}
		d.parse(text, l.byID, l.names)
		if a.Amid {
			d.Verb, d.Rules, d.Problem = "", nil, "this may be a line of the message: it stands among lines of it that have no label"
		}
		if d.Verb == "" && d.Problem == "" && len(s.Exchanges) > 0 && !startsBelow(s, a.Span) {
			d.Problem = "hints must stand before the first line of the conversation"
		}
		res.asked = append(res.asked, d)
	}
}

// startsBelow reports whether the conversation begins below a place.
func startsBelow(s *transcripts.Session, at transcripts.Span) bool {
	first := firstLine(s)
	return !first.Known() || at.Line < first.Line
}

// firstLine is where the conversation of a session begins.
func firstLine(s *transcripts.Session) transcripts.Span {
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		for _, at := range [...]transcripts.Span{e.Command.Span, e.Reply.Span()} {
			if at.Known() {
				return at
			}
		}
	}
	return transcripts.Span{}
}

// goesOn turns directives behind the last line of a session to the session that
// follows.
func (res *Result) goesOn(s *transcripts.Session, from int) {
	for i := len(res.asked) - 1; i >= 0 && !res.asked[i].next.Known(); i-- {
		if d := &res.asked[i]; !d.held && startsBelow(s, d.At.Span) {
			d.session, d.next, d.from, d.to = said(strings.Clone(s.ID)), firstLine(s), from, len(res.Findings)
		}
	}
}

// obey suppresses what the directives of a recording ask for, and has those
// rules speak that look at directives.
func (l *Linter) obey(res *Result) {
	if len(res.asked) == 0 {
		return
	}
	for i := range res.asked {
		d := &res.asked[i]
		from, to := d.from, d.to
		if d.Verb == ignoreFile {
			from, to = 0, len(res.Findings)
		}
		for n := from; n < to; n++ {
			d.suppress(&res.Findings[n], n)
		}
	}
	res.trim(len(l.active))
	for i := range res.asked {
		l.sumUp(res, &res.asked[i])
	}
	from := len(res.Findings)
	for n := range l.active {
		a := &l.active[n]
		if a.rule.Directive == nil {
			continue
		}
		for i := range res.asked {
			d := &res.asked[i]
			p := Pass{Session: &transcripts.Session{ID: d.session}, rule: a.rule, severity: a.severity, limit: perAskedSession, found: &res.Findings}
			a.rule.Directive(&p, d)
		}
	}
	for n := from; n < len(res.Findings); n++ {
		for i := range res.asked {
			res.asked[i].suppress(&res.Findings[n], -1)
		}
	}
}

// sumUp finds the rules that a directive names in vain.
func (l *Linter) sumUp(res *Result, d *Directive) {
	for i, r := range d.Rules {
		if d.hit[i] {
			continue
		}
		on := slices.ContainsFunc(l.active, func(a active) bool { return a.rule == r })
		switch {
		case d.Verb == expect && (on || l.offByItself(r)):
			d.Unmet = append(d.Unmet, r)
		case d.Verb != expect && on && r.Directive == nil && res.withheld(r) == nil:
			d.Unused = append(d.Unused, r)
		}
	}
}

// offByItself reports whether a rule is off because nobody has turned it on,
// rather than because somebody has turned it off.
func (l *Linter) offByItself(r *Rule) bool {
	_, set := l.settings.Severities[r.ID]
	return !r.Default && !set && len(l.settings.Only) == 0
}

// trim leaves perSession findings of each rule and session that count, and
// those that are suppressed.
func (res *Result) trim(rules int) {
	kept := res.Findings[:0]
	count := make(map[*Rule]int, rules)
	session := ""
	for _, f := range res.Findings {
		if f.Session != session {
			clear(count)
			session = f.Session
		}
		if f.Suppressed == "" {
			if count[f.Rule]++; count[f.Rule] > perSession {
				res.Capped++
				continue
			}
		}
		kept = append(kept, f)
	}
	res.Findings = kept
}

// Hide takes suppressed findings out. They are counted.
func (res *Result) Hide() {
	n := len(res.Findings)
	res.Findings = slices.DeleteFunc(res.Findings, func(d Diagnostic) bool { return d.Suppressed != "" })
	res.Suppressed += n - len(res.Findings)
}

// ignore suppresses the findings of rules that the configuration has a reason
// to ignore in this recording.
func (l *Linter) ignore(res *Result) {
	for n := range res.Findings {
		f := &res.Findings[n]
		if reason, ok := l.settings.Ignored[f.Rule.ID]; ok && f.Suppressed == "" {
			f.Suppressed = "config: " + reason
		}
	}
}
