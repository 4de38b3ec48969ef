// Package custom makes rules of what people write in a configuration: which
// exchanges are meant, which are not, and what to say of them.
//
// A condition holds, does not hold, or cannot be known: most recordings leave
// something out. A rule fires where what it looks for holds and what it excepts
// does not; what cannot be known keeps it silent.
package custom

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Area is the area of all rules made here.
const Area lint.Area = "custom"

// A Spec is a rule as it is written down.
type Spec struct {
	ID       string
	Title    string
	Severity lint.Severity
	Side     lint.Side
	Doc      string // why it is a fault
	Help     string // what to do
	Find     *Condition
	Unless   *Condition // nil: without exception
	Say      string     // the message; "" is the title
	Examples []lint.Example
}

// Compile makes a rule. It fails where the message has a field that there is not.
// Whether the examples say what the rule does is for Try to tell.
func (s *Spec) Compile() (*lint.Rule, error) {
	message, err := parseTemplate(cmp.Or(s.Say, s.Title))
	if err != nil {
		return nil, err
	}
	m := &matcher{find: s.Find, unless: s.Unless, say: message, help: s.Help, atReply: s.Side == lint.ByServer}
	r := &lint.Rule{
		ID: s.ID, Title: s.Title, Area: Area, Side: s.Side, Severity: s.Severity, Default: true,
		Doc: s.doc(), Examples: s.Examples, Sees: s.Find.sees() | s.Unless.sees(), Session: m.session,
	}
	s.Find.narrow(r)
	for i := range r.Examples {
		mark(r, &r.Examples[i])
	}
	return r, nil
}

// Try runs example i of the rule that s was compiled to, and says what is wrong
// with it.
func (s *Spec) Try(r *lint.Rule, i int) error {
	e := &r.Examples[i]
	found := lint.Check(e.Text(), []*lint.Rule{r}, lint.Settings{}).Findings
	switch {
	case e.Bad && len(found) == 0:
		return fmt.Errorf("%s finds nothing in this bad example%s", s.ID, s.unknown(e))
	case !e.Bad && len(found) > 0:
		return fmt.Errorf("%s finds line %d of this good example: %s", s.ID, found[0].At.Span.Line, found[0].At.Text)
	}
	if err := e.Verify(r); err != nil {
		what, _, _ := strings.Cut(err.Error(), " in\n")
		return fmt.Errorf("%s in this example: %s", s.ID, what)
	}
	return nil
}

// unknown says what an example leaves open.
func (s *Spec) unknown(e *lint.Example) string {
	switch {
	case s.Find.asks(func(c *Condition) bool { return c.Secure != nil }) && !strings.Contains(e.Text(), "# tls: "):
		return "; whether TLS was on is known with a line \"# tls: off\" at the top"
	case s.Find.asks(func(c *Condition) bool { return len(c.Ports) > 0 }) && !strings.Contains(e.Text(), "# port: "):
		return "; the port is known with a line like \"# port: 587\" at the top"
	}
	return ""
}

// mark puts "# want" below the lines that the rule finds in a bad example that
// does not say where.
func mark(r *lint.Rule, e *lint.Example) {
	if !e.Bad || strings.Contains(e.Text(), "\n# want") {
		return
	}
	lines := strings.Split(e.Text(), "\n")
	found := lint.Check(e.Text(), []*lint.Rule{r}, lint.Settings{}).Findings
	for n := len(found) - 1; n >= 0; n-- {
		want := "# want"
		if found[n].Confidence != lint.Certain {
			want += " " + found[n].Confidence.String()
		}
		lines = slices.Insert(lines, int(found[n].At.Span.Line), want)
	}
	*e = lint.Bad(strings.Join(lines, "\n"))
}

// doc writes the page of the rule.
func (s *Spec) doc() string {
	doc := strings.TrimSpace(s.Doc)
	if doc == "" {
		doc = s.Title + "."
	}
	if s.Help != "" {
		doc += "\n\n# What to do\n\n" + strings.TrimSpace(s.Help)
	}
	return "\n" + doc + "\n"
}

// matcher is a rule at work.
type matcher struct {
	find, unless *Condition
	say          template
	help         string
	atReply      bool
}

func (m *matcher) session(p *lint.Pass) {
	find, unless := m.find.over(p), m.unless.over(p)
	for i := range p.Exchanges {
		if p.Exchanges[i].Before.Adrift {
			continue
		}
		found := find.at(i)
		if found < likely || m.unless != nil && unless.at(i) != no {
			continue
		}
		d := p.Report(m.place(p, i), "%s", m.say.fill(p, i)).Helpf("%s", m.help)
		if found == likely {
			d.Sure(lint.Likely)
		}
	}
}

// place is the line of the side at fault.
func (m *matcher) place(p *lint.Pass, i int) lint.Place {
	if m.atReply && p.Exchanges[i].Reply.Recorded() {
		return p.Reply(i)
	}
	return p.Did(i)
}

// narrow tells the exchanges that can concern the rule.
func (c *Condition) narrow(r *lint.Rule) {
	if len(c.Verbs) > 0 {
		for _, name := range c.Verbs {
			v := transcripts.VerbOf([]byte(name))
			if v <= transcripts.Unknown {
				r.On = nil
				return
			}
			r.On = append(r.On, v)
		}
		return
	}
	r.In = c.Kinds
}

// template is a message with fields in it.
type template []string // text and names of fields by turns

// fields are what a message can name.
var fields = []string{"verb", "args", "text", "reply", "reply-text", "hello", "port"}

func parseTemplate(text string) (t template, err error) {
	for {
		before, rest, open := strings.Cut(text, "{")
		t = append(t, before)
		if !open {
			return t, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, fmt.Errorf("say: a \"{\" has no \"}\"")
		}
		known := false
		for _, f := range fields {
			known = known || f == name
		}
		if !known {
			return nil, fmt.Errorf("say: there is no field {%s}; it can be {%s}%s", name, strings.Join(fields, "}, {"), lint.DidYouMean(name, fields))
		}
		t, text = append(t, name), after
	}
}

// longestField is how much of a field a message shows, in octets.
const longestField = 120

func (t template) fill(p *lint.Pass, i int) string {
	var b strings.Builder
	for n, part := range t {
		if n%2 == 0 {
			b.WriteString(part)
			continue
		}
		value := field(part, p, i)
		if len(value) > longestField {
			value = value[:longestField] + "..."
		}
		b.WriteString(value)
	}
	return b.String()
}

// field is what stands for the name of a field. Credentials are masked.
func field(name string, p *lint.Pass, i int) string {
	e := &p.Exchanges[i]
	switch verb, args, _ := strings.Cut(e.Shown(), " "); name {
	case "verb":
		return verb
	case "args":
		return strings.Trim(args, " \t")
	case "text":
		return e.Shown()
	case "reply":
		return fmt.Sprintf("%03d", e.Reply.Code)
	case "reply-text":
		return replyText(&e.Reply)
	case "hello":
		return e.Before.Hello.String()
	}
	return fmt.Sprint(p.Port)
}

// replyText joins the lines of a reply.
func replyText(r *transcripts.Reply) string {
	if len(r.Lines) == 1 {
		return r.Lines[0].Text
	}
	var b strings.Builder
	for i := range r.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(r.Lines[i].Text)
	}
	return b.String()
}
