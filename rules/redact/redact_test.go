package redact_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smtplint/smtplint/rules/redact"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// copied returns the copy of a recording whose notation is recognised.
func copied(t *testing.T, data string, opts redact.Options) string {
	t.Helper()
	f := formats.Detect([]byte(data))
	if f == nil {
		t.Fatalf("not recognised: %.200q", data)
	}
	out, _, err := redact.Copy([]byte(data), f, opts)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return string(out)
}

func in64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

const (
	password = "c0rrect/horse&Battery"
	digest   = "d388dad90d4bbd760a152321f2143afa"
)

// exchanges are AUTH exchanges, and the secrets in them.
var exchanges = []struct{ name, lines, secrets string }{
	{"PLAIN", "C: AUTH PLAIN " + in64("\x00alice\x00"+password) + "\nS: 235 2.7.0 Ok", password},
	{"PLAIN later", "C: AUTH PLAIN\nS: 334\nC: " + in64("\x00alice\x00"+password) + "\nS: 235 2.7.0 Ok", password},
	{"LOGIN", "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: " + in64("alice@corp.example") + "\nS: 334 UGFzc3dvcmQ6\nC: " + in64(password) + "\nS: 535 5.7.8 No", password},
	{"LOGIN in clear", "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: alice\nS: 334 UGFzc3dvcmQ6\nC: " + password + "\nS: 501 5.5.2 No", password},
	{"LOGIN without its beginning", "S: 334 UGFzc3dvcmQ6\nC: " + in64(password) + "\nS: 235 2.7.0 Ok", password},
	{"CRAM-MD5", "C: AUTH CRAM-MD5\nS: 334 " + in64("<1.2@mx.example.org>") + "\nC: " + in64("alice "+digest) + "\nS: 235 2.7.0 Ok", digest},
	{"DIGEST-MD5", "C: AUTH DIGEST-MD5\nS: 334 " + in64(`realm="x",nonce="y",qop="auth"`) + "\nC: " +
		in64(`username="alice",nonce="y",cnonce="z",nc=00000001,qop=auth,response=`+digest+",digest-uri=\"smtp/x\"") + "\nS: 235 2.7.0 Ok", digest},
	{"SCRAM-SHA-256", "C: AUTH SCRAM-SHA-256 " + in64("n,,n=alice,r=abc") + "\nS: 334 " + in64("r=abcdef,s=QSXCR+Q6sek8bf92,i=4096") +
		"\nC: " + in64("c=biws,r=abcdef,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVX=") + "\nS: 235 2.7.0 Ok", "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVX="},
	{"NTLM", "C: AUTH NTLM TlRMTVNTUAABAAAAB4IIAA==\nS: 334 TlRMTVNTUAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQIDBAUGBw==\nC: " +
		in64("NTLMSSP\x00\x03\x00\x00\x00"+strings.Repeat("ab", 40)) + "\nS: 235 2.7.0 Ok", ""},
	{"XOAUTH2", "C: AUTH XOAUTH2 " + in64("user=alice\x01auth=Bearer ya29."+digest+"\x01\x01") + "\nS: 235 2.7.0 Ok", "ya29." + digest},
	{"OAUTHBEARER", "C: AUTH OAUTHBEARER " + in64("n,a=alice,\x01host=mx\x01auth=Bearer "+digest+"\x01\x01") + "\nS: 235 2.7.0 Ok", digest},
	{"BURL", "C: BURL imap://alice@mx.example.org/Drafts;uid=1;urlauth=submit+alice:internal:" + digest + " LAST\nS: 250 2.5.0 Ok", digest},
	{"PASS", "C: USER alice\nS: 500 5.5.2 What\nC: PASS " + password + "\nS: 500 5.5.2 What", password},
	{"a header field", "C: MAIL FROM:<a@example.com>\nS: 250 Ok\nC: RCPT TO:<b@example.com>\nS: 250 Ok\nC: DATA\nS: 354 Go on\n" +
		"C: Authorization: Bearer " + digest + "\nC:\nC: .\nS: 250 2.0.0 Ok", digest},
}

