package config

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/custom"
	"github.com/smtplint/smtplint/transcripts"
	"gopkg.in/yaml.v3"
)

// custom are rules of people's own. They are known to the rest of the file.
func (p *parser) custom(c *Config) kind {
	return list(p, "custom", &c.Custom, func(to **lint.Rule) kind {
		s := spec{Spec: custom.Spec{Severity: lint.Warning}}
		k := p.mapping("a custom rule", p.customFields(&s))
		read := k.read
		k.read = func(n *yaml.Node) {
			before := len(p.errs)
			if read(n); len(p.errs) == before {
				*to = p.compile(c, n, &s)
			}
			if len(p.errs) > before {
				p.bad = append(p.bad, s.ID)
			}
		}
		return k
	})
}

// A spec is a rule as it is written down, and where its parts are.
type spec struct {
	custom.Spec
	say      *yaml.Node
	examples []*yaml.Node
}

// compile makes a rule, and runs its examples.
func (p *parser) compile(c *Config, n *yaml.Node, s *spec) *lint.Rule {
	if slices.Contains(ids(c.Rules(p.known)), s.ID) {
		p.fail(n, "there is a rule %q already", s.ID)
		return nil
	}
	r, err := s.Compile()
	if err != nil {
		p.fail(cmp.Or(s.say, n), "%v", err)
		return nil
	}
	for i, e := range s.examples {
		if err := s.Try(r, i); err != nil {
			p.fail(e, "%v", err)
		}
	}
	return r
}

const idPattern = `^[a-z][a-z0-9]*(-[a-z0-9]+)+$`

var (
	ruleID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(idPattern) })
	sides  = []string{lint.ByClient.String(), lint.ByServer.String(), lint.ByNetwork.String(), lint.ByRecording.String()}
)

func (p *parser) customFields(s *spec) []field {
	say := p.text(&s.Say)
	readSay := say.read
	say.read = func(n *yaml.Node) { s.say = n; readSay(n) }
	return []field{
		{name: "id", required: true, doc: "The name of the rule: words in lower case with hyphens between them.", kind: kind{
			schema: schema{"type": "string", "pattern": idPattern},
			read: func(n *yaml.Node) {
				if s.ID = n.Value; !ruleID().MatchString(s.ID) {
					p.fail(n, "%s is no name for a rule: it must be two or more words in lower case with hyphens between them", said(n))
				}
			},
		}},
		{name: "title", required: true, doc: "What is wrong, in one line.", kind: p.text(&s.Title)},
		{name: "severity", doc: "How severe it is.", kind: p.severity(&s.Severity, "info", "warning", "error")},
		{name: "side", required: true, doc: "Who is at fault. Findings about the server are shown at its reply, others at the command.", kind: p.side(&s.Side)},
		{name: "doc", doc: "Why it is a fault.", kind: p.text(&s.Doc)},
		{name: "help", doc: "What to do.", kind: p.text(&s.Help)},
		{name: "find", required: true, doc: "The exchanges of command and reply that are at fault.", kind: p.condition("find", &s.Find)},
		{name: "unless", doc: "Those of them that are not.", kind: p.condition("unless", &s.Unless)},
		{name: "say", doc: "The message; {verb}, {args}, {text}, {reply}, {reply-text}, {hello} and {port} stand for what was said.", kind: say},
		{name: "examples", doc: "Conversations that are at fault, and such that are not.", kind: p.mapping("examples", []field{
			{name: "bad", doc: "In these the rule must find something; \"# want\" below a line says where.", kind: p.examples(s, lint.Bad)},
			{name: "good", doc: "In these it must find nothing.", kind: p.examples(s, lint.Good)},
		})},
	}
}

func (p *parser) side(to *lint.Side) kind {
	var word string
	k := p.oneOf(&word, sides...)
	read := k.read
	k.read = func(n *yaml.Node) {
		if read(n); word != "" {
			*to = lint.Side(slices.Index(sides, word))
		}
	}
	return k
}

func (p *parser) examples(s *spec, example func(string) lint.Example) kind {
	return some(p, new([]string), func(to *string) kind {
		k := p.text(to)
		read := k.read
		k.read = func(n *yaml.Node) {
			read(n)
			s.Examples, s.examples = append(s.Examples, example(*to)), append(s.examples, n)
		}
		return k
	})
}

