package report

import (
	"io"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// markdown writes a page for the summary of a CI job, or for a comment: how
// many findings of which rule, then each of them as the full report shows it.
// What a recording says stands in code blocks only, where it has no meaning as
// Markdown. GitHub refuses a summary of more than 1 MiB, so the page is bounded
// and says what is left out.
type markdown struct {
	sink
	text   *full
	counts map[*lint.Rule]*tally
	files  []section
	kept   int // octets in them
	shown  int // findings in them
	more   int // findings that there was no room for
}

// A section is what is told of one recording.
type section struct{ head, body []byte }

// markdownKept is how many octets of findings are shown; the page's head needs
// room, too. Up to so many findings are shown unfolded.
const markdownKept, unfolded = 900_000, 10

func newMarkdown(out io.Writer, _ Options) Writer {
	return &markdown{
		sink: sink{out: out}, text: newFull(nil, Options{}).(*full), counts: map[*lint.Rule]*tally{},
	}
}

func (w *markdown) File(f *lint.File) error {
	tallyFile(w.counts, f)
	if w.kept > markdownKept {
		w.more += len(f.Findings)
		return nil
	}
	var t Total
	t.Add(f)
	var head, body sink
	head.str("<summary><code>")
	head.b = appendXML(head.b, text.Clean(f.Path))
	head.str("</code>: ")
	if f.Err != nil {
		head.str("could not be read, or not to its end; ")
	}
	head.findings(&t)
	head.str("</summary>\n")
	if f.Err != nil {
		body.b = appendCode(body.b, text.Clean(problem(f)))
		body.str("\n\n")
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		w.text.b = w.text.b[:0]
		w.text.finding(f, d)
		if w.kept+len(body.b)+len(w.text.b) > markdownKept {
			w.more++
			continue
		}
		w.shown++
		fence := fenceFor(string(w.text.b))
		body.str(fence)
		body.str("text\n")
		body.b = append(body.b, w.text.b...)
		body.str(fence)
		body.str("\n\n")
	}
	if len(body.b) > 0 {
		w.files = append(w.files, section{head.b, body.b})
		w.kept += len(head.b) + len(body.b)
	}
	return nil
}

func (w *markdown) Close(t Total) error {
	w.str("## smtplint: ")
	w.verdict(&t, "file")
	w.str("\n\n")
	if len(w.counts) > 0 {
		w.str("| | rule | what is wrong | findings |\n|---|---|---|---:|\n")
	}
	for _, c := range gravest(w.counts) {
		w.str("| ")
		w.str(c.severity.String())
		w.str(" | ")
		if url := c.rule.URL(); url != "" {
			w.str("[" + c.rule.ID + "](" + url + ")")
		} else {
			w.b = appendCode(w.b, c.rule.ID)
		}
		w.str(" | ")
		w.b = appendWords(w.b, c.rule.Title)
		w.str(" | ")
		w.num(int64(c.n))
		w.str(" |\n")
	}
	if n := len(t.Withheld); n > 0 {
		w.str("\nNot judged: ")
		w.withheld(t.Withheld)
		w.str(".\n")
	}
	for _, f := range w.files {
		if w.shown > unfolded {
			w.str("\n<details>\n")
		} else {
			w.str("\n<details open>\n")
		}
		w.b = append(append(append(w.b, f.head...), '\n'), f.body...)
		w.str("</details>\n")
	}
	if w.more > 0 {
		w.str("\nThere is no room here for ")
		w.count(w.more, "more finding")
		w.str(".\n")
	}
	return w.flush()
}

// appendCode appends text as code within a line, in more backticks than there
// are in it (CommonMark §6.1).
func appendCode(b []byte, s string) []byte {
	s = text.Clean(s)
	fence := strings.Repeat("`", backticks(s)+1)
	b = append(append(b, fence...), ' ')
	b = append(b, s...)
	return append(append(b, ' '), fence...)
}

// fenceFor is what a block of code is fenced with (CommonMark §4.5).
func fenceFor(s string) string { return strings.Repeat("`", max(3, backticks(s)+1)) }

// backticks is the length of the longest run of backticks.
func backticks(s string) int {
	longest, run := 0, 0
	for i := range len(s) {
		if run++; s[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// appendWords appends words of a rule of the user's own, or of ours, as words
// and nothing else.
func appendWords(b []byte, s string) []byte {
	for _, c := range []byte(text.Clean(s)) {
		if strings.IndexByte("\\`*_{}[]<>()#+!|&~@", c) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return b
}