// spellings are how a recorder may write a secret in its own words.
func spellings(secret string) []string {
	return []string{
		secret, in64(secret), fmt.Sprintf("%q", secret), strings.NewReplacer("&", "&amp;", "/", "&#x2F;").Replace(secret),
		"'\\x00alice\\x00" + secret + "'", `\000alice\000` + secret, "[0x00]" + secret + "]", hex.EncodeToString([]byte("\x00alice\x00" + secret)),
	}
}

// TestSecrets: no secret of any mechanism is left, neither where it was sent nor
// where the recorder repeats it.
func TestSecrets(t *testing.T) {
	for _, e := range exchanges {
		t.Run(e.name, func(t *testing.T) {
			recording := "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n" + e.lines + "\n"
			var written []string
			if e.secrets != "" {
				written = spellings(e.secrets)
				recording += "S: 250 you said " + e.secrets + "\n"
			}
			for word := range strings.FieldsSeq(e.lines) {
				if b, err := base64.StdEncoding.DecodeString(word); err == nil && len(word) > 24 && !strings.Contains(e.lines, "334 "+word) &&
					bytes.Contains(b, []byte(e.secrets)) {
					written = append(written, spellings(word)...)
					written = append(written, word[:20]+"...") // cut off
				}
			}
			for _, s := range written {
				recording += "# it says: " + s + "\n"
			}
			out := copied(t, recording, redact.Options{})
			for _, s := range written {
				if strings.Contains(out, s) {
					t.Errorf("left in the copy: %s\n%s", s, out)
				}
			}
			if strings.Contains(out, password) || strings.Contains(out, digest) {
				t.Errorf("a secret is left:\n%s", out)
			}
			if got, want := strings.Count(out, "\n"), strings.Count(recording, "\n"); got != want {
				t.Errorf("%d lines, want %d", got, want)
			}
			if !strings.Contains(out, "****") {
				t.Errorf("nothing is masked:\n%s", out)
			}
			if again := copied(t, out, redact.Options{}); again != out {
				t.Errorf("a copy of the copy differs:\n%s", again)
			}
		})
	}
}

