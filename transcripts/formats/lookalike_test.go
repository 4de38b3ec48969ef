package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestLookAlikes holds apart notations that share their marks.
func TestLookAlikes(t *testing.T) {
	const (
		cs       = "S: 220 mx ESMTP\nC: EHLO me\nS: 250-mx\nS: 250 SIZE\nC: MAIL FROM:<a@b>\nS: 250 ok\n"
		arrows   = "< 220 mx ESMTP\n> EHLO me\n< 250-mx\n< 250 SIZE\n> QUIT\n< 221 bye\n"
		halfCRs  = "< 220 mx ESMTP\r\n> EHLO me\n< 250-mx\r\n< 250 SIZE\r\n> QUIT\n< 221 bye\r\n"
		loneMark = "< 220 mx ESMTP\r\n> EHLO me\r\n< 250-mx\r\n250 SIZE\r\n> QUIT\r\n< 221 bye\r\n"
	)
	timed := func(s string) string {
		const at = "[2024-01-01T10:00:00+00:00] "
		return at + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+at)
	}
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	for _, c := range []struct{ name, recording, want string }{
		{"a listing", cs, "plain"},
		{"a listing with CRLF", crlf(cs), "plain"},
		{"a listing after a comment that names a server", "# Connected to smtp://mx\n" + cs, "plain"},
		{"MailKit opens with the address", "Connected to smtp://mx:25/\n" + cs, "mailkit"},
		{"Horde opens with the address, too", ">> Connection to: smtp://mx:25\n" + cs, "horde"},
		{"libesmtp marks the first line of a reply", strings.Replace(crlf(cs), "S: 250 SIZE", "250 SIZE", 1), "libesmtp"},
		{"a wrapped listing without CRs", strings.Replace(cs, "S: 250 SIZE", "250 SIZE", 1), "plain"},
		{"Symfony keeps the CR of replies", halfCRs, "symfony"},
		{"and writes a time before each line", timed(halfCRs), "symfony"},
		{"Commons Net marks the first line of a reply", loneMark, "commons-net"},
		{"curl has lines of its own", "* Connected to mx (192.0.2.1) port 25\n" + halfCRs, "curl"},
		{"also where a mark got lost", "* Connected to mx (192.0.2.1) port 25\n" + loneMark, "curl"},
		{"arrows alone are nobody's", arrows, "plain"},
		{"and those of a server, too", strings.NewReplacer("<", ">", ">", "<").Replace(arrows), "plain"},
		{"arrows may be longer", strings.NewReplacer("<", "<---", ">", "--->").Replace(arrows), "plain"},
		{"msmtp's point the way of a client", strings.NewReplacer("<", "<--", ">", "-->").Replace(arrows), "msmtp"},
		{"not that of a server", strings.NewReplacer("<", "-->", ">", "<--").Replace(arrows), "plain"},
		{"arrows that point one way only quote", "> 220 mx ESMTP\n> EHLO me\n> 250-mx\n> 250 SIZE\n> QUIT\n> 221 bye\n", "bare"},
		{"arrows before something else", "> a quoted line\n< and another\n> third\n", ""},
		{"Ruby's arrows point the other way", "-> \"220 mx\\r\\n\"\n<- \"QUIT\\r\\n\"\n", "ruby"},
		{"Ruby's HTTP has them, too", "<- \"GET / HTTP/1.1\\r\\n\"\n-> \"HTTP/1.1 200 OK\\r\\n\"\n", ""},
		{"nmh and curl's traces have an arrow in common", "=> Send header, 6 bytes (0x6)\n<= Recv header, 5 bytes (0x5)\n", "curl-trace"},
		{"Thunderbird's logger and Mailutils mark alike", "mailnews.smtp: S: 220 mx\nmailnews.smtp: C: EHLO me\n", ""},
	} {
		got := ""
		if f := detected([]byte(c.recording)); f != nil {
			got = f.Name
		}
		if got != c.want {
			t.Errorf("%s: read as %q, not %q", c.name, got, c.want)
		}
	}
}

