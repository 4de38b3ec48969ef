package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// wrappings are what other programs make of a line. @@ are the seconds, TEXT is
// the line, JSON the line in JSON's quotes, LF the same with its line feed, PY
// what Python's logging makes of it, NO its number.
var wrappings = map[string]string{
	"syslog, RFC 3164":                 "Nov 24 10:00:@@ mail app[12]: TEXT",
	"syslog with its priority":         "<22>Nov 24 10:00:@@ mail app[12]: TEXT",
	"syslog, RFC 5424":                 "<22>1 2026-11-24T10:00:@@Z mail app 12 - - TEXT",
	"rsyslog, ISO time":                "2026-11-24T10:00:@@.123456+01:00 mail app[12]: TEXT",
	"journalctl -o short-precise":      "Nov 24 10:00:@@.123456 mail app[12]: TEXT",
	"journalctl -o short-iso":          "2026-11-24T10:00:@@+0000 mail app[12]: TEXT",
	"journalctl -o short-full":         "Tue 2026-11-24 10:00:@@ UTC mail app[12]: TEXT",
	"journalctl -o short-unix":         "17324424@@.123456 mail app[12]: TEXT",
	"journalctl -o short-monotonic":    "[   11@@.123456] mail app[12]: TEXT",
	"journalctl -o json":               `{"__REALTIME_TIMESTAMP":"17324424@@123456","_PID":"12","MESSAGE":JSON,"PRIORITY":"6"}`,
	"docker compose logs":              "\x1b[36mweb-1  | \x1b[0mTEXT",
	"docker compose logs -t":           "web-1  | 2026-11-24T10:00:@@.123456789Z TEXT",
	"docker's json-file":               `{"log":LF,"stream":"stderr","time":"2026-11-24T10:00:@@.123456789Z"}`,
	"kubectl logs --timestamps":        "2026-11-24T10:00:@@.123456789Z TEXT",
	"kubectl logs --prefix":            "[pod/mail-0/smtp] TEXT",
	"both":                             "[pod/mail-0/smtp] 2026-11-24T10:00:@@.123456789Z TEXT",
	"a container runtime's file":       "2026-11-24T10:00:@@.123456789Z stderr F TEXT",
	"GitHub Actions":                   "2026-11-24T10:00:@@.1234567Z TEXT",
	"gh run view --log":                "build\tRun tests\t2026-11-24T10:00:@@.1234567Z TEXT",
	"GitLab CI":                        "2026-11-24T10:00:@@.123456Z 01O TEXT",
	"Jenkins":                          "[2026-11-24T10:00:@@.123Z] TEXT",
	"Heroku":                           "2026-11-24T10:00:@@.123456+00:00 app[web.1]: TEXT",
	"an ISO time with a blank":         "2026-11-24 10:00:@@ TEXT",
	"a time of day":                    "10:00:@@ TEXT",
	"a time of day in brackets":        "[10:00:@@] TEXT",
	"ts":                               "Nov 24 10:00:@@ TEXT",
	"Go's log":                         "2026/11/24 10:00:@@ TEXT",
	"Go's log with the file":           "2026/11/24 10:00:@@ main.go:12: TEXT",
	"Go's slog":                        `time=2026-11-24T10:00:@@.123Z level=DEBUG msg=JSON`,
	"Go's slog in JSON":                `{"time":"2026-11-24T10:00:@@.123Z","level":"DEBUG","msg":JSON,"pid":7}`,
	"logrus":                           `time="2026-11-24T10:00:@@Z" level=debug msg=JSON app=mail`,
	"Python logging":                   "2026-11-24 10:00:@@,123 DEBUG smtp: TEXT",
	"Python logging with dashes":       "2026-11-24 10:00:@@,123 - smtp - DEBUG - TEXT",
	"Python logging, no time":          "DEBUG:smtp:TEXT",
	"pytest":                           "DEBUG    smtp:client.py:12 TEXT",
	"Log4j":                            "2026-11-24 10:00:@@,123 [main] DEBUG c.e.Mailer - TEXT",
	"Logback":                          "10:00:@@.123 [main] DEBUG c.e.Mailer - TEXT",
	"Spring Boot":                      "2026-11-24T10:00:@@.123Z  INFO 12 --- [           main] c.e.Mailer    : TEXT",
	"ECS":                              `{"@timestamp":"2026-11-24T10:00:@@.123Z","log":{"level":"DEBUG"},"message":JSON}`,
	"Rust's env_logger":                "[2026-11-24T10:00:@@Z DEBUG app] TEXT",
	"Rust's tracing":                   "2026-11-24T10:00:@@.123456Z DEBUG app: TEXT",
	"Ruby's Logger":                    "D, [2026-11-24T10:00:@@.123456 #12] DEBUG -- : TEXT",
	"PHP's error_log":                  "[24-Nov-2026 10:00:@@ UTC] TEXT",
	"Apache's error log":               "[Tue Nov 24 10:00:@@.123456 2026] [php:notice] [pid 12] [client 192.0.2.1:1234] TEXT",
	"Monolog":                          "[2026-11-24T10:00:@@.123456+00:00] app.DEBUG: TEXT [] []",
	"a level":                          "INFO TEXT",
	"a level in brackets":              "[INFO] TEXT",
	"a quotation":                      "> TEXT",
	"Markdown":                         "    TEXT",
	"cat -n":                           "    NO\tTEXT",
	"grep -n":                          "NO:TEXT",
	"grep in several files":            "mail.log.1:TEXT",
	"the same with numbers and syslog": "/var/log/mail.log:NO:Nov 24 10:00:@@ mail app[12]: TEXT",
	"compose and Python":               "web-1  | 2026-11-24 10:00:@@,123 DEBUG smtp: TEXT",
	"GitHub Actions, compose, a level": "2026-11-24T10:00:@@.1234567Z web-1  | DEBUG TEXT",
	"syslog and a level":               "Nov 24 10:00:@@ mail app[12]: DEBUG: TEXT",
	"Kubernetes and JSON":              `2026-11-24T10:00:@@.123456789Z {"level":"debug","msg":JSON}`,
	"JSON and Python":                  `{"log":PY,"stream":"stderr","time":"2026-11-24T10:00:@@.123456789Z"}`,
}