var kinds = []string{"connected", "ordered", "answered", "content", "unasked", "strayed"}

// condition is what an exchange must look like. Those before and after it are
// described by conditions that know no others before and after.
func (p *parser) condition(what string, to **custom.Condition) kind {
	var c custom.Condition
	var fields []field
	inner := what == "before" || what == "after"
	fields = p.conditionFields(&c, inner)
	k := p.mapping(what, fields)
	read := k.read
	k.read = func(n *yaml.Node) {
		if read(n); n.Kind == yaml.MappingNode && len(n.Content) == 0 {
			p.fail(n, "%s is empty: it would hold of everything", what)
		}
		*to = &c
	}
	if inner {
		k.schema["minProperties"] = 1
		return k
	}
	k.schema = schema{"$ref": "#/$defs/condition"}
	return k
}

func (p *parser) conditionFields(c *custom.Condition, inner bool) []field {
	fields := []field{
		{name: "kind", doc: "What the client did: it connected, sent a command, answered a 334, sent content, or nothing.",
			kind: some(p, &c.Kinds, p.exchangeKind)},
		{name: "verb", doc: "The command, in any case.", kind: some(p, &c.Verbs, p.text)},
		{name: "args", doc: "What stands behind the verb: a regular expression.", kind: p.regexp(&c.Args)},
		{name: "text", doc: "The client's line: a regular expression.", kind: p.regexp(&c.Text)},
		{name: "reply", doc: "The reply code, like 250, or a class of them, like 5yz.", kind: some(p, &c.Replies, p.replies)},
		{name: "reply-text", doc: "The text of the reply, its lines joined by line feeds: a regular expression.", kind: p.regexp(&c.ReplyText)},
		{name: "secure", doc: "Whether TLS was on.", kind: p.yesNo(&c.Secure)},
		{name: "authenticated", doc: "Whether the client had logged in.", kind: p.yesNo(&c.Authenticated)},
		{name: "hello", doc: "The greeting command in force.",
			kind: some(p, &c.Hello, func(to *string) kind { return p.oneOf(to, "EHLO", "HELO", "LHLO", "none") })},
		{name: "port", doc: "The server's port.", kind: some(p, &c.Ports, p.port)},
		{name: "offers", doc: "Keywords that the server had offered in answer to EHLO.", kind: some(p, &c.Offers, p.text)},
		{name: "lacks", doc: "Keywords that the server had not offered.", kind: some(p, &c.Lacks, p.text)},
	}
	if inner {
		return fields
	}
	return append(fields,
		field{name: "before", doc: "What holds of an exchange before this one.", kind: p.condition("before", &c.Before)},
		field{name: "after", doc: "What holds of an exchange after this one.", kind: p.condition("after", &c.After)},
	)
}

func (p *parser) exchangeKind(to *transcripts.Kind) kind {
	var word string
	k := p.oneOf(&word, kinds...)
	read := k.read
	k.read = func(n *yaml.Node) {
		if read(n); word != "" {
			*to = transcripts.Kind(slices.Index(kinds, word))
		}
	}
	return k
}

// replies is a reply code or a class, as RFC 5321 §4.2.1 writes it, or as
// people do: 5yz, 5xx.
func (p *parser) replies(to *custom.Replies) kind {
	return kind{
		schema: schema{"anyOf": []schema{
			{"type": "integer", "minimum": 200, "maximum": 599},
			{"type": "string", "pattern": "^[2-5](yz|xx)$"},
		}},
		read: func(n *yaml.Node) {
			digit, class := strings.CutSuffix(strings.Replace(n.Value, "xx", "yz", 1), "yz")
			code, err := strconv.Atoi(digit)
			switch {
			case n.Kind == yaml.ScalarNode && err == nil && class && 2 <= code && code <= 5:
				*to = custom.Replies{From: transcripts.Code(code * 100), To: transcripts.Code(code*100 + 99)}
			case n.Kind == yaml.ScalarNode && err == nil && !class && 200 <= code && code <= 599:
				*to = custom.Replies{From: transcripts.Code(code), To: transcripts.Code(code)}
			default:
				p.fail(n, "%s is no reply: it is a code like 250, or a class like 5yz", said(n))
			}
		},
	}
}
