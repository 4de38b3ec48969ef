package formats

import (
	"testing"
)

func TestReadSyslog(t *testing.T) {
	const text = "< host[192.0.2.1]: QUIT"
	for line, want := range map[string]string{
		"Nov 23 14:11:36 mail postfix/smtpd[170]: " + text:                     "1972-11-23T14:11:36 mail/postfix/smtpd[170]",
		"Feb  3 04:01:06 postfix/smtpd[170]: " + text:                          "1972-02-03T04:01:06 postfix/smtpd[170]",
		"Nov 23 14:11:36 mail mail.info postfix/smtpd[170]: " + text:           "1972-11-23T14:11:36 mail/postfix/smtpd[170]",
		"2026-11-23T14:18:02.58+01:00 mail postfix/smtpd[170]: " + text:        "2026-11-23T13:18:02 mail/postfix/smtpd[170]",
		"2026-11-23T14:18:02Z mail postfix/smtpd[170]: " + text:                "2026-11-23T14:18:02 mail/postfix/smtpd[170]",
		"<22>1 2026-11-23T14:18:02.581584+00:00 mail postfix 170 - -  " + text: "2026-11-23T14:18:02 mail/postfix[170]",
		"<22>1 2026-11-23T14:18:02Z mail postfix 170 ID [a@1 b=\"c\"] " + text: "2026-11-23T14:18:02 mail/postfix[170]",
		"postfix/smtpd[170]: " + text:                                          "- postfix/smtpd[170]",
		"Nov 23 14:11:36 a b c d[1]: " + text:                                  "",
		"DEBUG: " + text:                                                       "",
		"note[1] of mine: " + text:                                             "",
		"2026-11-23 14:18:02: " + text:                                         "",
		"":                                                                     "",
	} {
		got := ""
		if r, ok := readSyslog([]byte(line)); ok {
			got = "-"
			if r.at != 0 {
				got = r.at.Time().Format("2006-01-02T15:04:05")
			}
			got += " " + string(r.appendConn(nil))
			if string(line[r.text:]) != text {
				t.Errorf("%s: text %q", line, line[r.text:])
			}
		}
		if got != want {
			t.Errorf("%s: read as %q, not %q", line, got, want)
		}
	}
}

// TestTai64n reads a label that multilog has made from the system's clock.
// TestSyslogReader reads records in every order, so that each follows each.
func TestSyslogReader(t *testing.T) {
	lines := []string{
		"Nov 23 14:11:36 mail postfix/smtpd[170]: < a",
		"Nov 23 14:11:36 mail postfix/smtpd[9]: ",
		"Nov 23 14:11:36 mail postfix/smtpd[171] > a",
		"Nov 23 14:11:36 mail postfix/smtpd[x]: > a",
		"Nov 23 14:11:36 mail postfix/smtpd[17x]: > a",
		"Nov 23 14:11:36 mail postfix/smtpd[12345678901]: > a",
		"Nov 23 14:11:36 mail postfix/smtpd[]: > a",
		"Nov 23 14:11:36 mail postfix/smtpd[",
		"Nov 23 14:11:37 mail postfix/smtpd[170]: < b",
		"Nov 23 14:11:37 mail postfix/smtp[170]: < b",
		"Nov 23 14:11:37 mail kernel: postfix/smtpd[170]: < b",
		"Nov 23 14:11:3x mail postfix/smtpd[170]: < b",
		"Nov 23 14:11:37.25 mail postfix/smtpd[170]: < b",
		"Nov 23 14:11:37 postfix/smtpd[170]: < b",
		"Nov 23 14:11:37 other mail.info postfix/smtpd[171]: < b",
		"2026-11-23T14:18:02.58+01:00 mail postfix/smtpd[170]: c",
		"2026-11-23T14:18:02.59+01:00 mail postfix/smtpd[170]: c",
		"2026-11-23T14:18:02Z mail postfix/smtpd[170]: d",
		"<22>1 2026-11-23T14:18:02Z mail postfix/smtpd 170 - -  e",
		"postfix/smtpd[170]: f",
		"mail postfix/smtpd[170]: f",
		"postfix/smtpd[171]: g",
		"text",
		"",
	}
	var s syslogReader
	check := func(line string) {
		want, wanted := readSyslog([]byte(line))
		got := s.read([]byte(line))
		if got != wanted {
			t.Fatalf("%s: %v, want %v", line, got, wanted)
		}
		if !got {
			return
		}
		name := string(want.appendConn(nil))
		if s.at != want.at || s.text != want.text || string(s.host) != string(want.host) || string(s.tag) != string(want.tag) ||
			string(s.pid) != string(want.pid) || string(s.name()) != name {
			t.Fatalf("%s: %+v as %s, want %+v as %s", line, s.syslogRecord, s.name(), want, name)
		}
		if start, rest := s.parts([]byte(line)); string(start)+string(rest) != name {
			t.Fatalf("%s: name %s and %s, want %s", line, start, rest, name)
		}
	}
	for _, first := range lines {
		for _, second := range lines {
			for _, third := range lines {
				check(first)
				check(second)
				check(third)
			}
		}
	}
}

func TestTai64n(t *testing.T) {
	at, n := tai64n([]byte("@400000006b04518331e36e54 x"))
	if want := "2026-11-23T14:45:13.836988500Z"; n != 26 || at.Time().Format("2006-01-02T15:04:05.000000000Z") != want {
		t.Errorf("%v, %d octets, not %s", at.Time(), n, want)
	}
	if _, n := tai64n([]byte("@400000006b04518331e36eg4 x")); n != 0 {
		t.Error("a label with a wrong digit was read")
	}
}