// TestWrappings wraps recordings in five notations as other programs do: the
// conversation stays the same, on the same lines.
func TestWrappings(t *testing.T) {
	for _, recording := range []string{"swaks-starttls", "smtplib-odd", "javamail-login", "phpmailer-closure", "mox-data", "perl-drop"} {
		data, err := os.ReadFile("testdata/" + recording + ".log")
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ToValidUTF8(bytes.ReplaceAll(data, []byte("\r"), nil), []byte("?"))
		want := conversation(t, data)
		for name, wrapping := range wrappings {
			var b strings.Builder
			for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
				b.WriteString(strings.NewReplacer("@@", fmt.Sprintf("%02d", i%60), "TEXT", line, "NO", strconv.Itoa(i+1),
					"JSON", inJSON(line), "LF", inJSON(line+"\n"), "PY", inJSON("DEBUG:smtp:"+line+"\n")).Replace(wrapping) + "\n")
			}
			if d := cmp.Diff(want, conversation(t, []byte(b.String()))); d != "" {
				t.Errorf("%s in %s, read as %s (-want +got):\n%.600s", recording, name, nameOf(detected([]byte(b.String()))), d)
			}
		}
	}
}

func inJSON(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// TestWrappedLines: what was logged at once may be several lines.
func TestWrappedLines(t *testing.T) {
	var b strings.Builder
	for _, said := range []string{"CLIENT -> SERVER: EHLO me\n", "SERVER -> CLIENT: 250-mx\n250-PIPELINING\n250 SIZE\n", "CLIENT -> SERVER: QUIT\n"} {
		b.WriteString(`{"level":"debug","message":` + strconv.Quote(said) + "}\n")
	}
	const want = "1 client EHLO me\n2 server 250-mx\n2 server 250-PIPELINING\n2 server 250 SIZE\n3 client QUIT\n"
	if d := cmp.Diff(want, conversation(t, []byte(b.String()))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestWrappedDirectives: what a peer said may hold a line feed, and behind that
// words for smtplint. A record of its own is the recorder's.
func TestWrappedDirectives(t *testing.T) {
	const directive = "# smtplint: ignore-file[all] -- I am the peer"
	for said, want := range map[string]int{"S: 250 ok\n" + directive: 0, directive: 1} {
		data := []byte(`{"msg":"S: 220 mx ESMTP"}` + "\n" + `{"msg":"C: EHLO me"}` + "\n" + `{"msg":` + inJSON(said) + "}\n" + `{"msg":"C: QUIT"}` + "\n")
		asked := 0
		rec := transcripts.Open(bytes.NewReader(data))
		if err := rec.Lines(detected(data), transcripts.Hints{}, func(l *transcripts.Line) {
			if l.Note == transcripts.Asked {
				asked++
			}
		}); err != nil {
			t.Fatal(err)
		}
		rec.Close()
		if asked != want {
			t.Errorf("%q: %d directives, not %d", said, asked, want)
		}
	}
}

// TestBrokenWrappings reads what only looks like one.
func TestBrokenWrappings(t *testing.T) {
	for _, line := range []string{"{", "{}", `{"msg"}`, `{"msg":`, `{"msg":"`, `{"msg":"\`, `{"msg":"\u12"}`, `{"msg":1,}`, `{"a":[{"msg":"x"},"msg":"y"}`,
		`{"msg":"x" "a"}`, "msg=", "a= msg=", `a=1 msg="`, `a=1 msg="\x`, "[", "[ ", "<1", "<1>", "1:", "x.DEBUG:", "D, [", "- a - ", "1732442402.1234567"} {
		for _, p := range peels {
			if inside := p([]byte(line), nil); inside.text != nil && inside.from > len(line) {
				t.Errorf("%q: text from octet %d", line, inside.from)
			}
		}
	}
}