// TestOtherNotations: what is masked stands behind escapes, in rows of digits,
// and on several lines.
func TestOtherNotations(t *testing.T) {
	token := in64("\x00alice\x00" + password)
	for name, c := range map[string]struct{ in, want string }{
		"strace": {
			`socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
read(3, "220 mx.example.org ESMTP\r\n", 4096) = 26
write(3, "EHLO client.example.com\r\n", 25) = 25
read(3, "250 mx.example.org\r\n", 4096) = 20
write(3, "AUTH PLAIN ", 11) = 11
write(3, "` + token + `\r\n", 42) = 42
read(3, "235 2.7.0 Ok\r\n", 4096) = 14
`, `write(3, "` + strings.Repeat("*", len(token)) + `\r\n", 42) = 42`},
		"dump": {
			"< 00000000 32 32 30 20 6d 78 2e 65 78 61 6d 70 6c 65 0d 0a # 220 mx.example..\n" +
				"> 00000000 41 55 54 48 20 50 4c 41 49 4e 20 41 47 46 73 61 # AUTH PLAIN AGFsa\n" +
				"> 00000010 57 4e 6c 41 47 68 76 63 6e 4e 6c 0d 0a          # WNlAGhvcnNl..\n" +
				"< 00000010 32 33 35 20 32 2e 37 2e 30 20 4f 6b 0d 0a       # 235 2.7.0 Ok..\n",
			"> 00000000 41 55 54 48 20 50 4c 41 49 4e 20 2a 2a 2a 2a 2a # AUTH PLAIN *****\n" +
				"> 00000010 2a 2a 2a 2a 2a 2a 2a 2a 2a 2a 2a 0d 0a          # ***********..\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := copied(t, c.in, redact.Options{}); !strings.Contains(got, c.want) {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// TestUntouched: where there is nothing to mask, a copy is the recording.
func TestUntouched(t *testing.T) {
	paths, _ := filepath.Glob("../../transcripts/formats/testdata/*.log")
	same := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := formats.Detect(data[:min(len(data), transcripts.HeadLength)])
		if f == nil {
			continue
		}
		out, masked, err := redact.Copy(data, f, redact.Options{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if masked.Credentials == 0 && !bytes.Equal(out, data) {
			t.Errorf("%s: nothing is masked, and the copy differs", path)
		} else if bytes.Equal(out, data) {
			same++
		}
	}
	if same < 100 {
		t.Errorf("only %d recordings stay as they are", same)
	}
}

// TestWordsStay: a password that is an ordinary word is masked where it was sent
// and where the recorder says it, not where it means something else.
func TestWordsStay(t *testing.T) {
	out := copied(t, `S: 220 mx.example.org ESMTP
C: AUTH PLAIN `+in64("\x00alice\x00secret")+`
# password: secret
S: 235 2.7.0 secret is right
C: MAIL FROM:<secret@example.com>
S: 250 2.1.0 Ok
`, redact.Options{})
	for _, want := range []string{"# password: ******\n", "S: 235 2.7.0 secret is right\n", "<secret@example.com>"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

// TestTold: what a recorder calls a password is one, wherever else it stands.
func TestTold(t *testing.T) {
	out := copied(t, `# the default user is alice, with password hunter22
# login (user alice, password hunter22)
# host=mx, password=hunter23, port=25
# Password: "hunter24" and more
# smtps://alice%40example.com:hunter26@mx.example.org:465/ and https://mx.example.org:8080/a@b
# SASL: Password verification failed
# seeking password data for user "alice"
# password = (not set), password=<non-null>
S: 220 mx.example.org ESMTP password=hunter25
C: NOOP hunter23-is-not-it
S: 250 2.0.0 Ok
`, redact.Options{})
	const want = `# the default user is alice, with password ********
# login (user alice, password ********)
# host=mx, password=********, port=25
# Password: "********" and more
# smtps://alice%40example.com:********@mx.example.org:465/ and https://mx.example.org:8080/a@b
# SASL: Password verification failed
# seeking password data for user "alice"
# password = (not set), password=<non-null>
S: 220 mx.example.org ESMTP password=hunter25
C: NOOP ********-is-not-it
S: 250 2.0.0 Ok
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestAddresses(t *testing.T) {
	out := copied(t, `# 8.8.8.8 connects, that is dns.google.com
S: 220 mx.bigcorp.com ESMTP
C: EHLO laptop.sub.bigcorp.com
S: 250-mx.bigcorp.com Hello [8.8.8.8]
S: 250 SIZE 1000
C: MAIL FROM:<Jane.Doe+tag@bigcorp.com> SIZE=1000
S: 250 2.1.0 <jane.doe+tag@BigCorp.com> Ok
C: RCPT TO:<jane.doe@qq.cn> ORCPT=rfc822;jane.doe+2Btag@qq.cn
S: 250 2.1.5 Ok
C: RCPT TO:<postmaster@bigcorp.com>
S: 250 2.1.5 Ok
C: RCPT TO:<"jane doe"@bigcorp.com>
S: 250 2.1.5 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
# IPv6:2001:4860:4860::8888 and 2001:4860:4860::8844 and 10.1.2.3
`, redact.Options{Addresses: true})
	const want = `# 0.0.0.1 connects, that is dns.google.com
S: 220 aa.aaa.example ESMTP
C: EHLO aaaaaa.aaa.aaa.example
S: 250-aa.aaa.example Hello [0.0.0.1]
S: 250 SIZE 1000
C: MAIL FROM:<Aaaa.Aab+aac@aaa.example> SIZE=1000
S: 250 2.1.0 <aaaa.aab+aac@Aaa.example> Ok
C: RCPT TO:<aaaa.aab@aa.zz> ORCPT=rfc822;aaaa.aab+2Baac@aa.zz
S: 250 2.1.5 Ok
C: RCPT TO:<postmaster@aaa.example>
S: 250 2.1.5 Ok
C: RCPT TO:<"aaaa aab"@aaa.example>
S: 250 2.1.5 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
# IPv6:3fff:0000:0000::0001 and 3fff:0000:0000::0002 and 10.1.2.3
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestContent(t *testing.T) {
	const envelope = "S: 220 mx\nC: MAIL FROM:<a@example.com>\nS: 250 Ok\nC: RCPT TO:<b@example.com>\nS: 250 Ok\n"
	out := copied(t, envelope+`C: DATA
S: 354 Go on
C: Subject: Salary of Jane
C:  continued: here
C: Content-Type: text/plain; charset=utf-8
C:
C: Dear Jane,
C: ..dots, café and 1234
C: .
S: 250 2.0.0 Ok
# stored: "Dear Jane,\r\n.dots, café and 1234\r\n"
C: RSET
S: 250 2.0.0 Ok
`, redact.Options{Content: true})
	const want = envelope + `C: DATA
S: 354 Go on
C: Subject: xxxxxx xx xxxx
C:  Xxxxxxxxx: xxxx
C: Content-Type: text/plain; charset=utf-8
C:
C: xxxx xxxx,
C: ..xxxx, xxxé xxx 0000
C: .
S: 250 2.0.0 Ok
# stored: "xxxx xxxx,\r\n.xxxx, xxxé xxx 0000\r\n"
C: RSET
S: 250 2.0.0 Ok
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

// TestNoCopy: what cannot be masked is said, with its line.
func TestNoCopy(t *testing.T) {
	if _, _, err := redact.Copy(nil, &transcripts.Format{Name: "capture", Read: func(io.Reader, transcripts.Hints, transcripts.Sink) error { return nil }}, redact.Options{}); err == nil {
		t.Error("there is a copy of a capture")
	}
}

func FuzzCopy(f *testing.F) {
	paths, _ := filepath.Glob("../../transcripts/formats/testdata/*.log")
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil && len(data) < 8<<10 {
			f.Add(data, true, true)
			f.Add(data, false, false)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, addresses, content bool) {
		format := formats.Detect(data[:min(len(data), transcripts.HeadLength)])
		if format == nil || format.Read != nil {
			return
		}
		out, _, err := redact.Copy(data, format, redact.Options{Addresses: addresses, Content: content})
		if err == nil && bytes.Count(out, []byte{'\n'}) != bytes.Count(data, []byte{'\n'}) {
			t.Errorf("another number of lines:\n%q\n%q", data, out)
		}
	})
}

// TestHostile: what is made to be hard to mask takes no longer than it may.
func TestHostile(t *testing.T) {
	const start = "S: 220 mx\nC: MAIL FROM:<a@example.com>\nS: 250 Ok\nC: RCPT TO:<b@example.com>\nS: 250 Ok\nC: DATA\nS: 354 Go on\n"
	const end = "C: .\nS: 250 Ok\n"
	var logins strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&logins, "C: AUTH XOAUTH2 %s\nS: 235 2.7.0 Ok\n# auth=Bearer token%d\n", in64(fmt.Sprintf("user=u\x01auth=Bearer token%d\x01\x01", i)), i)
	}
	for name, data := range map[string]string{
		"escapes that are all alike": start + "C~ \"" + strings.Repeat(`\x61\x09`, 20_000) + "\"\n" + end,
		"lines that begin alike":     start + strings.Repeat("C: "+strings.Repeat("a", 100)+"\n", 5000) + end + "# " + strings.Repeat("a", 200_000) + "\n",
		"one word over and over":     start + "C: a\n" + end + "# " + strings.Repeat("a\n", 100_000),
		"tokens that begin alike":    "S: 220 mx\n" + logins.String(),
	} {
		began := time.Now()
		_, _, err := redact.Copy([]byte(data), transcripts.Plain, redact.Options{Addresses: true, Content: true})
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s: took %v", name, took)
		} else {
			t.Logf("%s: %v, %v", name, took.Round(time.Millisecond), err)
		}
	}
}
