package main

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

type formatsCmd struct {
	Names []string `arg:"" optional:"" name:"name" help:"Only notations whose name or programs have one of these in it."`
}

// Help says what the command's own line has no room for.
func (c *formatsCmd) Help() string {
	return "For each it tells what writes it, how to make such a recording, and what one proves."
}

func (c *formatsCmd) Run(s *streams) error {
	found := false
	for _, f := range formats.All {
		if !c.wants(f) {
			continue
		}
		found = true
		source := "captured"
		if !f.Captured {
			source = "documented"
		}
		_, err := fmt.Fprintf(s.out, "%s (%s)\n  written by: %s\n  record:     %s\n  proves:     %s\n", f.Name, source, f.Programs, f.Record, f.Proves)
		if err != nil {
			return closed(err)
		}
	}
	if !found {
		return usage("no notation and no program that writes one is called %q%s", c.Names[0], lint.DidYouMean(c.Names[0], formats.Names()))
	}
	return nil
}

func (c *formatsCmd) wants(f *transcripts.Format) bool {
	for _, name := range c.Names {
		name = strings.ToLower(name)
		if strings.Contains(f.Name, name) || strings.Contains(strings.ToLower(f.Programs), name) {
			return true
		}
	}
	return len(c.Names) == 0
}
