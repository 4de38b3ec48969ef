package hygiene

import (
	"encoding/base64"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// mechanism returns the SASL mechanism of the AUTH exchange that i belongs to,
// in capitals, and which response of the client i carries, from 0. It is ""
// where the AUTH command is not on record.
func mechanism(p *lint.Pass, i int) (name string, step int) {
	for ; i >= 0; i-- {
		e := &p.Exchanges[i]
		switch {
		case e.Kind == transcripts.Answered:
			step++
		case e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.AUTH:
			name, initial, _ := strings.Cut(e.Command.Args, " ")
			if step > 0 && strings.TrimSpace(initial) == "" {
				step--
			}
			return strings.ToUpper(name), step
		default:
			return "", 0
		}
	}
	return "", 0
}

// decoded returns what a response stands for, or "".
func decoded(response string) string {
	b, err := base64.StdEncoding.DecodeString(response)
	if err != nil {
		return ""
	}
	return string(b)
}

// plain takes the message of the PLAIN mechanism apart (RFC 4616 §2).
func plain(message string) (user, password string, ok bool) {
	parts := strings.Split(message, "\x00")
	if len(parts) != 3 {
		return "", "", false
	}
	return parts[1], parts[2], true
}

// published reports whether credentials are ones that specifications and
// manuals print.
func published(user, password string) bool {
	switch strings.ToLower(user) + "/" + password {
	case "test/1234", "tim/tanstaaftanstaaf", "harry/accio":
		return true
	}
	switch strings.ToLower(password) {
	case "pass", "password", "secret", "test", "changeme", "":
		return user == "" || reserved(user)
	}
	return false
}

// reserved reports whether a user name is in a domain that nobody can have
// (RFC 2606), or a placeholder.
func reserved(user string) bool {
	name, domain, found := strings.Cut(strings.ToLower(user), "@")
	if !found {
		return name == "user" || name == "username" || name == "test"
	}
	for _, tld := range []string{"test", "example", "invalid", "localhost", "example.com", "example.net", "example.org"} {
		if domain == tld || strings.HasSuffix(domain, "."+tld) {
			return true
		}
	}
	return false
}
