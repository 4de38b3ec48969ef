package transcripts

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestSecret(t *testing.T) {
	for _, c := range []struct{ line, secret string }{
		{"AUTH PLAIN AGEAYg==", "AGEAYg=="},
		{"auth plain AGEA Yg==", "AGEA Yg=="},
		{"AUTH PLAIN ****", ""},
		{"AUTH PLAIN =", ""},
		{"AUTH LOGIN", ""},
		{"AUTH PLAIN AC8qIHNlY3JldCAqLw==", ""}, // "/* secret */"
		{"BURL imap://a@example.com/Drafts;uid=1;urlauth=submit+a:internal:91354a47 LAST", "91354a47"},
		{"BURL imap://a@example.com/Drafts;uid=1;urlauth=submit+a:internal:**** LAST", ""},
		{"BURL imap://a@example.com/Drafts;uid=1;urlauth=anonymous", ""},
		{"BURL imap://a@example.com/Drafts;uid=1 LAST", ""},
		{"PASS hunter2", "hunter2"},
		{"PASS ****", ""},
		{"PASSWORD hunter2", ""},
		{"b'AUTH PLAIN AGFsaWNlAHNlY3JldA=='", "AGFsaWNlAHNlY3JldA=="},
		{"> AUTH PLAIN AGFsaWNlAHNlY3JldA==", "AGFsaWNlAHNlY3JldA=="},
		{"> AUTH PLAIN AC8qIHNlY3JldCAqLw==", ""}, // "/* secret */"
		{"THE AUTH command is AUTH PLAIN", ""},
		{"MAIL FROM:<PASS@example.com>", ""},
	} {
		for s := range Read(strings.NewReader("# excerpt\nC: "+c.line+"\nS: 500 no\n"), Plain, Hints{}) {
			e := &s.Exchanges[0]
			if got := e.Secret(); got != c.secret {
				t.Errorf("%s: secret %q, want %q", c.line, got, c.secret)
			}
			want := c.line
			if c.secret != "" {
				want = strings.Replace(c.line, c.secret, Mask, 1)
			}
			if got := e.Shown(); got != want {
				t.Errorf("%s: shown as %q, want %q", c.line, got, want)
			}
		}
	}
}

// What a recorder writes for a credential is found behind user names of any length.
func TestRedactedInBase64(t *testing.T) {
	for _, what := range []string{"/* secret */", "PROVIDED_BUT_REMOVED"} {
		for _, user := range []string{"", "a", "al", "ali", "alic", "alice"} {
			token := base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + what))
			if !Redacted(token) {
				t.Errorf("%s for user %q is taken for a credential", token, user)
			}
			token = base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + what[3:]))
			if Redacted(token) {
				t.Errorf("%s for user %q is taken for a placeholder", token, user)
			}
		}
	}
}

func TestBearerToken(t *testing.T) {
	for line, want := range map[string]string{
		"Authorization: Bearer abc":   "abc",
		"authorization:  bearer  abc": "abc",
		"Authorization: Bearer ****":  "",
		"Authorization: Basic abc":    "",
		"Authorization: Bearer":       "",
		"X-Authorization: Bearer abc": "",
		"Authorization:":              "",
	} {
		if got := BearerToken(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestConceal: what is written in the plain notation has no secrets in it, and
// loses nothing else.
func TestConceal(t *testing.T) {
	const in = `C: AUTH LOGIN
S: 334 VXNlcm5hbWU6
C: c2VjcmV0MQ==
S: 334 UGFzc3dvcmQ6
C: c2VjcmV0Mg==
# sent c2VjcmV0Mg==, which is secret2
S: 235 2.7.0 Welcome with secret2
C: USER a
S: 500 no
C: PASS secret3
S: 500 no
C: BURL imap://a/1;urlauth=a:internal:secret4 LAST
S: 250 ok
C: DATA
S: 354 go
C: authorization: bearer secret5
C: PASS the salt
C: .
S: 250 ok
`
	var out strings.Builder
	r := Open(strings.NewReader(in))
	defer r.Close()
	w := NewPlainWriter(&out, Plain, false)
	if err := r.Lines(Plain, Hints{}, w.Line); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	if strings.Contains(out.String(), "secret") || strings.Contains(out.String(), "c2VjcmV0") {
		t.Errorf("a secret is shown:\n%s", out.String())
	}
	if n := strings.Count(out.String(), Mask); n != 8 {
		t.Errorf("%d masks, want 8:\n%s", n, out.String())
	}
	if !strings.Contains(out.String(), "PASS the salt") {
		t.Errorf("text is masked:\n%s", out.String())
	}
}

func TestExcerptsHaveNoTokens(t *testing.T) {
	text := "C: DATA\nS: 354 go\nC: Authorization: Bearer " + strings.Repeat("k3y", 400) + "\nC: .\nS: 250 ok\n"
	for s := range Read(strings.NewReader(text), Plain, Hints{}) {
		b := s.Exchanges[1].Body
		if strings.Contains(b.First, "k3y") || strings.Contains(b.Mark(LongLine).Excerpt, "k3y") {
			t.Errorf("a token is kept: %q, %q", b.First, b.Mark(LongLine).Excerpt)
		}
	}
}
