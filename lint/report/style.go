package report

import "github.com/smtplint/smtplint/lint"

// style is the colours of text output; all empty without colour.
type style struct {
	bold, dim, reset string
	severity         [lint.Error + 1]string
}

func styleOf(color bool) style {
	if !color {
		return style{}
	}
	return style{
		bold: "\x1b[1m", dim: "\x1b[2m", reset: "\x1b[0m",
		severity: [...]string{lint.Info: "\x1b[36m", lint.Warning: "\x1b[33m", lint.Error: "\x1b[31m"},
	}
}

func (s *style) of(severity lint.Severity) string { return s.severity[severity] }

// appendLink appends words that lead to an address, if there is one (OSC 8,
// "Hyperlinks in Terminal Emulators").
func appendLink(b []byte, url, words string) []byte {
	if url == "" {
		return append(b, words...)
	}
	b = append(append(append(b, "\x1b]8;;"...), url...), "\x1b\\"...)
	return append(append(b, words...), "\x1b]8;;\x1b\\"...)
}
