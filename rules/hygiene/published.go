package hygiene

import (
	"strings"

	"github.com/smtplint/smtplint/rules/private"
)

// published reports whether credentials are ones that specifications and
// manuals print.
func published(user, password string) bool {
	switch strings.ToLower(user) + "/" + password {
	case "test/1234", "tim/tanstaaftanstaaf", "harry/accio":
		return true
	}
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(password)) {
	case "pass", "password", "secret", "test", "changeme", "yourpassword", "mypassword", "testpass", "testpassword", "":
		return user == "" || reserved(user)
	}
	return false
}

// reserved reports whether a user name is in a domain that nobody can have
// (RFC 2606), or a placeholder.
func reserved(user string) bool {
	name, domain, found := strings.Cut(strings.ToLower(user), "@")
	if !found {
		return name == "user" || name == "username" || name == "test" || name == "testuser"
	}
	return !private.RealDomain(domain)
}

// publishedToken reports whether a token is one that specifications and manuals
// print: RFC 7628 §4.1, RFC 4468 §3.5, or a word for one.
func publishedToken(token string) bool {
	switch token {
	case "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", "91354a473744909de610943775f92038":
		return true
	}
	low := strings.ToLower(token)
	return strings.Contains(low, "example") || strings.Contains(low, "token") || strings.HasPrefix(low, "<") || low == "secret" || low == "test"
}

// publishedResponse reports whether a decoded response is one that RFCs print:
// RFC 2195 §2, RFC 4954 §4.1, RFC 2831 §4, RFC 5802 §5, RFC 7677 §3.
func publishedResponse(message string) bool {
	for _, proof := range [...]string{
		"b913a602c7eda7a495b4e6e7334d3890", "9e95aee09c40af2b84a0c2b3bbae786e", "d388dad90d4bbd760a152321f2143af7",
		"v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
	} {
		if strings.Contains(message, proof) {
			return true
		}
	}
	return false
}
