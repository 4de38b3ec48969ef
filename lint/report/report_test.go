package report

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report/reporttest"
	"github.com/smtplint/smtplint/transcripts"
)

var update = flag.Bool("update", false, "write golden files anew")

// The rules of these tests find something in every conversation: what is found
// does not matter here, only how it is told.
var (
	noop = &lint.Rule{
		ID: "idle-noop", Title: "NOOP does *nothing*", Area: lint.Session, Side: lint.ByClient, Severity: lint.Warning, Default: true,
		Refs: []lint.Ref{lint.RFC(5321, "4.1.1.9"), lint.RFC(5321, "F.1"), {Title: "a memo"}},
		Doc:  "A NOOP changes nothing.\n\n# What to do\n\nDo not send it.\n\n# When it stays silent\n\nNever.\n",
		On:   []transcripts.Verb{transcripts.NOOP},
		Exchange: func(p *lint.Pass, i int) {
			p.Report(p.Part(i, p.Exchanges[i].Command.Args), "NOOP %s", p.Exchanges[i].Command.Args).
				Note(p.Reply(i), "the answer: %s", p.Reply(i).Text).Helpf("say %q", "nothing")
		},
		Examples: []lint.Example{lint.Bad("C: NOOP <x> & y\n# want\nS: 250 ok\n"), lint.Good("C: RSET\nS: 250 ok\n")},
	}
	refusal = &lint.Rule{
		ID: "refused", Title: "Something was refused", Area: lint.Reply, Side: lint.ByServer, Severity: lint.Error, Default: true,
		Doc: "The server said no.\n",
		Got: []transcripts.Class{transcripts.Permanent},
		Exchange: func(p *lint.Pass, i int) {
			p.Report(p.Reply(i), "no: %s", p.Reply(i).Text).Labelf("no")
		},
	}
	letter = &lint.Rule{
		ID: "content", Title: "There was content", Area: "custom", Side: lint.ByNetwork, Severity: lint.Info, Default: true,
		Doc: "It crossed the wire. ::error::custom ##[error]\n",
		In:  []transcripts.Kind{transcripts.Content},
		Exchange: func(p *lint.Pass, i int) {
			p.Report(p.BodyStart(i), "content came").Sure(lint.Likely).Note(p.Period(i), "its end")
		},
	}
	remark = &lint.Rule{
		ID: "remark", Title: "The recorder said something", Area: lint.Transcript, Side: lint.ByRecording, Severity: lint.Warning, Default: true,
		Doc: "Words.\n", Sees: transcripts.Clock,
		Session: func(p *lint.Pass) {
			for k := range p.Remarks {
				p.Report(p.Said(k), "it said %s", p.Remarks[k].Text).Sure(lint.Hint)
			}
		},
	}
	testRules = []*lint.Rule{noop, refusal, letter, remark}
)

// recordings lints texts, each a recording of a path.
func recordings(t testing.TB, texts ...[2]string) []*lint.File {
	t.Helper()
	linter := lint.New(testRules, lint.Settings{FailOn: lint.Warning})
	var inputs []lint.Input
	for _, text := range texts {
		inputs = append(inputs, lint.Input{
			Path: text[0], Linter: linter, Options: lint.Options{Format: transcripts.Plain, Draw: &htmlDrawing},
			Open: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text[1])), nil },
		})
	}
	return slices.Collect(lint.Run(inputs, 1))
}

const quarrel = `00:00:00.000 S: 220 mx.example.org ESMTP
00:00:00.010 C: EHLO client.example.com
00:00:00.020 S: 250-mx.example.org
00:00:00.020 S: 250 STARTTLS
00:00:00.030 C: STARTTLS
00:00:00.040 S: 220 Go ahead
# [secured]
00:00:00.050 C: EHLO client.example.com
00:00:00.060 S: 250 mx.example.org
00:00:00.070 C: AUTH PLAIN AGFsaWNlAHNlc2FtZQ==
00:00:00.080 S: 235 2.7.0 Welcome
00:00:00.090 C: MAIL FROM:<a@example.com>
00:00:00.090 C: RCPT TO:<b@example.org>
00:00:00.100 S: 250 2.1.0 Ok
00:00:00.110 S: 250 2.1.5 Ok
00:00:00.120 C: NOOP löffel "quoted" <b>&amp;</b>
00:00:00.130 S: 250 [click](http://example.com) %0A::error::x
00:00:00.140 C: DATA
00:00:00.150 S: 354 Go on
00:00:00.160 C: Subject: x
00:00:00.160 C:
00:00:00.160 C: ..hidden
00:00:00.160 C: .
00:05:00.170 S: 250 2.0.0 Queued
# said by the client
00:05:00.180 C: VRFY bob
00:05:00.190 S= "550 \x1b[31m##[error]no \u202e such user\r\n"
00:05:00.200 C: QUIT
00:05:00.210 S: 221 2.0.0 Bye
`

