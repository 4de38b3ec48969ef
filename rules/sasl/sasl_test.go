package sasl

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

const recorded = `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-AUTH=LOGIN PLAIN
S: 250 auth plain CRAM-MD5
C: auth plain =
S: 334
C: *
S: 501 5.7.0 Cancelled
C: AUTH LOGIN
S: 334 VXNlcm5hbWU6
C: YWxpY2U=
S: 334 UGFzc3dvcmQ6
C: ****
S: 235 2.7.0 Welcome
C: QUIT
S: 221 2.0.0 Bye
`

func TestAttempts(t *testing.T) {
	for s := range transcripts.Read(strings.NewReader(recorded), transcripts.Plain, transcripts.Hints{}) {
		for _, c := range []struct {
			at, step int
			name     string
		}{{2, 0, "PLAIN"}, {3, 1, "PLAIN"}, {4, 0, "LOGIN"}, {5, 0, "LOGIN"}, {6, 1, "LOGIN"}, {7, 0, ""}} {
			if name, step := At(s, c.at); name != c.name || step != c.step {
				t.Errorf("exchange %d: %q, step %d, want %q, %d", c.at, name, step, c.name, c.step)
			}
		}
		if a := AttemptAt(s, 2); a.To != 3 || a.Sent(s) || a.Final(s).Code != 501 {
			t.Errorf("a cancelled attempt: %+v", a)
		}
		if a := AttemptAt(s, 4); a.To != 6 || !a.Sent(s) || a.Final(s).Code != 235 {
			t.Errorf("a whole attempt: %+v", a)
		}
		names, ok := Offered(s.Exchanges[2].Before.Offers)
		if !ok || !slices.Equal(names, []string{"LOGIN", "PLAIN", "CRAM-MD5"}) {
			t.Errorf("offered: %q", names)
		}
		if _, ok := Offered(s.Exchanges[1].Before.Offers); ok {
			t.Error("AUTH was offered before EHLO")
		}
	}
}

func TestDecode(t *testing.T) {
	for text, want := range map[string]bool{
		"":          true,
		"YWxpY2U=":  true,
		"YWxp Y2U=": true,  // wrapped by a listing
		"YWxpY2U":   false, // no padding
		"YWxpY2V=":  true,  // bits that nobody reads
		"YW_pY2U=":  false, // another alphabet
		"alice@x":   false,
	} {
		if _, ok := Decode(text); ok != want {
			t.Errorf("%q is base64: %v", text, ok)
		}
	}
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"SCRAM-SHA-256": true, "": false, "****": false, "[CREDENTIALS": false, "XXXX": false,
		"AHVZZXIACGFZCW==": false, "SCRAM-SHA-512-PLUS-PLUS": false,
	} {
		if ValidName(name) != want {
			t.Errorf("%q is a mechanism: %v", name, !want)
		}
	}
}

func TestChallenge(t *testing.T) {
	for s := range transcripts.Read(strings.NewReader(recorded), transcripts.Plain, transcripts.Hints{}) {
		for i, want := range map[int]string{0: "", 2: "", 3: "", 5: "Username:", 6: "Password:"} {
			if got, ok := Challenge(s, i); got != want || ok != (i == 3 || want != "") {
				t.Errorf("exchange %d answers %q, %v, want %q", i, got, ok, want)
			}
		}
	}
}

func TestBearer(t *testing.T) {
	for message, want := range map[string]string{
		"user=a@example.com\x01auth=Bearer abc\x01\x01":                        "abc",
		"n,a=a@example.com,\x01host=mx\x01port=587\x01auth=bearer abc\x01\x01": "abc",
		"user=a\x01auth=Basic abc\x01\x01":                                     "",
		"user=a\x01\x01":                                                       "",
		"":                                                                     "",
	} {
		token, ok := Bearer(message)
		if !ok {
			token = ""
		}
		if token != want {
			t.Errorf("%q: %q, want %q", message, token, want)
		}
	}
}
