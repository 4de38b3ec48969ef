package formats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSilentLogs: a log without what was said is no recording, and is named
// for what it is.
func TestSilentLogs(t *testing.T) {
	for line, want := range map[string]*Silent{
		"Nov 23 14:12:46 mail postfix/smtpd[181]: connect from unknown[192.0.2.1]":                                                         silentAs("postfix"),
		"web-1  | 2026-11-23T14:12:46.1Z mail postfix/submission/smtpd[181]: warning: hostname x does not resolve":                         silentAs("postfix"),
		"2026-11-23 14:23:05 1xVUwj-000005-2O <= alice@example.org H=(client.example.org) [192.0.2.1] P=esmtps S=443":                      silentAs("exim"),
		"2026-11-23 14:22:07.495 [1] SMTP connection from [192.0.2.1]:36080 I=[192.0.2.2]:25 (TCP/IP connection count = 1)":                silentAs("exim"),
		"Nov 23 14:32:02 mail sm-mta[9]: 6ANEW21F: from=<a@example.org>, size=12, nrcpts=1, proto=ESMTP, relay=localhost [127.0.0.1]":      silentAs("sendmail-syslog"),
		"Nov 23 14:32:02 mail smtpd[12]: 3f1 smtp connected address=192.0.2.1 host=client.example.com":                                     silentAs("opensmtpd"),
		"Nov 23 14:36:26 host=mail.example.org tls=on auth=on user=me from=a@example.org recipients=b@example.net smtpstatus=250 smtpmsg=": silentAs("msmtp"),
		"#Fields: date time c-ip cs-method cs-uri-stem sc-status":                                                                          silentAs("iis"),
		"    4   0.000332    192.0.2.1 → 192.0.2.2    SMTP 102 S: 220 mail.example.com ESMTP Postfix":                                      silentAs("tshark-follow"),
		"#path\tsmtp": silentAs("pcap"),
		"Dear Bob, our postfix/exim servers and sendmail are fine, from=alice and relay=mine.": nil,
		"2026-11-23 14:23:05 deployed exim 4.96 to all hosts":                                  nil,
		"#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status":                 nil,
	} {
		if got := SilentLog([]byte("\x1b[1mheading\x1b[0m\r\n" + line + "\r\n")); got != want {
			t.Errorf("%s: got %+v, want %+v", line, got, want)
		}
		if f := detected([]byte(line + "\n")); want != nil && f != nil {
			t.Errorf("%s is read as %s", line, f.Name)
		}
	}
}

func silentAs(format string) *Silent {
	for i := range silent {
		if silent[i].Format.Name == format {
			return &silent[i]
		}
	}
	return nil
}

// TestSilentSamples: what holds no dialogue is known for what it is, or for
// nothing at all.
func TestSilentSamples(t *testing.T) {
	paths, _ := filepath.Glob(samples + "/servers/*/*")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	named := 0
	for _, path := range paths {
		name, _ := filepath.Rel(samples, path)
		program := strings.Split(name, string(filepath.Separator))[1]
		if writtenBy(filepath.ToSlash(name)) != "none" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		log := SilentLog(data)
		if log == nil {
			continue
		}
		named++
		if !strings.Contains(strings.ToLower(log.Log), program) {
			t.Errorf("%s is taken for %s", name, log.Log)
		}
	}
	if named < 30 {
		t.Errorf("only %d logs are known", named)
	}
}