// samples are a file of each kind: with findings, clean, not read, a capture,
// and one whose findings were suppressed.
func samples(t testing.TB) []*lint.File {
	files := recordings(t,
		[2]string{"sub/quarrel.log", quarrel},
		[2]string{"clean & tidy.log", "S: 220 mx\nC: QUIT\nS: 221 bye\n"},
		[2]string{"trace.pcap", "S: 220 mx\nC: NOOP\nS: 250 ok\nC: NOOP\nS: 250 ok\n"},
		[2]string{"::error::##[x]`.log", "S: 220 mx\nC: NOOP\nS: 250 ok\n"},
		[2]string{"nothing.log", ""},
	)
	capture := files[2]
	for i := range capture.Findings {
		d := &capture.Findings[i]
		d.At.Span.Packet = uint32(10 + 2*i)
		d.Related[0].At.Span.Packet = uint32(11 + 2*i)
	}
	for i := range capture.Ladders[0].Rungs {
		capture.Ladders[0].Rungs[i].Span.Packet = uint32(9 + i)
	}
	files[3].Findings[0].Suppressed = "inline: it was ] asked for"
	if files[4].Err == nil {
		t.Fatal("nothing was read as something")
	}
	files[4].Err = errors.New("holds no SMTP session")
	return append(files, &lint.File{Path: "missing.log", Err: errors.New("open missing.log: no such file"), FailOn: lint.Warning})
}

// write writes a report, and returns what must be in it.
func write(t testing.TB, format *Format, opts Options, files []*lint.File) ([]byte, reporttest.Want) {
	t.Helper()
	var out bytes.Buffer
	w := format.New(&out, opts)
	var total Total
	for _, f := range files {
		total.Add(f)
		if err := w.File(f); err != nil {
			t.Fatalf("%s: %v", format.Name, err)
		}
	}
	if err := w.Close(total); err != nil {
		t.Fatalf("%s: %v", format.Name, err)
	}
	return out.Bytes(), reporttest.Want{
		Files: total.Files, Failed: total.Failed, Findings: total.Errors + total.Warnings + total.Infos, Suppressed: total.Suppressed,
	}
}

var golden = Options{Version: "v1.2.3", Base: Base{Root: "/repository", Dir: "tests"}}

