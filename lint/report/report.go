// Package report writes what a run has found: one file for each output format,
// behind one interface. What a recording says is hostile; every writer makes it
// harmless in its own way.
package report

import (
	"io"
	"slices"

	"github.com/smtplint/smtplint/lint"
)

// A Writer writes a report. File is called for every input, in order, and
// Close once at the end. A writer keeps nothing of a File, and of its own
// output no more than the format forces it to.
type Writer interface {
	File(f *lint.File) error
	Close(total Total) error
}

// Options says how a report looks.
type Options struct {
	Color   bool   // with colours
	Links   bool   // with hyperlinks (OSC 8), as some terminals show them
	Width   int    // columns of the terminal; 0 where there is none
	Quiet   bool   // findings only, no summaries
	Verbose bool   // everything that was not judged by name
	Context int    // lines of the conversation shown before and behind each place
	Base    Base   // what paths are relative to, for formats that a CI service reads
	Version string // of smtplint
}

// A Format is an output format.
type Format struct {
	Name string
	For  string // who reads it
	New  func(io.Writer, Options) Writer
	Draw *lint.Drawing // what it needs to be kept of the sessions; nil: findings are enough
}

// Formats lists the output formats, sorted by name.
var Formats = []Format{
	{Name: "checkstyle", For: "Jenkins Warnings, reviewdog and others that read Checkstyle's XML", New: newCheckstyle},
	{Name: "full", For: "people at a terminal", New: newFull},
	{Name: "github", For: "annotations in GitHub Actions (workflow commands)", New: newGitHub},
	{Name: "gitlab", For: "GitLab Code Quality", New: newGitLab},
	{Name: "html", For: "people with a browser: every session drawn, with its findings in place", New: newHTML, Draw: &htmlDrawing},
	{Name: "json", For: "programs: one object, version 1", New: newJSON},
	{Name: "jsonl", For: "programs that read line by line: one finding a line, then a summary", New: newJSONL},
	{Name: "junit", For: "test reports of CI services (JUnit XML)", New: newJUnit},
	{Name: "markdown", For: "the summary of a CI job, or a comment; at most 1 MiB", New: newMarkdown},
	{Name: "none", For: "the exit status alone", New: newNone},
	{Name: "rdjson", For: "reviewdog", New: newRDJSON},
	{Name: "sarif", For: "GitHub code scanning and other readers of SARIF 2.1.0", New: newSARIF},
	{Name: "short", For: "editors and problem matchers: one line a finding, as gcc writes them", New: newShort},
	{Name: "tap", For: "harnesses of the Test Anything Protocol (TAP 14), one point a recording", New: newTAP},
}

// ByName returns the format of a name, or nil.
func ByName(name string) *Format {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &Formats[i]
}

// Names lists the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// none writes nothing.
type none struct{}

func newNone(io.Writer, Options) Writer { return none{} }

func (none) File(*lint.File) error { return nil }
func (none) Close(Total) error     { return nil }
