package hygiene

import "strings"

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
