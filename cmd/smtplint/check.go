package main

import (
	"errors"
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/baseline"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/rules/explain"
)

type checkCmd struct {
	lintFlags

	FailOn         string `enum:"error,warning,info,never," default:"" placeholder:"LEVEL" help:"Exit with 1 from this severity on: error, warning (the default), info, never." group:"Failing"`
	Strict         bool   `help:"Exit with 1 also where a rule could not be judged." group:"Failing"`
	Baseline       string `placeholder:"FILE" help:"Suppress the findings that a baseline knows." group:"Suppression"`
	ShowSuppressed bool   `help:"Show suppressed findings, too; they do not count." group:"Suppression"`

	outputFlags `group:"Output"`
}

func (c *checkCmd) Run(s *streams) error {
	selected, err := c.prepare(s, c.FailOn)
	if err != nil {
		return err
	}
	var known *baseline.Baseline
	if c.Baseline != "" {
		if known, err = baseline.Load(c.Baseline); err != nil {
			return failure{exitUsage, err}
		}
	}
	out, err := c.outputFlags.open(s, selected.inputs)
	if err != nil {
		return err
	}
	defer out.abandon()
	after := moment
	if len(c.Output) > 0 {
		after = 0 // files were begun
	}
	stop := interruptible(selected.inputs, after, out.abandon)
	unread := 0 // recordings that the interruption has kept from being read
	progress := c.watch(s, selected.inputs)
	var mentioned explain.Mentioned
	var total report.Total
	failing := false
	limitMemory(c.jobs())
	for f := range lint.Run(selected.inputs, c.jobs()) {
		if errors.Is(f.Err, errInterrupted) {
			unread++
			if f.Sessions == 0 {
				continue
			}
		}
		progress.pause()
		if known != nil {
			known.Apply(f)
		}
		if !c.ShowSuppressed {
			f.Hide()
		}
		total.Add(f)
		failing = failing || f.Fails()
		for i := range f.Findings {
			mentioned.Add(&f.Findings[i])
		}
		s.complain(f)
		err := out.File(f)
		progress.resume()
		if err != nil {
			break
		}
	}
	progress.stop()
	if unread > 0 {
		out.dropFiles()
	}
	if err := out.Close(total); err != nil {
		return err
	}
	if unread > 0 {
		return stop.failure(unread)
	}
	if c.Explain {
		if err := mentioned.Write(s.out, new(pageFlags).options(s)); err != nil {
			return closed(err)
		}
	}
	if known != nil && known.Stale() > 0 && !c.Quiet {
		fmt.Fprintf(s.err, "smtplint: findings of %s that no longer occur: %d; \"smtplint baseline update\" removes them\n", c.Baseline, known.Stale())
	}
	if total.Files == 0 {
		return selected.nothing()
	}
	return c.verdict(total, failing)
}

// verdict is the exit status that a run deserves.
func (c *checkCmd) verdict(t report.Total, failing bool) error {
	switch {
	case t.Failed > 0:
		return failure{status: exitUnread}
	case failing, c.Strict && len(t.Withheld) > 0:
		return failure{status: exitFindings}
	}
	return nil
}
