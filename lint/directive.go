package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// A Directive is what a comment in a recording asks of the linter:
//
//	# smtplint: ignore[rule, rule] -- reason    findings at the next line of the conversation
//	# smtplint: ignore-session[rule] -- reason  in the session
//	# smtplint: ignore-file[rule] -- reason     in the recording
//	# smtplint: expect[rule]                    like ignore, but the rule must fire
//	# smtplint: format=swaks port=587 lmtp      how to read the recording
type Directive struct {
	Verb    string // "ignore", "ignore-session", "ignore-file", "expect", or "" for hints
	Rules   []*Rule
	Reason  string
	Problem string  // why it cannot be understood; "" where it can
	Unused  []*Rule // those that were judged, and of which it suppressed nothing
	Unmet   []*Rule // those that were expected and are not on, or could not be judged, or found nothing
	At      Place

	session  string           // its ID
	next     transcripts.Span // the line that it is about
	held     bool             // it cannot be about another session
	from, to int              // its session's findings
	hit      []bool           // by index of Rules: it suppressed a finding
}

// The verbs of directives.
const (
	ignoreLine    = "ignore"
	ignoreSession = "ignore-session"
	ignoreFile    = "ignore-file"
	expect        = "expect"
)

var verbs = []string{ignoreLine, ignoreSession, ignoreFile, expect}

// parse reads the text of a directive; byID finds a rule by its name, names are
// all of them.
func (d *Directive) parse(text string, byID func(string) *Rule, names func() []string) {
	n := strings.IndexAny(text, "[ =")
	switch {
	case n < 0 && text != "lmtp", n >= 0 && text[n] == '[', n >= 0 && slices.Contains(verbs, text[:n]):
		d.parseList(text, byID, names)
	default:
		d.parseHints(text)
	}
}

func (d *Directive) parseList(text string, byID func(string) *Rule, names func() []string) {
	verb, rest, listed := strings.Cut(text, "[")
	verb, _, _ = strings.Cut(verb, " ")
	if !slices.Contains(verbs, verb) {
		d.Problem = fmt.Sprintf("there is no directive %q; it can be %s, or hints like format=swaks%s", verb, strings.Join(verbs, ", "), DidYouMean(verb, verbs))
		return
	}
	list, rest, closed := strings.Cut(rest, "]")
	if !listed || !closed || strings.TrimSpace(list) == "" {
		d.Problem = fmt.Sprintf("%s needs a list of rules: %s[RULE, RULE]", verb, verb)
		return
	}
	rest = strings.TrimSpace(rest)
	reason, ok := strings.CutPrefix(rest, "--")
	if !ok && rest != "" {
		d.Problem = fmt.Sprintf("after the list may come only \"-- \" and a reason, not %q", rest)
		return
	}
	for _, name := range strings.Split(strings.TrimSuffix(strings.TrimSpace(list), ","), ",") {
		name = strings.TrimSpace(name)
		r := byID(name)
		if r == nil {
			d.Problem = fmt.Sprintf("there is no rule %q%s", name, DidYouMean(name, names()))
			return
		}
		d.Rules = append(d.Rules, r)
	}
	d.Verb, d.Reason = verb, strings.TrimSpace(reason)
	d.hit = make([]bool, len(d.Rules))
}

// hints that a recording may give.
var hints = []string{"format", "port", "lmtp"}

func (d *Directive) parseHints(text string) {
	for _, word := range strings.Fields(text) {
		if d.Problem != "" {
			return
		}
		name, value, valued := strings.Cut(word, "=")
		switch {
		case !slices.Contains(hints, name):
			d.Problem = fmt.Sprintf("there is no hint %q; it can be format=NAME, port=N, lmtp%s", name, DidYouMean(name, hints))
		case valued == (name == "lmtp"), valued && value == "":
			d.Problem = fmt.Sprintf("%q is not how %s is written: format=NAME, port=N, lmtp", word, name)
		case name == "format":
			if _, err := FormatNamed(value); err != nil {
				d.Problem = err.Error()
			}
		case name == "port":
			if _, err := ParsePort(value); err != nil {
				d.Problem = err.Error()
			}
		}
	}
}

// covers reports whether the directive is about a finding, which has the index
// n among those of the recording.
func (d *Directive) covers(f *Diagnostic, n int) bool {
	switch inSession := d.from <= n && n < d.to; d.Verb {
	case ignoreFile:
		return true
	case ignoreSession:
		return inSession
	case ignoreLine, expect:
		line := f.At.Span.Line
		return inSession && d.At.Span.Line < line && line <= d.next.Line
	}
	return false
}

// suppress suppresses a finding if the directive is about it.
func (d *Directive) suppress(f *Diagnostic, n int) {
	i := slices.Index(d.Rules, f.Rule)
	if i < 0 || !d.covers(f, n) {
		return
	}
	d.hit[i] = true
	switch {
	case d.Reason != "":
		f.Suppressed = "inline: " + d.Reason
	case f.Suppressed == "":
		f.Suppressed = "inline"
	}
}