// said reads lines in a format and writes them as plain notation, without the
// heading.
func said(t *testing.T, f *transcripts.Format, recording string) string {
	t.Helper()
	_, text, _ := strings.Cut(string(plain(t, []byte(recording), f)), "\n")
	return text
}

// TestPieces reads what notations put together or take apart.
func TestPieces(t *testing.T) {
	const glob = "Net::SMTP=GLOB(0x5)"
	for _, c := range []struct {
		name            string
		format          *transcripts.Format
		recording, want string
	}{
		{
			"a line of content that PEAR cut between two pieces", pear,
			"DEBUG: Send: DATA\r\n\nDEBUG: Recv: 354 go\nDEBUG: Send: one\r\ntw\nDEBUG: Send: o\r\nDEBUG: Recv: 250 text\r\n\nDEBUG: Send: .\r\n\n",
			"C= \"DATA\\r\\n\"\nS: 354 go\nC= \"one\\r\\n\"\nC= \"two\\r\\n\"\nC= \"DEBUG: Recv: 250 text\\r\\n\"\nC= \".\\r\\n\"\n",
		},
		{
			"a bare line feed in PEAR's content", pear,
			"DEBUG: Send: DATA\r\n\nDEBUG: Recv: 354 go\nDEBUG: Send: one\r\ntwo\nthree\r\n\nDEBUG: Send: .\r\n\n",
			"C= \"DATA\\r\\n\"\nS: 354 go\nC= \"one\\r\\n\"\nC= \"two\\n\"\nC= \"three\\r\\n\"\nC= \".\\r\\n\"\n",
		},
		{
			"PEAR's content after an editor took the CRs", pear,
			"DEBUG: Send: DATA\n\nDEBUG: Recv: 354 go\nDEBUG: Send: one\n\ntwo\n\nDEBUG: Send: .\n\n",
			"C: DATA\nS: 354 go\nC: one\nC: \nC: two\nC: .\n",
		},
		{
			"Horde's BDAT: the newline behind the octets is the recorder's", horde,
			"C: BDAT 7\nC: one\r\nab\nS: 250 ok\nC: BDAT 5 LAST\nC: two\r\n\nS: 250 ok\n",
			"C: BDAT 7\nC= \"one\\r\\n\"\nC: ab\nS: 250 ok\nC: BDAT 5 LAST\nC= \"two\\r\\n\"\nS: 250 ok\n",
		},
		{
			"Horde's content that looks like marks", horde,
			"C: DATA\nS: 354 go\nC: one\r\nS: 250 text\r\nC: .\r\nlast\nC: .\nS: 250 ok\n",
			"C: DATA\nS: 354 go\nC= \"one\\r\\n\"\nC= \"S: 250 text\\r\\n\"\nC= \"C: .\\r\\n\"\nC= \"last\\r\\n\"\nC: .\nS: 250 ok\n",
		},
		{
			"periods in content that is not stuffed, and the end of it", perl,
			glob + "<<< 354 go\n" + glob + ">>> .\n" + glob + ">>> QUIT\n" + glob + ">>> .\n" + glob + "<<< 250 ok\n" + glob + ">>> QUIT\r\n",
			"@5 S: 354 go\n@5 C: ..\n@5 C: QUIT\n@5 # [content left out]\n@5 C: .\n@5 S: 250 ok\n@5 C= \"QUIT\\r\\n\"\n",
		},
		{
			"a chunk that ends between CR and LF", socat,
			"> 2026/11/23 14:24:37.000000001  length=8 from=0 to=7\nBDAT 4\\r\n> 2026/11/23 14:24:37.000000002  length=4 from=8 to=11\nabc\\r" +
				"< 2026/11/23 14:24:37.000000003  length=8 from=0 to=7\n250 ok\\r\n> 2026/11/23 14:24:37.000000004  length=17 from=12 to=28\n" +
				"BDAT 4 LAST\\r\n\ny\\r\n< 2026/11/23 14:24:37.000000005  length=8 from=8 to=15\n250 ok\\r\n",
			"@1 # [fact] proves: Opening Closing Unbroken Order Bodies Stuffing LineEnds CommandEnds ReplyEnds Secrets Clock Reaction\n" +
				"@1 2026-11-23T14:24:37.000001Z C= \"BDAT 4\\r\\n\"\n@1 2026-11-23T14:24:37.000002Z C= \"abc\\r\"\n" +
				"@1 2026-11-23T14:24:37.000003Z S= \"250 ok\\r\\n\"\n@1 2026-11-23T14:24:37.000004Z C= \"BDAT 4 LAST\\r\\n\"\n" +
				"@1 2026-11-23T14:24:37.000004Z C= \"\\n\"\n@1 2026-11-23T14:24:37.000004Z C= \"y\\r\\n\"\n" +
				"@1 2026-11-23T14:24:37.000005Z S= \"250 ok\\r\\n\"\n",
		},
		{
			"a chunk of which Perl does not show the empty lines", perl,
			glob + ">>> BDAT 9 LAST\r\n" + glob + ">>> one\n" + glob + "<<< 250 ok\n",
			"@5 C= \"BDAT 9 LAST\\r\\n\"\n@5 C= \"one\\n\"\n@5 # [content left out]\n@5 S: 250 ok\n",
		},
		{
			"lettre's later versions do not repeat a reply", lettre,
			"DEBUG lettre::transport::smtp::client::connection: << 250-mx<CRLF>\nDEBUG lettre::transport::smtp::client::connection: << 250 SIZE<CRLF>\n",
			"S= \"250-mx\\r\\n\"\nS= \"250 SIZE\\r\\n\"\n",
		},
		{
			"JavaMail's program writes between the lines", javamail,
			"DEBUG SMTP: trying to connect to host \"mx\", port 25, isSSL false\nstarting\n220 mx\nnow sending\nQUIT\n221 bye\n250 mails sent\n",
			"# [opened] DEBUG SMTP: trying to connect to host \"mx\", port 25, isSSL false\n# [fact] port: 25\n# [note] starting\nS: 220 mx\n# [note] now sending\nC: QUIT\nS: 221 bye\n",
		},
		{
			"replies that sendEmail joined", sendemail,
			"SUCCESS => Received: \t250-mx, at 250 ms, 250-SIZE 1, 250 HELP, ok\n",
			"S: 250-mx, at 250 ms\nS: 250-SIZE 1\nS: 250 HELP, ok\n# [welcomed]\n",
		},
		{
			"nmh's decoded base64, with what cannot be printed", nmh,
			"=> AUTH PLAIN b64<[0x00]me[0x00]it's>\n<= 334 b64<Password:>\n",
			"C: AUTH PLAIN AG1lAGl0J3M=\nS: 334 UGFzc3dvcmQ6\n",
		},
		{
			"beyond its first piece emailjs may have put newlines into content", emailjs,
			"{\"code\":\"354\",\"data\":\"354 go\\n\"}\none\r\n" + strings.Repeat("x", emailjsPiece) + "\r\ntwo\nthree\r\n\n\r\n.\r\n\n",
			"S: 354 go\nC= \"one\\r\\n\"\n# [fact] stuffing: none\nC= \"" + strings.Repeat("x", emailjsPiece) +
				"\\r\\n\"\nC: two\nC= \"three\\r\\n\"\nC= \"\\r\\n\"\nC= \".\\r\\n\"\n",
		},
	} {
		if got := said(t, c.format, c.recording); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
}

// TestPasswordsInRemarks makes sure that no remark repeats a password that a
// recorder states in words.
func TestPasswordsInRemarks(t *testing.T) {
	for f, recording := range map[*transcripts.Format]string{
		javamail:  "DEBUG SMTP: protocolConnect login, host=mx, user=me, password=hunter2\n",
		sNail:     "s-nail: Credentials: host mx, user me, pass hunter2\n",
		sendemail: "DEBUG => Assigned $opt{} key/value: password => hunter2\n",
	} {
		if got := said(t, f, recording); strings.Contains(got, "hunter2") {
			t.Errorf("%s: %s", f.Name, got)
		}
	}
}
