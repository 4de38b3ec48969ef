package explain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// Pages finds the pages for names as a person gives them: reply codes and
// enhanced codes, of which two or more are compared; a reply code with its
// enhanced code; a pasted reply line; commands, extensions and rules, of which
// there may be more than those known here.
func Pages(names []string, l codes.Lang, more ...*lint.Rule) ([]Page, error) {
	s := search{lang: l, rules: append(rules.All[:len(rules.All):len(rules.All)], more...)}
	for len(names) > 0 {
		n, err := s.take(names)
		if err != nil {
			return nil, err
		}
		names = names[n:]
	}
	switch len(s.sides) {
	case 0:
	case 1:
		s.add(s.sides[0].entry)
	default:
		s.pages = slices.Insert(s.pages, 0, Page(&comparison{lang: l, sides: s.sides}))
	}
	return s.pages, nil
}

// A search gathers the pages for names.
type search struct {
	lang  codes.Lang
	rules []*lint.Rule
	sides []side // codes, to be compared
	pages []Page
}

// add adds pages that are not there yet.
func (s *search) add(pages ...Page) {
	for _, p := range pages {
		if !slices.ContainsFunc(s.pages, func(have Page) bool { return have.id() == p.id() }) {
			s.pages = append(s.pages, p)
		}
	}
}

// take looks the first names up and returns how many it has used.
func (s *search) take(names []string) (int, error) {
	name := strings.TrimSpace(names[0])
	if pages := s.named(name); pages != nil {
		s.add(pages...)
		return 1, nil
	}
	if strings.ContainsAny(name, " \t\n") {
		return 1, s.line(name)
	}
	if code, ok := replyCode(name); ok {
		if n := withEnhanced(names); n > 0 {
			return n, s.line(strings.Join(names[:n], " "))
		}
		reply := codes.Find(code)
		if reply == nil {
			class := codes.ClassOf(code, codes.English)
			return 0, fmt.Errorf("there is no explanation of reply code %q%s By its first digit it is %s; the client must %s",
				name, nearest(code), class.Name, class.Obliges)
		}
		s.compare(side{replyEntry(reply, s.lang), code, reply})
		return 1, nil
	}
	if status, rest, ok := codes.ParseStatusCode(name); ok && rest == "" {
		s.compare(side{enhancedEntry(status, s.lang), classOf(status), nil})
		return 1, nil
	}
	if number, ok := strings.CutPrefix(strings.ToUpper(name), "X"); ok {
		if status, rest, ok := codes.ParseStatusCode("5" + number); ok && rest == "" {
			status.Class = anyClass
			s.add(enhancedEntry(status, s.lang))
			return 1, nil
		}
	}
	return 0, fmt.Errorf("there is nothing called \"%s\"%s A pasted reply line goes in quotes",
		text.Clip(text.Clean(name), mostShown), didYouMean(name, s.names()))
}

// withEnhanced reports how many of the names are a reply code with its
// enhanced code and, where what follows is no name, with its text; 0: no
// enhanced code follows.
func withEnhanced(names []string) int {
	if len(names) < 2 {
		return 0
	}
	if _, rest, ok := codes.ParseStatusCode(names[1]); !ok || rest != "" {
		return 0
	}
	known := Names()
	for _, name := range names[2:] {
		if _, ok := replyCode(name); !ok && !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
			return len(names)
		}
	}
	return 2
}

func (s *search) compare(c side) {
	if !slices.ContainsFunc(s.sides, func(have side) bool { return have.name == c.name }) {
		s.sides = append(s.sides, c)
	}
}

// line adds the pages of a pasted reply line.
func (s *search) line(pasted string) error {
	l, ok := takeApart(pasted)
	if !ok {
		return fmt.Errorf("there is no reply code in \"%s\"", text.Clip(text.Clean(pasted), mostShown))
	}
	s.add(l.pages(s.lang)...)
	return nil
}

// named finds a command, an extension or a rule. What is a command and an
// extension has two pages.
func (s *search) named(name string) []Page {
	var pages []Page
	if c := codes.FindCommand(name); c != nil {
		pages = append(pages, commandEntry(c, s.lang))
	}
	if x := codes.FindExtension(name); x != nil {
		pages = append(pages, extensionEntry(x, s.lang))
	}
	id := strings.ToLower(name)
	if i := slices.IndexFunc(s.rules, func(r *lint.Rule) bool { return r.ID == id }); i >= 0 {
		pages = append(pages, newRulePage(s.rules[i], s.lang))
	}
	return pages
}

// names are all that has a page here.
func (s *search) names() []string { return append(Names(), ids(s.rules[len(rules.All):])...) }

// didYouMean ends a sentence about an unknown name.
func didYouMean(name string, known []string) string {
	if hint := lint.DidYouMean(text.Clip(name, 64), known); hint != "" {
		return hint
	}
	return "."
}

// nearest ends a sentence about an unknown reply code with the nearest one of
// its class.
func nearest(code transcripts.Code) string {
	best, least := transcripts.Code(0), 100
	for _, r := range codes.Replies() {
		if d := max(r.Code, code) - min(r.Code, code); r.Code.Class() == code.Class() && int(d) < least {
			best, least = r.Code, int(d)
		}
	}
	if best == 0 {
		return "."
	}
	return fmt.Sprintf("; did you mean \"%d\"?", best)
}

// Names lists all that has a page.
func Names() []string {
	all := replyNames()
	for _, e := range codes.AllEnhanced() {
		for _, class := range []byte(e.Classes) {
			all = append(all, codes.StatusCode{Class: class, Subject: e.Subject, Detail: e.Detail}.String())
		}
	}
	for _, c := range codes.Commands {
		all = append(all, c.Name)
	}
	for _, x := range codes.Extensions {
		all = append(all, x.Keyword)
	}
	return append(all, ids(rules.All)...)
}

func replyNames() []string {
	var all []string
	for _, r := range codes.Replies() {
		all = append(all, strconv.Itoa(int(r.Code)))
	}
	return all
}
