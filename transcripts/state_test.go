package transcripts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestState follows the state through resets.
func TestState(t *testing.T) {
	const in = `S: 220 mx
C: EHLO me
S: 250-mx
S: 250 STARTTLS
C: STARTTLS
S: 220 go
C: EHLO me
S: 250-mx
S: 250 AUTH PLAIN
C: AUTH PLAIN AGEAYg==
S: 235 ok
C: MAIL FROM:<a@b>
S: 250 ok
C: RCPT TO:<c@d>
S: 250 ok
C: RCPT TO:<e@f>
S: 550 no
C: RSET
S: 250 ok
C: MAIL FROM:<a@b>
S: 250 ok
C: EHLO me
S: 250 mx
C: MAIL FROM:<a@b>
S: 250 ok
C: BURL imap://a@b/1
S: 250 ok
C: BURL imap://a@b/2 last
S: 250 ok
C: QUIT
S: 221 bye
`
	want := []string{
		"connected: hello= secure=unknown auth=false mail=0 rcpt=0/0 offers=false",
		"EHLO: hello= secure=unknown auth=false mail=0 rcpt=0/0 offers=false",
		"STARTTLS: hello=EHLO secure=unknown auth=false mail=0 rcpt=0/0 offers=true",
		"EHLO: hello= secure=yes auth=false mail=0 rcpt=0/0 offers=false",
		"AUTH: hello=EHLO secure=yes auth=false mail=0 rcpt=0/0 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"RCPT: hello=EHLO secure=yes auth=true mail=1 rcpt=0/0 offers=true",
		"RCPT: hello=EHLO secure=yes auth=true mail=1 rcpt=1/0 offers=true",
		"RSET: hello=EHLO secure=yes auth=true mail=1 rcpt=1/1 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"EHLO: hello=EHLO secure=yes auth=true mail=2 rcpt=0/0 offers=true",
		"MAIL: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
		"BURL: hello=EHLO secure=yes auth=true mail=3 rcpt=0/0 offers=true",
		"BURL: hello=EHLO secure=yes auth=true mail=3 rcpt=0/0 offers=true",
		"QUIT: hello=EHLO secure=yes auth=true mail=0 rcpt=0/0 offers=true",
	}
	var got []string
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			name := e.Kind.String()
			if e.Kind == Ordered {
				name = e.Command.Verb.String()
			}
			b := e.Before
			got = append(got, fmt.Sprintf("%s: hello=%v secure=%v auth=%v mail=%d rcpt=%d/%d offers=%v",
				name, b.Hello, b.Secure, b.Authenticated, b.Mail, b.Accepted, b.Refused, b.Offers != nil))
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("states (-want +got):\n%s", d)
	}
}

// TestSecure: whether TLS is on is what the recording says, else what follows
// from a 220 to STARTTLS, else unknown.
func TestSecure(t *testing.T) {
	const start = "C: EHLO me\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n"
	for _, c := range []struct{ name, in, want string }{
		{"nothing is said", "S: 220 mx\nC: QUIT\n", "unknown unknown"},
		{"STARTTLS", start + "C: QUIT\n", "unknown unknown yes(assumed)"},
		{"and a handshake", start + "# TLS established\nC: QUIT\n", "unknown unknown yes"},
		{"off is stated", "# tls: off\n" + start + "C: QUIT\n", "no no no"},
		{"off, then a handshake", "# tls: off\n" + start + "# TLS established\nC: QUIT\n", "no no yes"},
		{"on from the beginning", "# TLS established\nS: 220 mx\nC: QUIT\n", "yes yes"},
		{"X-ANONYMOUSTLS", strings.ReplaceAll(start, "STARTTLS", "X-AnonymousTLS") + "C: EHLO me\nS: 250 mx\n", "unknown unknown yes(assumed)"},
		{"XCLIENT changes nothing", start + "C: XCLIENT NAME=a\nS: 220 mx\nC: QUIT\n", "unknown unknown yes(assumed) yes(assumed)"},
	} {
		for s := range Read(strings.NewReader(c.in), Plain, Hints{}) {
			var got []string
			for i := range s.Exchanges {
				b := s.Exchanges[i].Before
				word := b.Secure.String()
				if b.Assumed {
					word += "(assumed)"
				}
				got = append(got, word)
			}
			if d := cmp.Diff(c.want, strings.Join(got, " ")); d != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, d)
			}
		}
	}
}

func TestTimeOfPeriod(t *testing.T) {
	const in = "10:00:00 C: DATA\n10:00:01 S: 354 go\n10:00:02 C: hi\n10:00:05 C: .\n10:00:06 S: 250 ok\n"
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		b := s.Exchanges[1].Body
		if d, ok := b.At.Sub(s.Exchanges[0].Command.At); !ok || d.Seconds() != 5 {
			t.Errorf("the period came %v after DATA, want 5s", d)
		}
	}
}
