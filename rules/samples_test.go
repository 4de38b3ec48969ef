package rules_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// deserved lists the findings at warning or above on recordings of real
// programs that the truth of the wire justifies, with the reason.
var deserved = map[string]string{
	"curl-7.88.1/trace-ascii-long.log message-line-too-long":            "the wire shows a line of 1200 octets",
	"curl-7.88.1/trace-lf.log dot-not-stuffed":                          "curl does not double periods behind a bare LF",
	"curl-8.22.0-DEV/trace-ascii-long.log message-line-too-long":        "the wire shows a line of 1200 octets",
	"curl-8.22.0-DEV/trace-lf.log dot-not-stuffed":                      "curl does not double periods behind a bare LF",
	"swaks-20201014/bare-period-no-data-fixup.log bare-period-in-body":  "the wire shows one 500 for each line behind the period",
	"swaks-20201014/long.log message-line-too-long":                     "the wire shows a line of 1200 octets",
	"swaks-git-20240210/long.log message-line-too-long":                 "the wire shows a line of 1200 octets",
	"swaks-20201014/no-data-fixup.log bare-period-in-body":              "the wire shows one 500 for each line behind the period",
	"swaks-20201014/rcpt-251.log rcpt-251-252-treated-as-failure":       "swaks gives the recipient up after 251",
	"phpmailer-6.6.3/echo-level2-drop.log server-closed-without-421":    "the server hangs up instead of answering RCPT",
	"phpmailer-7.1.1/echo-level2-drop.log server-closed-without-421":    "the server hangs up instead of answering RCPT",
	"phpmailer-6.6.3/verify-252-level2.log vrfy-252-treated-as-failure": "PHPMailer's verify() takes 252 for a failure",
}

// programs lists the folders of samples whose formats are read so far.
var programs = []string{"swaks-*", "curl-*", "python-smtplib", "phpmailer-*", "msmtp",
	"emacs-smtpmail", "emersion-go-smtp-*", "gnutls-cli", "netcat", "openssl", "telnet"}

// TestRealRecordings lints recordings of real programs: on those that behaved
// well nothing is found at warning or above.
func TestRealRecordings(t *testing.T) {
	const samples = "../../shared/samples/clients/"
	var paths []string
	for _, program := range programs {
		found, _ := filepath.Glob(samples + program + "/*.log")
		paths = append(paths, found...)
	}
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	met := map[string]bool{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := formats.Detect(data[:min(len(data), transcripts.HeadLength)])
		if f == nil {
			continue
		}
		name := strings.TrimPrefix(path, samples)
		for _, d := range findings(t, data, f) {
			key := name + " " + d.Rule.ID
			switch {
			case d.Severity < lint.Warning:
			case d.Rule.ID == "credential-in-transcript":
				// Deserved by every recording that has a password in it; where one
				// has been hidden, the recorder's placeholder would stand there.
			case deserved[key] == "":
				t.Errorf("%s:%d: %s: %s", name, d.At.Span.Line, d.Rule.ID, d.Message)
			case met[key]:
				t.Errorf("%s: found twice", key)
			case d.Confidence != lint.Certain:
				t.Errorf("%s: not certain", key)
			}
			met[key] = true
		}
	}
	for key, reason := range deserved {
		if !met[key] {
			t.Errorf("%s was not found, although %s", key, reason)
		}
	}
}

func findings(t *testing.T, data []byte, f *transcripts.Format) []lint.Diagnostic {
	l := lint.New(rules.All, lint.Settings{})
	var res lint.Result
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		l.Session(s, &res)
	}
	res.Finish()
	return res.Findings
}
