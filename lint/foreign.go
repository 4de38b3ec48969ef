package lint

import "strings"

// ForeignProtocol names the protocol that a line which is no SMTP command belongs to,
// or returns "".
func ForeignProtocol(line string) string {
	word, rest, _ := strings.Cut(strings.TrimRight(line, " \t"), " ")
	switch word {
	case "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE", "CONNECT", "PATCH", "TRACE":
		if strings.Contains(rest, "HTTP/") || strings.HasPrefix(rest, "/") {
			return "HTTP"
		}
	case "INVITE", "REGISTER":
		if strings.HasPrefix(rest, "sip:") || strings.Contains(rest, "SIP/") {
			return "SIP"
		}
	case "USER", "user":
		if rest != "" && !strings.Contains(rest, " ") {
			return "POP or FTP"
		}
	}
	switch {
	case strings.HasPrefix(word, "HTTP/"):
		return "HTTP"
	case strings.HasPrefix(word, "SSH-"):
		return "SSH"
	case len(word) > 1 && word[0] == '*' && strings.Trim(word[1:], "0123456789") == "" && rest == "":
		return "Redis"
	}
	return ""
}
