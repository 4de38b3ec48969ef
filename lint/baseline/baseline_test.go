package baseline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var rules = []*lint.Rule{
	{ID: "at-reply", Area: lint.Reply, Side: lint.ByServer, Severity: lint.Error, Default: true,
		Exchange: func(p *lint.Pass, i int) {
			if p.Exchanges[i].Reply.Code.Failed() || p.Exchanges[i].Command.Verb == transcripts.EHLO {
				p.Report(p.Reply(i), "a reply")
			}
		}},
	{ID: "at-command", Area: lint.Session, Severity: lint.Error, Default: true, On: []transcripts.Verb{transcripts.MAIL, transcripts.RCPT, transcripts.AUTH},
		Exchange: func(p *lint.Pass, i int) { p.Report(p.Command(i), "a command") }},
}

const first = `S: 220 mx.example.org ESMTP Exim 4.96; Mon, 02 Jan 2023 15:04:05 +0100
C: EHLO [10.0.0.1]
S: 250-mx.example.org Hello client.example.com [10.0.0.1]
S: 250 AUTH PLAIN
C: AUTH PLAIN c2VjcmV0
S: 235 Welcome
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 550 5.1.1 <b@example.org>: no such user, id=1rXyZa-0000ab-CD
C: RCPT TO:<c@example.org>
S: 451 4.7.1 try again at 15:09:05
`

// again is the same conversation on another day, with other people, in another
// place of the recording.
const again = `# recorded anew

09:10:11 S: 220 mx.example.org ESMTP Exim 4.97; Fri, 24 Nov 2023 09:10:11 -0800
09:10:11 C: EHLO [IPv6:2001:db8::7]
09:10:11 S: 250-mx.example.org Hello client.example.com [IPv6:2001:db8::7]
09:10:11 S: 250 AUTH PLAIN
09:10:12 C: AUTH PLAIN b3RoZXIgc2VjcmV0
09:10:12 S: 235 Welcome
09:10:12 C: MAIL FROM:<zoe@mail.example.net>
09:10:12 S: 250 2.1.0 Ok
# a comment
09:10:12 C: RCPT TO:<y@example.com>
09:10:13 S: 550 5.1.1 <y@example.com>: no such user, id=1sAbCd-000FgH-1x
09:10:13 C: RCPT TO:<x@example.com>
09:10:14 S: 451 4.7.1 try again at 09:14:11
`

// judged lints a recording at a path.
func judged(path, text string) *lint.File {
	return &lint.File{Path: path, Result: *lint.Check(text, rules, lint.Settings{})}
}

// left applies a baseline and counts the findings that still count.
func left(b *Baseline, f *lint.File) int {
	b.Apply(f)
	f.Hide()
	return len(f.Findings)
}

func TestSurvivesRecordingAnew(t *testing.T) {
	t.Chdir(t.TempDir())
	b, err := New(Name)
	if err != nil {
		t.Fatal(err)
	}
	found := left(b, judged("logs/a.log", first))
	if found != 7 {
		t.Fatalf("found %d in the first recording", found)
	}
	b.Accept()
	b = reread(t, b)
	if n := left(b, judged("logs/a.log", again)); n != 0 || b.Stale() != 0 {
		t.Errorf("%d findings are new in a recording of the same conversation, %d are gone", n, b.Stale())
	}

	// What is new is reported, what is more than before as well.
	b = reread(t, b)
	if n := left(b, judged("logs/a.log", strings.Replace(again, "550 5.1.1", "554 5.1.1", 1))); n != 1 || b.Stale() != 1 {
		t.Errorf("another code: %d new, %d gone", n, b.Stale())
	}
	b = reread(t, b)
	if n := left(b, judged("logs/a.log", again+"C: RCPT TO:<q@example.com>\nS: 250 Ok\n")); n != 1 || b.Stale() != 0 {
		t.Errorf("one more: %d new, %d gone", n, b.Stale())
	}
	b = reread(t, b)
	if n := left(b, judged("logs/b.log", again)); n != 7 || b.Stale() != 0 {
		t.Errorf("another recording: %d new, %d gone", n, b.Stale())
	}
	b = reread(t, b)
	if n := left(b, judged("logs/a.log", strings.ReplaceAll(again, "RCPT TO", "NOOP"))); n != 0 || b.Stale() != 2 {
		t.Errorf("fewer: %d new, %d gone", n, b.Stale())
	}
}

// reread writes a baseline and reads it.
func reread(t *testing.T, b *Baseline) *Baseline {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(buf.String(), "secret") || strings.Contains(buf.String(), "c2VjcmV0") {
		t.Errorf("the baseline tells a secret:\n%s", &buf)
	}
	if err := os.WriteFile(Name, buf.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	again, err := Load(Name)
	if err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	if again.Write(&second); second.String() != buf.String() {
		t.Errorf("written as\n%s\nand then as\n%s", &buf, &second)
	}
	return again
}

// TestShrink: what is gone is forgotten, what is new is not learnt, and what was
// not looked at stays.
func TestShrink(t *testing.T) {
	t.Chdir(t.TempDir())
	b, _ := New(Name)
	for _, path := range []string{"a.log", "b.log", "c.log"} {
		os.WriteFile(path, nil, 0o666)
		left(b, judged(path, first))
	}
	b.Accept()
	b = reread(t, b)
	os.Remove("c.log")
	left(b, judged("a.log", "S: 220 mx\nC: MAIL FROM:<a@example.com>\nS: 250 Ok\nC: RCPT TO:<b@example.org>\nS: 250 Ok\nC: RCPT TO:<c@example.org>\nS: 250 Ok\n"+
		"C: RCPT TO:<d@example.org>\nS: 250 Ok\n"))
	if n := b.Shrink(); n != 4+7 || b.Len() != 3+7 {
		t.Errorf("%d forgotten, %d kept", n, b.Len())
	}
	for _, e := range b.Entries() {
		if e.Path == "c.log" {
			t.Errorf("%+v is gone", e)
		}
	}
}

// TestWhereItRuns: paths are relative to the baseline, not to where smtplint
// runs.
func TestWhereItRuns(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	os.MkdirAll("deep/logs", 0o777)
	b, _ := New(Name)
	left(b, judged("deep/logs/a.log", first))
	b.Accept()
	reread(t, b)
	t.Chdir("deep")
	b, err := Load(filepath.Join("..", Name))
	if err != nil {
		t.Fatal(err)
	}
	if n := left(b, judged("logs/a.log", first)); n != 0 {
		t.Errorf("%d are new from another directory", n)
	}
}

func TestBroken(t *testing.T) {
	t.Chdir(t.TempDir())
	for text, want := range map[string]string{
		"":               "is no baseline",
		"[]":             "is no baseline",
		`{"version": 2}`: "its version is 2",
		`{"version": 1, "findings": [{"path": "a", "rule": "b", "count": 1}]}`: "finding 1 lacks",
	} {
		os.WriteFile(Name, []byte(text), 0o666)
		if _, err := Load(Name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if _, err := Load("none"); err == nil || !strings.Contains(err.Error(), "smtplint baseline write") {
		t.Errorf("no file: %v", err)
	}
}
