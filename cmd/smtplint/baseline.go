package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/baseline"
	"github.com/smtplint/smtplint/lint/text"
)

type baselineCmd struct {
	Write  baselineWriteCmd  `cmd:"" help:"Make the findings that recordings have now known, so that \"check --baseline\" reports new ones only."`
	Update baselineUpdateCmd `cmd:"" help:"Remove what no longer occurs from a baseline. Nothing is added."`
	Show   baselineShowCmd   `cmd:"" help:"List what a baseline knows."`
}

type baselineFlag struct {
	Baseline string `placeholder:"FILE" default:".smtplint-baseline.json" help:"The baseline (default: ${default})."`
}

type baselineWriteCmd struct {
	lintFlags
	baselineFlag
}

func (c *baselineWriteCmd) Run(s *streams) error {
	b, err := baseline.New(c.Baseline)
	if err != nil {
		return err
	}
	if err := c.apply(s, b); err != nil {
		return err
	}
	b.Accept()
	if err := c.save(b); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s: %d known\n", c.Baseline, b.Len())
	return closed(err)
}

type baselineUpdateCmd struct {
	lintFlags
	baselineFlag
}

func (c *baselineUpdateCmd) Run(s *streams) error {
	b, err := baseline.Load(c.Baseline)
	if err != nil {
		return failure{exitUsage, err}
	}
	if err := c.apply(s, b); err != nil {
		return err
	}
	removed := b.Shrink()
	if err := c.save(b); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s: %d removed, %d known\n", c.Baseline, removed, b.Len())
	return closed(err)
}

type baselineShowCmd struct{ baselineFlag }

func (c *baselineShowCmd) Run(s *streams) error {
	b, err := baseline.Load(c.Baseline)
	if err != nil {
		return failure{exitUsage, err}
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "COUNT\tRULE\tFINGERPRINT\tPATH")
	for _, e := range b.Entries() {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", e.Count, text.Clean(e.Rule), text.Clean(e.Fingerprint), text.Clean(e.Path))
	}
	return closed(w.Flush())
}

// apply lints and compares with a baseline. It fails where a recording cannot
// be read: what is known of that would be wrong.
func (c *lintFlags) apply(s *streams, b *baseline.Baseline) error {
	selected, err := c.prepare(s, "never")
	if err != nil {
		return err
	}
	files, failed := 0, false
	limitMemory(c.jobs())
	for f := range lint.Run(selected.inputs, c.jobs()) {
		files++
		failed = failed || f.Err != nil
		s.complain(f)
		b.Apply(f)
	}
	switch {
	case failed:
		return failure{status: exitUnread}
	case files == 0:
		return selected.nothing()
	}
	return nil
}

func (f *baselineFlag) save(b *baseline.Baseline) error {
	file, err := replace(f.Baseline)
	if err != nil {
		return err
	}
	fault := b.Write(file)
	if err := file.end(fault == nil); err != nil {
		return err
	}
	return fault
}
