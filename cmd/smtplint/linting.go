package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// lintFlags say what is linted and how. Commands that lint have them in common.
type lintFlags struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Recordings, directories or patterns; - is standard input."`

	inputFlags     `group:"Input"`
	selectionFlags `group:"Input"`
	ruleFlags      `group:"Rules"`
	NoInline       bool   `help:"Ignore comments in recordings that speak to smtplint." group:"Suppression"`
	Config         string `short:"c" placeholder:"FILE" help:"Configuration file for all recordings (default: for each the nearest .smtplint.yaml, from its directory upward to the root of the repository)." group:"General"`
	NoConfig       bool   `help:"Read no configuration file." group:"General"`
	Jobs           int    `short:"j" placeholder:"N" help:"Recordings read at the same time (default: one for each processor)." group:"General"`
}

// prepare finds all that is to be linted. Whatever is wrong with flags and
// configurations is found out here, before anything is read.
func (c *lintFlags) prepare(s *streams, failOn string) (*selection, error) {
	if len(c.Paths) == 0 && c.FilesFrom == "" {
		return nil, usage("no recording named: give a file, a directory, or - for standard input")
	}
	j, err := c.judging(failOn)
	if err != nil {
		return nil, err
	}
	sel, err := c.gather(s, j)
	if err != nil {
		return nil, err
	}
	return sel, j.err()
}

func (c *lintFlags) jobs() int {
	if c.Jobs < 1 {
		return runtime.GOMAXPROCS(0)
	}
	return c.Jobs
}

// complain says what is wrong with a recording.
func (s *streams) complain(f *lint.File) {
	if f.Err != nil {
		fmt.Fprintf(s.err, "smtplint: %s\n", text.Clean(withPath(f)))
	}
}

// withPath says what happened to a file, naming it once.
func withPath(f *lint.File) string {
	message := f.Err.Error()
	if strings.Contains(message, f.Path) {
		return message
	}
	return f.Path + ": " + message
}
