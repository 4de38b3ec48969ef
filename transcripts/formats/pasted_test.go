package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// turns returns what client and server said in a recording, a line each.
func turns(t *testing.T, log string) string {
	t.Helper()
	format := Detect([]byte(log))
	if format == nil {
		t.Fatal("not recognised")
	}
	r := transcripts.Open(strings.NewReader(log))
	defer r.Close()
	var lines []string
	r.Lines(format, transcripts.Hints{}, func(l *transcripts.Line) {
		switch l.From {
		case transcripts.Client:
			lines = append(lines, "C: "+string(l.Text))
		case transcripts.Server:
			lines = append(lines, "S: "+string(l.Text))
		}
	})
	return strings.Join(lines, "\n")
}

// TestPasted is about recordings as people hand them on: copied out of a web
// browser, out of a terminal, with their own words around.
func TestPasted(t *testing.T) {
	for _, c := range []struct{ name, log, want string }{
		{"PHPMailer, shown by a browser", `
2026-11-24 10:00:00 SERVER -> CLIENT: 220 mx.example.org ESMTP
2026-11-24 10:00:00 CLIENT -> SERVER: EHLO client.example.com
2026-11-24 10:00:00 SERVER -> CLIENT: 250-mx.example.org up to 250 messages250-SIZE 35882577250-8BITMIME 250 SMTPUTF8
2026-11-24 10:00:01 CLIENT -> SERVER: MAIL FROM:<a@example.com>
2026-11-24 10:00:01 SERVER -> CLIENT: 535-5.7.8 Not accepted. Learn more at535 5.7.8 https://example.org/
`, `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org up to 250 messages
S: 250-SIZE 35882577
S: 250-8BITMIME
S: 250 SMTPUTF8
C: MAIL FROM:<a@example.com>
S: 535-5.7.8 Not accepted. Learn more at
S: 535 5.7.8 https://example.org/`},
		{"PHPMailer 5, shown by a browser", `
Hello, this is what I get:
SMTP -> FROM SERVER:220 mx.example.org ESMTP
CLIENT -> SMTP: EHLO client.example.com
SMTP -> FROM SERVER: 250-mx.example.org 250-SIZE 35882577 250 8BITMIME
CLIENT -> SMTP: AUTH LOGIN
SMTP -> ERROR: AUTH not accepted from server: 504 5.7.4 Unrecognized
SMTP -> FROM SERVER:250 2.1.0 Ok
Could not authenticate.
`, `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-SIZE 35882577
S: 250 8BITMIME
C: AUTH LOGIN
S: 250 2.1.0 Ok`},
		{"script(1) with Bash's paste mode",
			"Script started on 2026-11-24 10:00:00+00:00\n\x1b[?2004hme@box:~$ php send.php\r\n\x1b[?2004l\r" +
				"2026-11-24 10:00:00\tSERVER -> CLIENT: 220 mx.example.org ESMTP\r\n" +
				"2026-11-24 10:00:00\tCLIENT -> SERVER: QUIT\r\n" +
				"2026-11-24 10:00:00\tSERVER -> CLIENT: 221 2.0.0 Bye\r\n\x1b[?2004hme@box:~$ exit\r\n",
			"\nS: 220 mx.example.org ESMTP\nC: QUIT\nS: 221 2.0.0 Bye"},
		{"Swift Mailer, in an issue", "```\n" + `++ Starting Swift_SmtpTransport
<< 220-mx.example.org
220 ESMTP

>> QUIT

<< 221 2.0.0 Bye
` + "```\nWhat is wrong?\n", "\nS: 220-mx.example.org\nS: 220 ESMTP\nC: QUIT\nS: 221 2.0.0 Bye"},
		{"go-mail in a container", `
app-1  | 2026/11/24 10:00:00 DEBUG: C --> S: EHLO client.example.com
app-1  | 2026/11/24 10:00:00 DEBUG: C <-- S: 250 mx.example.org
app-1  | PIPELINING
app-1  | 8BITMIME
app-1  | 2026/11/24 10:00:00 DEBUG: C --> S: QUIT
`, `
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-PIPELINING
S: 250 8BITMIME
C: QUIT`},
		{"curl's trace in a pod", `
2026-11-24T10:00:00.000000001Z <= Recv header, 32 bytes (0x20)
2026-11-24T10:00:00.000000002Z 0000: 32 32 30 20 6d 78 2e 65 78 61 6d 70 6c 65 2e 6f 220 mx.example.o
2026-11-24T10:00:00.000000003Z 0010: 72 67 20 45 53 4d 54 50 20 72 65 61 64 79 0d 0a rg ESMTP ready..
2026-11-24T10:00:00.000000004Z => Send header, 6 bytes (0x6)
2026-11-24T10:00:00.000000005Z 0000: 51 55 49 54 0d 0a                               QUIT..
`, "\nS: 220 mx.example.org ESMTP ready\nC: QUIT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := turns(t, strings.TrimPrefix(c.log, "\n")); got != c.want[1:] {
				t.Errorf("got\n%s\nwant\n%s", got, c.want[1:])
			}
		})
	}
}
