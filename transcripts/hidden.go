package transcripts

import "strings"

// Hidden reports whether something stands in place of the address or a part of
// it, so that nothing can be said about its form: recordings are often made
// anonymous.
func (m *Mailbox) Hidden() bool { return hidden(m.Local) || m.Host.Hidden() }

// Hidden reports whether something stands in place of the name.
func (h *Host) Hidden() bool { return hidden(h.Text) }

func hidden(part string) bool {
	if part != "" && strings.Trim(part, "*#\u2022\u25cf\u2588") == "" {
		return true
	}
	if len(part) < 3 {
		return false
	}
	for _, mark := range writtenOver {
		if strings.Contains(part, mark) {
			return true
		}
	}
	if strings.Trim(part, "xX.") == "" {
		return true
	}
	switch part[0] {
	case '<', '[', '(':
		return Redacted(part) || numbersHidden(part[1:]) || standIn(part[1:])
	case '{': // a template that was never filled in
		return part[len(part)-1] == '}'
	case '%':
		return part[len(part)-1] == '%'
	case '$':
		return strings.Trim(part[1:], "{}_ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	}
	return strings.EqualFold(part, "redacted") || strings.EqualFold(part, "hidden") || strings.EqualFold(part, "removed")
}

// writtenOver is what shows that an address is not as it was: parts are left
// out, it is written so that collectors of addresses miss it, a mail program has
// made a link of it, or it is spelt as in the source of a web page.
var writtenOver = [...]string{
	"**", "...", "\u2026", "\u2588\u2588", "\u2022\u2022",
	"(at)", "[at]", " at ", "(dot)", "[dot]", " dot ",
	"<mailto:", "](mailto:", "&lt;", "&gt;",
}

// numbersHidden reports whether an IP address has other characters in place of
// digits: "192.168.x.x]".
func numbersHidden(inside string) bool {
	digits := strings.TrimRight(inside, "])>")
	return strings.ContainsAny(digits, "xX*#") && strings.Trim(digits, "0123456789.:xX*#") == ""
}

// standIn reports whether words only say what stood there: "my hostname]".
// A single name that a host may have is none.
func standIn(inside string) bool {
	named := false
	for word := range strings.FieldsFuncSeq(strings.ToLower(inside), func(c rune) bool { return c < 'a' || c > 'z' }) {
		switch word {
		case "address", "addr", "domain", "email", "fqdn", "host", "hostname", "ip":
			named = true
		case "a", "client", "external", "internal", "ipv", "local", "mail", "my", "name", "of", "private", "protected", "public",
			"recipient", "remote", "sender", "server", "smtp", "the", "user", "your":
		default:
			return false
		}
	}
	return named
}
