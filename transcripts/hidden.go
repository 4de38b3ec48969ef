package transcripts

import "strings"

// Hidden reports whether something stands in place of the address or a part of
// it, so that nothing can be said about its form: recordings are often made
// anonymous.
func (m *Mailbox) Hidden() bool { return hidden(m.Local) || m.Host.Hidden() }

// Hidden reports whether something stands in place of the name.
func (h *Host) Hidden() bool { return hidden(h.Text) }

func hidden(part string) bool {
	if len(part) < 3 {
		return false
	}
	if strings.Contains(part, "**") || strings.Contains(part, "...") || strings.Contains(part, "…") ||
		strings.Trim(part, "xX.") == "" {
		return true
	}
	switch part[0] {
	case '<', '[', '(':
		return Redacted(part)
	case '{': // a template that was never filled in
		return part[len(part)-1] == '}'
	}
	return strings.EqualFold(part, "redacted") || strings.EqualFold(part, "hidden") || strings.EqualFold(part, "removed")
}
