package report

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// appendSaid appends what a finding says, for formats that have one field for
// it: where in a capture it is, the message, and how sure it is.
func appendSaid(b []byte, d *lint.Diagnostic) []byte {
	return appendMessage(appendPacket(b, d.At.Span), d)
}

// appendMessage appends the message, and how sure it is.
func appendMessage(b []byte, d *lint.Diagnostic) []byte {
	b = text.AppendClean(b, d.Message)
	if d.Confidence != lint.Certain {
		b = append(append(append(b, " ("...), d.Confidence.String()...), ')')
	}
	return b
}

func said(d *lint.Diagnostic) string { return string(appendSaid(nil, d)) }

// unread is what stands in place of a rule where an input could not be read,
// or not to its end.
const unread = "unreadable-recording"

// paths lists the files that a recording consists of.
func paths(f *lint.File) []string {
	if f.Replies != "" {
		return []string{f.Path, f.Replies}
	}
	return []string{f.Path}
}
