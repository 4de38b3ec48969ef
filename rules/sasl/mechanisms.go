package sasl

import (
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// A Mechanism is what matters here about one SASL mechanism.
type Mechanism struct {
	Name        string
	ServerFirst bool // the server speaks first: there is no initial response (RFC 4954 §4)
	Readable    bool // whoever sees the exchange has the password or token
	Obsolete    bool
}

var mechanisms = []Mechanism{
	{Name: "CRAM-MD5", ServerFirst: true, Obsolete: true},
	{Name: "DIGEST-MD5", ServerFirst: true, Obsolete: true}, // RFC 6331
	{Name: "EXTERNAL"},
	{Name: "GSSAPI"},
	{Name: "KERBEROS_V4", ServerFirst: true, Obsolete: true},
	{Name: "LOGIN", ServerFirst: true, Readable: true, Obsolete: true}, // draft-murchison-sasl-login
	{Name: "NTLM", Obsolete: true},
	{Name: "OAUTHBEARER", Readable: true},
	{Name: "PLAIN", Readable: true},
	{Name: "XOAUTH2", Readable: true},
}

// Find returns what is known about a mechanism; of others only the name.
func Find(name string) Mechanism {
	for _, m := range mechanisms {
		if m.Name == name {
			return m
		}
	}
	return Mechanism{Name: name}
}

// ValidName reports whether name, in capitals, can be a mechanism (RFC 4422
// §3.1). What a recorder has put in its place cannot.
func ValidName(name string) bool {
	if name == "" || len(name) > 20 || Replaced(name) {
		return false
	}
	for _, c := range name {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// Offered returns the mechanisms that an EHLO reply offers, in capitals, and
// whether it offers AUTH at all. The form "AUTH=LOGIN" from before RFC 2554
// counts.
func Offered(o *transcripts.Offers) (names []string, ok bool) {
	for i := range o.Len() {
		keyword, params := o.Line(i)
		legacy, isLegacy := cutPrefixFold(keyword, "AUTH=")
		if !isLegacy && !strings.EqualFold(keyword, "AUTH") {
			continue
		}
		ok = true
		if names == nil {
			names = make([]string, 0, usual)
		}
		for _, list := range [...]string{legacy, params} {
			for name := range strings.FieldsSeq(list) {
				if len(names) == maxOffered {
					break
				}
				if name = strings.ToUpper(name); !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names, ok
}

const (
	usual      = 8  // mechanisms of a server
	maxOffered = 64 // more than any offers
)

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}
