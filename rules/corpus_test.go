package rules_test

import (
	"encoding/csv"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// A labelled recording of somebody else's, from the corpus's manifest.
type labelled struct {
	file, format, label, expect, strict string
	found                               []lint.Diagnostic
}

const corpus = "../../shared/corpus/"

// readCorpus lints the corpus, without what is in notations that are not read.
func readCorpus(t *testing.T) []labelled {
	manifest, err := os.Open(corpus + "MANIFEST.tsv")
	if err != nil {
		t.Skip("no corpus here")
	}
	defer manifest.Close()
	table := csv.NewReader(manifest)
	table.Comma = '\t'
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	var all []labelled
	var inputs []lint.Input
	linter := lint.New(rules.All, lint.Settings{})
	foreign, unread := 0, 0
	for _, row := range rows[1:] {
		l := labelled{
			file: row[column("file")], format: row[column("format")], label: row[column("label")],
			expect: row[column("expect")], strict: row[column("strict")],
		}
		if slices.Contains(notRead, l.format) {
			foreign++
			continue
		}
		all = append(all, l)
		inputs = append(inputs, lint.Input{Path: l.file, Linter: linter, Open: func(string) (io.ReadCloser, error) { return os.Open(corpus + l.file) }})
	}
	i := 0
	for f := range lint.Run(inputs, 4) {
		all[i].found = f.Findings
		if f.Err != nil && len(f.Findings) == 0 {
			all[i].label = "unread"
			unread++
		}
		i++
	}
	t.Logf("%d recordings read, %d not recognised, %d in notations that are not read", len(all)-unread, unread, foreign)
	return all
}

// TestConformingCorpus: on conforming sessions nothing is found at warning or
// above, but for what is listed with its reason.
func TestConformingCorpus(t *testing.T) {
	met := make([]bool, len(beyondLabels))
	for _, l := range readCorpus(t) {
		if l.label != "conforming" || l.strict != "clean" {
			continue
		}
	findings:
		for _, d := range l.found {
			if d.Severity < lint.Warning || strings.HasSuffix(d.Rule.ID, "-in-transcript") || d.Rule.ID == "crackable-exchange" {
				continue
			}
			for n, b := range beyondLabels {
				if ok, _ := path.Match(b.files, l.file); ok && slices.Contains(strings.Fields(b.rules), d.Rule.ID) {
					met[n] = true
					continue findings
				}
			}
			t.Errorf("%s:%d#%d: %s: %s", l.file, d.At.Span.Line, d.At.Span.Packet, d.Rule.ID, d.Message)
		}
	}
	for n, b := range beyondLabels {
		if !met[n] {
			t.Errorf("%s: no %s, although %s", b.files, b.rules, b.because)
		}
	}
}

// TestViolatingCorpus: for each fault that a label names in words that are
// known here, one of the rules about it has found something, but for what is
// listed with its reason.
func TestViolatingCorpus(t *testing.T) {
	met := make([]bool, len(belowLabels))
	named, found := 0, 0
	for _, l := range readCorpus(t) {
		if l.label != "violating" {
			continue
		}
	faults:
		for _, f := range faults {
			if !strings.Contains(l.expect, f.words) {
				continue
			}
			named++
			if slices.ContainsFunc(l.found, func(d lint.Diagnostic) bool { return slices.Contains(strings.Fields(f.rules), d.Rule.ID) }) {
				found++
				continue
			}
			for n, b := range belowLabels {
				if ok, _ := path.Match(b.files, l.file); ok && b.words == f.words {
					met[n] = true
					continue faults
				}
			}
			var got []string
			for _, d := range l.found {
				got = append(got, d.Rule.ID)
			}
			t.Errorf("%s: %q: none of %s in %v", l.file, f.words, f.rules, got)
		}
	}
	t.Logf("%d of %d faults that labels name were found", found, named)
	for n, b := range belowLabels {
		if !met[n] {
			t.Errorf("%s: %q is found, although %s", b.files, b.words, b.because)
		}
	}
}