// TestFormats: each format is read back by the rules of those who consume it,
// and looks as it did when somebody last looked at it.
func TestFormats(t *testing.T) {
	for i := range Formats {
		format := &Formats[i]
		t.Run(format.Name, func(t *testing.T) {
			out, want := write(t, format, golden, samples(t))
			if err := reporttest.Check(format.Name, out, want); err != nil {
				t.Error(err)
			}
			for _, secret := range []string{"AGFsaWNlAHNlc2FtZQ", "sesame"} {
				if bytes.Contains(out, []byte(secret)) {
					t.Errorf("the secret %q is in it", secret)
				}
			}
			path := "testdata/" + format.Name
			if *update {
				if err := os.WriteFile(path, out, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			golden, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(golden), string(out)); diff != "" {
				t.Errorf("-golden +got, see -update:\n%s", diff)
			}
		})
	}
}

// TestEmptyRun: a run without recordings, and one without findings, are reports,
// too.
func TestEmptyRun(t *testing.T) {
	clean := recordings(t, [2]string{"clean.log", "S: 220 mx\nC: QUIT\nS: 221 bye\n"})
	for i := range Formats {
		for _, files := range [][]*lint.File{nil, clean} {
			out, want := write(t, &Formats[i], Options{}, files)
			if err := reporttest.Check(Formats[i].Name, out, want); err != nil {
				t.Errorf("%d files: %v in\n%s", len(files), err, out)
			}
		}
	}
}

// TestManyFindings: what is bounded stays within its bounds, what is spooled
// comes out again, and the numbers are right.
func TestManyFindings(t *testing.T) {
	var text strings.Builder
	text.WriteString("S: 220 mx\n")
	for i := range 3000 { // sessions with three findings each
		fmt.Fprintf(&text, "@%d S: 220 mx\n@%[1]d C: NOOP\n@%[1]d S: 250 ok\n@%[1]d C: NOOP\n@%[1]d S: 250 ok\n@%[1]d C: VRFY x\n@%[1]d S: 550 no\n@%[1]d C: QUIT\n@%[1]d S: 221 bye\n", i)
	}
	files := recordings(t, [2]string{"many.log", text.String()})
	if n := len(files[0].Findings); n != 9000 {
		t.Fatalf("%d findings", n)
	}
	for i := range Formats {
		format := &Formats[i]
		out, want := write(t, format, Options{}, files)
		if format.Name == "html" {
			// A browser could not show all of it.
			want.Findings = 3*htmlDrawing.Faulty + mostApart
			if left := fmt.Sprintf("%d more findings not listed", 9000-want.Findings); len(out) > mostDrawn || !bytes.Contains(out, []byte(left)) {
				t.Errorf("html: %d octets, or not %q", len(out), left)
			}
		}
		if err := reporttest.Check(format.Name, out, want); err != nil {
			t.Errorf("%.300v", err)
		}
	}
}

// TestLimits: GitHub takes 25,000 results of a run, and no more; those that are
// found late are among them if they are grave.
func TestLimits(t *testing.T) {
	f := typical()
	for i := range 20000 + 10010 {
		d := f.Findings[0]
		if i < 20000 {
			d.Severity = lint.Info
		}
		f.Findings = append(f.Findings, d)
	}
	out, want := write(t, ByName("sarif"), Options{}, []*lint.File{f})
	if n := bytes.Count(out, []byte(`"level":"error","message":{"text":"252`)); n != 10001 {
		t.Errorf("%d errors", n)
	}
	if !bytes.Contains(out, []byte("5011 more findings left out: a run may have 25000 results")) {
		t.Error("what is left out is not told")
	}
	want.Findings = 25000
	if err := reporttest.Check("sarif", out, want); err == nil || err.Error() != "sarif: 1 notifications, want 0" {
		t.Errorf("%.300v", err)
	}
}

// TestTwoFiles: where what the server said is in a file of its own, each place
// is one of its file.
func TestTwoFiles(t *testing.T) {
	f := typical() // found in a reply; the related place is the recorder's
	f.Path, f.Replies = "commands", "replies"
	for name, want := range map[string][]string{
		"checkstyle": {`name="replies">` + "\n<error line=\"9\""},
		"full":       {"--> replies:9:4", "   |\n  --> commands:10:1\n   |\n10 | # SMTP ERROR"},
		"github":     {"file=replies,line=9"},
		"gitlab":     {`"path":"replies","lines":{"begin":9}`},
		"html":       {"replies:9:4", "line 10 of <code>commands</code>: it says so", "what the server said is in <code>replies</code>"},
		"json":       {`"path":"replies","session"`, `"path":"commands","line":10`},
		"jsonl":      {`"path":"replies","session"`, `"path":"commands","line":10`},
		"junit":      {`file="replies" line="9"`},
		"markdown":   {"--> replies:9:4"},
		"rdjson":     {`"location":{"path":"replies"`, `"location":{"path":"commands"`},
		"sarif":      {`"locations":[{"physicalLocation":{"artifactLocation":{"uri":"replies"`, `"id":1,"physicalLocation":{"artifactLocation":{"uri":"commands"`},
		"short":      {"replies:9:4: error"},
		"tap":        {`at: "replies:9:4"`},
	} {
		out, wanted := write(t, ByName(name), Options{}, []*lint.File{f})
		for _, part := range want {
			if !bytes.Contains(out, []byte(part)) {
				t.Errorf("%s: %q is missing in\n%s", name, part, out)
			}
		}
		if err := reporttest.Check(name, out, wanted); err != nil {
			t.Error(err)
		}
	}
}
