package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/explain"
)

type checkCmd struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Recordings; - is standard input."`

	inputFlags     `group:"Input"`
	selectionFlags `group:"Input"`
	ruleFlags      `group:"Rules"`
	FailOn         string `enum:"error,warning,info,never," default:"" help:"Exit with 1 from this severity on: error, warning (the default), info, never." group:"Failing"`
	Strict         bool   `help:"Exit with 1 also where a rule could not be judged." group:"Failing"`
	NoInline       bool   `help:"Ignore comments in recordings that speak to smtplint." group:"Suppression"`
	ShowSuppressed bool   `help:"Show suppressed findings, too; they do not count." group:"Suppression"`

	outputFlags `group:"Output"`
	Config      string `short:"c" placeholder:"FILE" help:"Configuration file (default: the nearest .smtplint.yaml from here upward)."`
	NoConfig    bool   `help:"Read no configuration file."`
	Jobs        int    `short:"j" placeholder:"N" help:"Recordings read at the same time (default: one for each processor)."`
}

func (c *checkCmd) Run(s *streams) error {
	if len(c.Paths) == 0 && c.FilesFrom == "" {
		return usage("no recording named: give a file, a directory, or - for standard input")
	}
	judging, err := c.judging()
	if err != nil {
		return err
	}
	selected, err := c.gather(s, judging)
	if err != nil {
		return err
	}
	if err := judging.err(); err != nil {
		return err
	}
	inputs := selected.inputs
	jobs := c.Jobs
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	out, err := c.outputFlags.open(s, inputs)
	if err != nil {
		return err
	}
	defer out.abandon()
	progress := c.watch(s, inputs)
	var mentioned explain.Mentioned
	var total report.Total
	failing := false
	for f := range lint.Run(inputs, jobs) {
		progress.pause()
		if !c.ShowSuppressed {
			f.Hide()
		}
		total.Add(f)
		failing = failing || f.Fails()
		for i := range f.Findings {
			mentioned.Add(&f.Findings[i])
		}
		if f.Err != nil {
			fmt.Fprintf(s.err, "smtplint: %s\n", text.Clean(withPath(f)))
		}
		err := out.File(f)
		progress.resume()
		if err != nil {
			break
		}
	}
	progress.stop()
	if err := out.Close(total); err != nil {
		return err
	}
	if c.Explain {
		if err := mentioned.Write(s.out, new(pageFlags).options(s)); err != nil {
			return closed(err)
		}
	}
	if total.Files == 0 {
		return selected.nothing()
	}
	return c.verdict(total, failing)
}

// withPath says what happened to a file, naming it once.
func withPath(f *lint.File) string {
	message := f.Err.Error()
	if strings.Contains(message, f.Path) {
		return message
	}
	return f.Path + ": " + message
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
