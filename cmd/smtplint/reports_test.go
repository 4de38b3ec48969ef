package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/lint/report/reporttest"
	"github.com/smtplint/smtplint/rules"
)

// everything is all rules, also those that are off by default.
func everything() *lint.Linter {
	set := lint.Settings{Severities: map[string]lint.Severity{}, FailOn: lint.Warning}
	for _, r := range rules.All {
		set.Severities[r.ID] = r.Severity
	}
	return lint.New(rules.All, set)
}

// reports lints recordings with all rules, and holds every report about them
// against what its readers expect.
func reports(t *testing.T, linter *lint.Linter, recordings ...string) (told bool) {
	var draw *lint.Drawing
	for i := range report.Formats {
		draw = draw.Join(report.Formats[i].Draw)
	}
	var inputs []lint.Input
	for i, recording := range recordings {
		inputs = append(inputs, lint.Input{
			Path: strconv.Itoa(i) + ".log", Linter: linter, Options: lint.Options{Draw: draw},
			Open: func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(recording)), nil },
		})
	}
	writers := make([]report.Writer, len(report.Formats))
	outs := make([]bytes.Buffer, len(report.Formats))
	for i := range report.Formats {
		writers[i] = report.Formats[i].New(&outs[i], report.Options{Context: 2, Version: "v1.0.0"})
	}
	var total report.Total
	for f := range lint.Run(inputs, 1) {
		total.Add(f)
		i, _ := strconv.Atoi(strings.TrimSuffix(f.Path, ".log"))
		inRange(t, recordings[i], f)
		told = told || tells(f)
		for i, w := range writers {
			if err := w.File(f); err != nil {
				t.Fatalf("%s: %v", report.Formats[i].Name, err)
			}
		}
	}
	want := reporttest.Want{
		Files: total.Files, Failed: total.Failed, Findings: total.Errors + total.Warnings + total.Infos, Suppressed: total.Suppressed,
	}
	for i, w := range writers {
		if err := w.Close(total); err != nil {
			t.Fatalf("%s: %v", report.Formats[i].Name, err)
		}
		if err := reporttest.Check(report.Formats[i].Name, outs[i].Bytes(), want); err != nil {
			t.Errorf("%v", err)
		}
		if told && bytes.Contains(outs[i].Bytes(), []byte(secret)) {
			t.Errorf("%s: has the secret", report.Formats[i].Name)
		}
	}
	return told
}

// inRange holds every place that findings name against the recording.
func inRange(t *testing.T, recording string, f *lint.File) {
	lines := strings.SplitAfter(recording, "\n")
	check := func(d *lint.Diagnostic, p *lint.Place) {
		s := p.Span
		if !s.Known() || s.Packet != 0 {
			return
		}
		if s.Line < 1 || int(s.Line) > len(lines) || s.Column < 1 || int(s.Column-1+s.Length) > len(lines[s.Line-1]) || s.Offset < 0 || s.Offset+int64(s.Length) > int64(len(recording)) {
			t.Errorf("%s: %+v is not in the recording, %q", d.Rule.ID, s, recording)
		}
		if p.From < 0 || p.From > p.To || p.To > len(p.Text) {
			t.Errorf("%s: %d to %d of %q", d.Rule.ID, p.From, p.To, p.Text)
		}
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		check(d, &d.At)
		for k := range d.Related {
			check(d, &d.Related[k].At)
		}
	}
}

// secret is a password that is sent before whatever a fuzzer makes up.
const secret = "c2VzYW1lc2VzYW1l"

const login = "S: 220 mx\nC: EHLO c.example.com\nS: 250-mx\nS: 250 AUTH PLAIN LOGIN\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxpY2U=\nS: 334 UGFzc3dvcmQ6\nC: " + secret + "\nS: 235 ok\n"

// tells reports whether the password was read as one. It is not where what
// follows makes the recording one of another notation.
func tells(f *lint.File) bool {
	return slices.ContainsFunc(f.Findings, func(d lint.Diagnostic) bool {
		return d.Rule.ID == "credential-in-transcript" && int(d.At.Span.Line) == strings.Count(login, "\n")-1
	})
}

func TestReportsOfSecret(t *testing.T) {
	if !reports(t, everything(), login) {
		t.Error("the password was not read as one")
	}
}

// TestReportsOfExamples: what our own rules say, and the pages that they have,
// are fit for every report.
func TestReportsOfExamples(t *testing.T) {
	linter := everything()
	var all []string
	for _, r := range rules.All {
		for _, e := range r.Examples {
			all = append(all, e.Text())
		}
	}
	reports(t, linter, all...)
}

// FuzzReports: no recording makes our rules say something that a report cannot
// hold, point somewhere outside the recording, or tell a password.
func FuzzReports(f *testing.F) {
	linter := everything()
	for _, r := range rules.All {
		f.Add(r.Examples[0].Text())
	}
	logs, _ := filepath.Glob("../../transcripts/formats/testdata/*.log")
	if len(logs) == 0 {
		f.Fatal("no recordings of other formats")
	}
	for _, log := range logs {
		if text, err := os.ReadFile(log); err == nil && len(text) < 8<<10 {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, recording string) {
		if len(recording) < 1<<16 {
			reports(t, linter, recording, login+recording)
		}
	})
}
