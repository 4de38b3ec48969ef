package report

import (
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// github writes workflow commands, which GitHub Actions shows as annotations
// beside the lines. A step shows ten of each level: the first errors, warnings
// and notices are written, worst first, and the rest is counted in one notice.
type github struct {
	sink
	base  Base
	kept  [lint.Error + 1][]byte
	count [lint.Error + 1]int
	more  int
}

func newGitHub(out io.Writer, opts Options) Writer {
	return &github{sink: sink{out: out}, base: opts.Base}
}

var githubLevel = [...]string{lint.Info: "notice", lint.Warning: "warning", lint.Error: "error"}

// annotations is how many of each level are shown. One notice is left for the
// rest.
var annotations = [...]int{lint.Info: 9, lint.Warning: 10, lint.Error: 10}

func (w *github) File(f *lint.File) error {
	if f.Err != nil && w.room(lint.Error) {
		w.annotate(lint.Error, f.Path, region{}, unread, text.Clean(problem(f)))
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" || !w.room(d.Severity) {
			continue
		}
		message := d.Side.String() + ": " + said(d)
		if d.Help != "" {
			message += "\nhelp: " + text.Clean(d.Help)
		}
		if len(d.Refs) > 0 {
			message += "\n" + lint.ShortRefs(d.Refs)
		}
		w.annotate(d.Severity, f.PathOf(d.At), regionOf(&d.At, utf16s), d.Rule.ID, message)
	}
	return nil
}

// room reports whether another annotation of a level can be shown, and counts
// it if not.
func (w *github) room(level lint.Severity) bool {
	if w.count[level]++; w.count[level] <= annotations[level] {
		return true
	}
	w.more++
	return false
}

func (w *github) annotate(level lint.Severity, path string, r region, title, message string) {
	s := sink{b: w.kept[level]}
	s.str("::")
	s.str(githubLevel[level])
	s.str(" file=")
	s.b = appendProperty(s.b, w.base.Rel(path))
	if r.line > 0 {
		s.str(",line=")
		s.num(int64(r.line))
	}
	if r.column > 0 {
		s.str(",endLine=")
		s.num(int64(r.line))
		s.str(",col=")
		s.num(int64(r.column))
		s.str(",endColumn=")
		s.num(int64(r.behind))
	}
	s.str(",title=")
	s.b = appendProperty(s.b, title)
	s.str("::")
	s.b = append(appendData(s.b, message), '\n')
	w.kept[level] = s.b
}

func (w *github) Close(Total) error {
	for level := lint.Error; level > lint.Off; level-- {
		w.b = append(w.b, w.kept[level]...)
	}
	if w.more > 0 {
		w.str("::notice title=smtplint::")
		w.sink.count(w.more, "more finding")
		w.str(" not shown here: GitHub shows ten annotations of each level\n")
	}
	return w.flush()
}

// appendData escapes the message of a workflow command, as the runner undoes
// it. Of other characters that do something in a log, there are none: the text
// is clean.
func appendData(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '%':
			b = append(b, "%25"...)
		case '\r':
			b = append(b, "%0D"...)
		case '\n':
			b = append(b, "%0A"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendProperty escapes a property of a workflow command. Control characters,
// which no path that can be shown has, are told as escapes.
func appendProperty(b []byte, s string) []byte {
	for _, c := range []byte(text.Clean(s)) {
		switch c {
		case '%':
			b = append(b, "%25"...)
		case ':':
			b = append(b, "%3A"...)
		case ',':
			b = append(b, "%2C"...)
		default:
			b = append(b, c)
		}
	}
	return b
}
