package linttest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/lint/text"
)

// A Session is the conversation over one connection, and what was found in it.
// Findings that the settings ignore are only counted.
type Session struct {
	Ends string // the addresses of client and server
	lint.Result
	rows []row
}

// fails reports whether a finding matters enough to fail a test.
func (s Session) fails(from lint.Severity) bool {
	f := lint.File{Result: s.Result, FailOn: from}
	return f.Fails()
}

// Text returns the conversation in plain notation. Passwords are masked, and of
// long runs of lines some are left out.
func (s Session) Text() string {
	var b strings.Builder
	for _, r := range s.rows {
		b.WriteString(r.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// String returns what a test prints that fails: the findings, and the
// conversation with the numbers of its lines, marked where they are.
func (s Session) String() string {
	f := lint.File{Path: "conversation", Result: s.Result}
	f.Findings = slices.Clone(f.Findings)
	for i := range f.Findings {
		f.Findings[i].Session = "" // there is but one
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "smtplint: conversation from %s\n\n", s.Ends)
	report.ByName("full").New(&b, report.Options{Quiet: true}).File(&f)
	width := 2 // as above
	for _, r := range s.rows {
		width = max(width, len(r.number()))
	}
	for _, r := range s.rows {
		fmt.Fprintf(&b, "%*s | %s\n", width, r.number(), text.Clean(r.text))
		for _, d := range f.Findings {
			if r.line > 0 && d.At.Span.Line == r.line {
				fmt.Fprintf(&b, "%*s | ^ %s\n", width, "", d.Rule.ID)
			}
		}
	}
	return b.String()
}

func (r *row) number() string {
	if r.line == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(r.line), 10)
}
