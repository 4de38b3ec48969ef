package explain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/rules/esmtp"
)

// TestEveryNameHasAPage: all that has a name is found by it and can be shown in
// every format and language, and text keeps to the terminal.
func TestEveryNameHasAPage(t *testing.T) {
	for _, name := range Names() {
		for _, l := range []codes.Lang{codes.English, codes.Korean} {
			pages, err := Pages([]string{name}, l)
			if err != nil || len(pages) == 0 {
				t.Errorf("%s: %d pages, %v", name, len(pages), err)
				continue
			}
			if rules.ByID(name) != nil {
				continue // rules show themselves
			}
			for _, width := range []int{leastWidth, 80} {
				keepsTo(t, name, pages, l, width)
			}
			for _, format := range Formats[1:] {
				show(t, pages, Options{Format: format, Lang: l})
			}
		}
	}
}

func show(t *testing.T, pages []Page, opts Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, pages, opts); err != nil {
		t.Fatal(err)
	}
	if opts.Format == "json" && !json.Valid(b.Bytes()) {
		t.Errorf("no JSON: %s", b.String())
	}
	return b.String()
}

func keepsTo(t *testing.T, name string, pages []Page, l codes.Lang, width int) {
	t.Helper()
	for _, line := range strings.Split(show(t, pages, Options{Format: "text", Lang: l, Width: width}), "\n") {
		if text.Width(line) > width {
			t.Errorf("%s: wider than %d columns: %q", name, width, line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("%s: spaces at the end of %q", name, line)
		}
	}
}

// TestColumnsAreStraight: in a comparison every column begins where it should,
// whatever the script.
func TestColumnsAreStraight(t *testing.T) {
	for _, l := range []codes.Lang{codes.English, codes.Korean} {
		for width := leastWidth; width < 130; width++ {
			pages, err := Pages([]string{"252", "354"}, l)
			if err != nil {
				t.Fatal(err)
			}
			keepsTo(t, "252 354", pages, l, width)
			table, _, _ := strings.Cut(show(t, pages, Options{Format: "text", Lang: l, Width: width}), "\n"+headingOf("differences", l))
			margin := strings.Index(table, "252")
			if margin == 0 {
				continue // under each other
			}
			first, _, _ := strings.Cut(table, "\n")
			column := text.Width(first[:strings.Index(first, "354")])
			for _, line := range strings.Split(table, "\n") {
				if text.Width(line) <= column {
					continue
				}
				if before := text.Clip(line, column); text.Width(before) != column || !strings.HasSuffix(before, "  ") || line[len(before)] == ' ' {
					t.Errorf("in %d columns, the second does not begin at %d: %q", width, column, line)
				}
			}
		}
	}
}

func TestTakeApart(t *testing.T) {
	for _, test := range []struct{ pasted, code, status, text string }{
		{"550 5.7.1 relaying denied", "550", "5.7.1", "relaying denied"},
		{"550 relaying denied", "550", "", "relaying denied"},
		{"250-mx.example.org\r\n250-SIZE 100\r\n250 HELP\r\n", "250", "", "mx.example.org SIZE 100 HELP"},
		{"550-5.1.1 No such\n550 5.1.1 user", "550", "5.1.1", "No such user"},
		{"S: 354 Go on", "354", "", "Go on"},
		{"<** 550 5.1.1 no", "550", "5.1.1", "no"},
		{"host mx.example.org[192.0.2.1] said: 452 4.2.2 full (in reply to RCPT TO command)", "452", "4.2.2", "full (in reply to RCPT TO command)"},
		{"Nov 24 20:36:01 mx smtpd[350]: < client: 421 4.3.2 bye", "421", "4.3.2", "bye"},
		{"535 5.7.8", "535", "5.7.8", ""},
		{"relaying denied", "", "", ""},
		{"1550 x", "", "", ""},
		{"5501 x", "", "", ""},
		{"550x y", "", "", ""},
		{"550 5.7.1234 x", "550", "", "5.7.1234 x"},
	} {
		l, ok := takeApart(test.pasted)
		code, status := "", ""
		if ok {
			code = fmt.Sprint(l.code)
		}
		if l.enhanced {
			status = l.status.String()
		}
		if code != test.code || status != test.status || l.text != test.text {
			t.Errorf("%q: %q, %q, %q", test.pasted, code, status, l.text)
		}
	}
}

// FuzzPages: whatever is pasted is found or refused, and what is printed is
// harmless.
func FuzzPages(f *testing.F) {
	f.Add("550 5.7.1 \x1b[31mrelaying ##[error] \u202e denied")
	f.Add("250-a\r\n250 b")
	f.Add("VRFY")
	f.Add("999")
	f.Add("X.7.1")
	f.Fuzz(func(t *testing.T, name string) {
		for _, l := range []codes.Lang{codes.English, codes.Korean} {
			pages, err := Pages([]string{name}, l)
			if err != nil {
				harmless(t, err.Error())
				continue
			}
			for _, format := range Formats {
				harmless(t, show(t, pages, Options{Format: format, Lang: l, Width: 80}))
			}
		}
	})
}

func harmless(t *testing.T, out string) {
	t.Helper()
	if !utf8.ValidString(out) || strings.Contains(out, "##[") {
		t.Errorf("%q", out)
	}
	for _, r := range out {
		if !unicode.IsPrint(r) && r != '\n' {
			t.Errorf("%U in %q", r, out)
		}
	}
}

// TestLongLinesAreCut: a page does not grow with what was pasted.
func TestLongLinesAreCut(t *testing.T) {
	pages, err := Pages([]string{"550 " + strings.Repeat("x", 1<<20)}, codes.English)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(show(t, pages, Options{Format: "text", Width: 80})); n > 8000 {
		t.Errorf("%d octets", n)
	}
	if _, err := Pages([]string{strings.Repeat("x", 1<<20)}, codes.English); err == nil || len(err.Error()) > 2000 {
		t.Error("an unknown name is repeated in full, or accepted")
	}
}

// TestFieldsHaveHeadings: every field of every page has a heading in both
// languages, and something to say.
func TestFieldsHaveHeadings(t *testing.T) {
	for _, name := range append(Names(), "550 4.7.1 text", "299 what", "4.7.999", "5.7.520", "5.99.1", "X.7.1") {
		for _, l := range []codes.Lang{codes.English, codes.Korean} {
			pages, err := Pages([]string{name}, l)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, p := range pages {
				e, ok := p.(*entry)
				if !ok {
					continue
				}
				for _, f := range e.fields {
					if headingOf(f.key, l) == "" {
						t.Errorf("%s: %q has no heading in %s", name, f.key, l)
					}
					if strings.TrimSpace(f.text+strings.Join(f.lines, "")) == "" || f.value == nil {
						t.Errorf("%s: %q is empty", name, f.key)
					}
				}
			}
		}
	}
}

// TestParticles: the Korean particles follow the sound of the last digit.
func TestParticles(t *testing.T) {
	for in, want := range map[string]string{"252": "252는", "354": "354는", "250": "250은", "451": "451은", "5.7.8": "5.7.8은", "555": "555는", "553": "553은", "556": "556은", "557": "557은", "559": "559는"} {
		if got := topic(in); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestRulesAreKnown: rules that the reference names exist, and translations are
// of rules that exist.
func TestRulesAreKnown(t *testing.T) {
	for _, r := range codes.Replies() {
		for _, id := range r.Rules {
			if rules.ByID(id) == nil {
				t.Errorf("%d names the rule %s, which there is not", r.Code, id)
			}
		}
	}
	for id, title := range koreanTitles() {
		if rules.ByID(id) == nil {
			t.Errorf("%s is translated, and there is no such rule", id)
		}
		if strings.TrimRight(title, ".") != title || strings.IndexFunc(title, func(r rune) bool { return '가' <= r && r <= '힣' }) < 0 {
			t.Errorf("%s: %q is no Korean title", id, title)
		}
	}
	for _, r := range rules.All {
		if koreanTitles()[r.ID] == "" {
			t.Errorf("%s has no Korean title", r.ID)
		}
	}
}

// TestExtensionsAgree: the table by which rules judge and the pages say the
// same of what an extension adds.
func TestExtensionsAgree(t *testing.T) {
	for _, x := range esmtp.Extensions {
		page := codes.FindExtension(x.Keyword)
		if page == nil {
			t.Errorf("%s is not explained", x.Keyword)
			continue
		}
		for _, v := range x.Verbs {
			if !hasWord(page.Adds, v.String()) {
				t.Errorf("%s adds %v, and its page says %q", x.Keyword, v, page.Adds)
			}
		}
	}
	for _, p := range esmtp.Parameters {
		if page := codes.FindExtension(p.By[0]); page == nil {
			t.Errorf("%s, which brings %s, is not explained", p.By[0], p.Keyword)
		} else if !hasWord(page.Adds, p.Keyword) {
			t.Errorf("%s adds %s, and its page says %q", p.By[0], p.Keyword, page.Adds)
		}
	}
}

// TestLinksInReference: every link of the reference leads to a heading.
func TestLinksInReference(t *testing.T) {
	for _, l := range []codes.Lang{codes.English, codes.Korean} {
		page := CodesMarkdown(l)
		anchors := map[string]bool{}
		for _, line := range strings.Split(page, "\n") {
			if heading, ok := strings.CutPrefix(line, "## "); ok {
				anchors[anchor(heading)] = true
			}
		}
		for _, part := range strings.Split(page, "](#")[1:] {
			link, _, _ := strings.Cut(part, ")")
			if !anchors[link] {
				t.Errorf("%s: nothing is at #%s", l, link)
			}
		}
	}
}
