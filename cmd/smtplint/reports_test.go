package main

import (
	"bytes"
	"io"
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
func reports(t *testing.T, linter *lint.Linter, recordings ...string) {
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
	}
}

// TestReportsOfExamples: what our own rules say, and the pages that they have,
// are fit for every report.
func TestReportsOfExamples(t *testing.T) {
	linter := everything()
	var all []string
	for _, r := range rules.All {
		for _, e := range r.Examples {
			all = append(all, e.Text)
		}
	}
	reports(t, linter, all...)
}

// FuzzReports: no recording makes our rules say something that a report cannot
// hold.
func FuzzReports(f *testing.F) {
	linter := everything()
	for _, r := range rules.All {
		f.Add(r.Examples[0].Text)
	}
	f.Fuzz(func(t *testing.T, recording string) {
		if len(recording) < 1<<16 {
			reports(t, linter, recording)
		}
	})
}
