package formats

import (
	"strings"
	"testing"
)

func TestUnfoldKeywords(t *testing.T) {
	for in, want := range map[string]string{
		"mx.example.net":                        "250 mx.example.net",
		"mx Hello [192.0.2.1] SIZE 10 DSN":      "250-mx Hello [192.0.2.1]|250-SIZE 10|250 DSN",
		"mx AUTH NTLM LOGIN X-EXPS NTLM OK":     "250-mx|250-AUTH NTLM LOGIN|250-X-EXPS NTLM|250 OK",
		"mx PIPELINING XNEW SIZE XOLD":          "250-mx|250-PIPELINING|250-XNEW|250-SIZE|250 XOLD",
		"mx AUTH=LOGIN LIMITS MAILMAX=5 RCPT=9": "250-mx|250-AUTH=LOGIN|250 LIMITS MAILMAX=5 RCPT=9",
		"HELP is near DSN":                      "250-HELP is near|250 DSN",
	} {
		var got []string
		unfoldKeywords(nil, []byte(in), func(line []byte) { got = append(got, string(line)) })
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %s, not %s", in, s, want)
		}
	}
}
