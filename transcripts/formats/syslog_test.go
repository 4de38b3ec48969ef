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
func TestTai64n(t *testing.T) {
	at, n := tai64n([]byte("@400000006b04518331e36e54 x"))
	if want := "2026-11-23T14:45:13.836988500Z"; n != 26 || at.Time().Format("2006-01-02T15:04:05.000000000Z") != want {
		t.Errorf("%v, %d octets, not %s", at.Time(), n, want)
	}
	if _, n := tai64n([]byte("@400000006b04518331e36eg4 x")); n != 0 {
		t.Error("a label with a wrong digit was read")
	}
}
