package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// WriteCodes lists all reply codes and enhanced codes: as text in short, as
// Markdown and JSON with all that is known of them.
func WriteCodes(w io.Writer, opts Options) error {
	switch opts.Format {
	case "json":
		return writeJSON(w, codesJSON(opts.Lang))
	case "markdown":
		_, err := io.WriteString(w, CodesMarkdown(opts.Lang))
		return err
	}
	var b strings.Builder
	width := max(opts.Width, leastWidth)
	for _, class := range replyClasses {
		writeLines(&b, "", text.Wrap(classLine(class, opts.Lang), width))
		for i := range codes.Replies() {
			if r := &codes.Replies()[i]; r.Code.Class() == class.Class() {
				writeLines(&b, fmt.Sprintf("  %d  ", r.Code), text.Wrap(r.In(opts.Lang).Title+marked(r.Status), width-7))
			}
		}
		b.WriteByte('\n')
	}
	last := -1
	for i := range codes.AllEnhanced() {
		e := &codes.AllEnhanced()[i]
		if int(e.Subject) != last {
			if last >= 0 {
				b.WriteByte('\n')
			}
			last = int(e.Subject)
			writeLines(&b, "", text.Wrap(subjectLine(e.Subject), width))
		}
		writeLines(&b, fmt.Sprintf("  X.%d.%-4d", e.Subject, e.Detail), text.Wrap(e.Title, width-10))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// replyClasses stand for the classes in the order of the list.
var replyClasses = []transcripts.Code{200, 300, 400, 500}

// classLine is the heading of a class.
func classLine(class transcripts.Code, l codes.Lang) string {
	about := codes.ClassOf(class, l)
	return fmt.Sprintf([...]string{"%s: the client must %s", "%s: 클라이언트는 %s"}[l], about.Name, about.Obliges)
}

// subjectLine says what a subject is and who can repair it.
func subjectLine(n uint16) string {
	s := codes.Subjects[n]
	line := fmt.Sprintf("X.%d, %s", n, s.Name)
	if s.Who != "" {
		line += ": " + s.Who + " can usually repair it"
	}
	return line
}

// marked is what a title in a list is followed by where a code is not of a
// standard.
func marked(s codes.Status) string {
	if s == codes.Standard || s == codes.Registered {
		return ""
	}
	return " (" + string(s) + ")"
}

func codesJSON(l codes.Lang) any {
	doc := struct {
		Version  int      `json:"version"`
		Lang     string   `json:"lang"`
		Replies  []*entry `json:"replies"`
		Enhanced []*entry `json:"enhanced"`
	}{Version: 1, Lang: l.String()}
	for i := range codes.Replies() {
		doc.Replies = append(doc.Replies, replyEntry(&codes.Replies()[i], l))
	}
	for i := range codes.AllEnhanced() {
		doc.Enhanced = append(doc.Enhanced, enhancedEntry(general(&codes.AllEnhanced()[i]), l))
	}
	return doc
}

// general is an enhanced code as the registry has it, of no class.
func general(e *codes.Enhanced) codes.StatusCode {
	return codes.StatusCode{Class: anyClass, Subject: e.Subject, Detail: e.Detail}
}

// CodesMarkdown is the reference of all codes: an index, the pages of the reply
// codes, and a table of the enhanced codes.
func CodesMarkdown(l codes.Lang) string {
	var b strings.Builder
	b.WriteString([...]string{
		"# SMTP reply codes\n\nThis page is generated from the tables beside it; a test keeps it current.\n",
		"# SMTP 응답 코드\n\n이 문서는 같은 폴더의 표에서 만들어지며, 테스트가 최신 상태를 지킵니다.\n",
	}[l])
	for _, class := range replyClasses {
		fmt.Fprintf(&b, "\n**%s**\n\n", escaped(classLine(class, l)))
		for i := range codes.Replies() {
			if r := &codes.Replies()[i]; r.Code.Class() == class.Class() {
				e := replyEntry(r, l)
				fmt.Fprintf(&b, "- [%s](#%s)%s\n", escaped(e.heading()), anchor(e.heading()), marked(r.Status))
			}
		}
	}
	for i := range codes.Replies() {
		b.WriteByte('\n')
		replyEntry(&codes.Replies()[i], l).markdown(&b, 2)
	}
	b.WriteString([...]string{"\n## Enhanced status codes\n", "\n## 확장 상태 코드\n"}[l])
	last := -1
	for i := range codes.AllEnhanced() {
		e := &codes.AllEnhanced()[i]
		if int(e.Subject) != last {
			last = int(e.Subject)
			fmt.Fprintf(&b, "\n**%s**\n\n| code | name | meaning | when you see it | what to repair | source |\n|---|---|---|---|---|---|\n",
				escaped(subjectLine(e.Subject)))
		}
		fmt.Fprintf(&b, "| X.%d.%d | %s | %s | %s | %s | %s |\n", e.Subject, e.Detail, escaped(e.Title), escaped(e.Meaning),
			escaped(e.Seen), escaped(e.Fix), escaped(lint.ShortRefs(e.Refs)))
	}
	return b.String()
}

// anchor is the fragment that GitHub gives a heading: in small letters, without
// punctuation, with hyphens for spaces.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r >= 0x80, '0' <= r && r <= '9', 'a' <= r && r <= 'z', r == '-', r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}
