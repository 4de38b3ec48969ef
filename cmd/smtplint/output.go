package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
)

// outputFlags says what is written, and where to.
type outputFlags struct {
	Format     string   `short:"f" enum:"checkstyle, full, github, gitlab, html, json, jsonl, junit, markdown, none, rdjson, sarif, short, tap" default:"full" placeholder:"NAME" help:"What standard output gets (${enum}; default: ${default})."`
	Output     []string `short:"o" sep:"none" placeholder:"NAME:PATH" help:"Write a report in the format NAME to a file as well. May be given several times."`
	Context    int      `placeholder:"N" help:"Show N lines of the conversation before and behind each place of a finding (with the format full)."`
	Color      string   `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Colours (${enum}; default: ${default}). NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM are honoured."`
	Explain    bool     `help:"Explain in short, below the findings, the reply codes that appear in them (with the formats for people: full, short)."`
	Statistics bool     `help:"Instead of the findings, count them by rule (with the formats full and json)."`
	Quiet      bool     `short:"q" help:"Findings only, no summary and no progress."`
	Verbose    bool     `short:"v" help:"Name all rules that could not be judged."`
}

// check looks for what does not go together.
func (f *outputFlags) check() error {
	switch {
	case f.Explain && f.Format != "full" && f.Format != "short":
		return usage("--explain goes with the formats full and short, not with %s", f.Format)
	case f.Statistics && f.Format != "full" && f.Format != "json":
		return usage("--statistics goes with the formats full and json, not with %s", f.Format)
	case f.Context < 0:
		return usage("--context: %d is no number of lines", f.Context)
	}
	return nil
}

// outputs are all the reports of a run: that on standard output, and files.
type outputs struct {
	all  []*output
	draw *lint.Drawing // what they need of the sessions
}

// output is one report.
type output struct {
	report.Writer
	name string
	file *replacement // nil for standard output
	err  error        // it could not be written; the others go on
}

// open begins all reports. Whatever may be wrong with the paths is found out
// now, before anything is read.
func (f *outputFlags) open(s *streams, inputs []lint.Input) (*outputs, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	opts := report.Options{
		Quiet: f.Quiet, Verbose: f.Verbose, Context: f.Context, Base: base(), Version: version(),
	}
	files := opts
	if opts.Color = colored(f.Color, terminal(s.out)); terminal(s.out) {
		opts.Width = columns(s.out)
		opts.Links = opts.Color && os.Getenv("CI") == ""
	}
	o := new(outputs)
	first := report.ByName(f.Format)
	o.wants(first, f.Context)
	stdout := &output{name: "standard output"}
	if f.Statistics {
		stdout.Writer = report.NewStatistics(s.out, f.Format == "json")
	} else {
		stdout.Writer = first.New(s.out, opts)
	}
	o.all = append(o.all, stdout)
	for _, spec := range f.Output {
		if err := o.add(spec, inputs, files); err != nil {
			o.abandon()
			return nil, err
		}
	}
	for i := range inputs {
		inputs[i].Options.Draw = o.draw
	}
	return o, nil
}

// wants adds what a format needs of the sessions.
func (o *outputs) wants(f *report.Format, context int) {
	o.draw = o.draw.Join(f.Draw)
	if f.Name == "full" && context > 0 {
		o.draw = o.draw.Join(&lint.Drawing{Around: context, Faulty: faultyDrawn})
	}
}

// faultyDrawn is in how many sessions of a recording findings are shown with
// their context.
const faultyDrawn = 10000

// add begins the report that a "NAME:PATH" asks for.
func (o *outputs) add(spec string, inputs []lint.Input, opts report.Options) error {
	name, path, ok := strings.Cut(spec, ":")
	if !ok || path == "" {
		return usage("--output %s: want the name of a format, a colon and a path, as in sarif:report.sarif", spec)
	}
	format := report.ByName(name)
	if format == nil {
		return usage("--output %s: there is no format %q%s", spec, name, lint.DidYouMean(name, report.Names()))
	}
	if isInput(path, inputs) {
		return usage("--output %s: that is one of the recordings to be read", spec)
	}
	for _, other := range o.all[1:] {
		if filepath.Clean(other.name) == filepath.Clean(path) {
			return usage("--output %s: another report goes to the same file", spec)
		}
	}
	file, err := replace(path)
	if err != nil {
		return usage("--output %s: %v", spec, err)
	}
	o.wants(format, opts.Context)
	o.all = append(o.all, &output{Writer: format.New(file, opts), name: path, file: file})
	return nil
}

// isInput reports whether a path is that of a recording.
func isInput(path string, inputs []lint.Input) bool {
	there, err := os.Stat(path)
	if err != nil || !there.Mode().IsRegular() {
		return false
	}
	return slices.ContainsFunc(inputs, func(in lint.Input) bool {
		info, err := os.Stat(in.Path)
		return err == nil && os.SameFile(info, there)
	})
}

// File hands a file on to all reports. It fails when none is left that could
// take it.
func (o *outputs) File(f *lint.File) error {
	left := false
	for _, out := range o.all {
		if out.err == nil {
			out.err = out.File(f)
		}
		left = left || out.err == nil
	}
	if !left {
		return errUnwritten
	}
	return nil
}

var errUnwritten = errors.New("no report could be written")

// Close ends all reports. What could not be written is said for each of them;
// nothing is left where a report should be that has failed.
func (o *outputs) Close(t report.Total) error {
	var faults []error
	for _, out := range o.all {
		if out.err == nil {
			out.err = out.Writer.Close(t)
		}
		if out.file != nil {
			out.err = cmp.Or(out.err, out.file.end(out.err == nil))
		}
		if err := closed(out.err); err != nil {
			faults = append(faults, fmt.Errorf("%s was not written: %w", out.name, err))
		}
	}
	return errors.Join(faults...)
}

// abandon takes back what was begun.
func (o *outputs) abandon() {
	for _, out := range o.all {
		if out.file != nil {
			out.file.end(false)
		}
	}
}

// dropFiles gives up the reports in files: they are written whole or not at all.
func (o *outputs) dropFiles() {
	o.abandon()
	o.all = o.all[:1]
}

// closed turns a closed standard output, as "smtplint ... | head" leaves it,
// into success.
func closed(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return nil
	}
	return err
}
