package main

import (
	"fmt"

	"github.com/smtplint/smtplint/transcripts/formats"
)

type formatsCmd struct{}

func (c *formatsCmd) Run(s *streams) error {
	for _, f := range formats.All {
		source := "captured"
		if !f.Captured {
			source = "documented"
		}
		_, err := fmt.Fprintf(s.out, "%s (%s)\n  written by: %s\n  record:     %s\n  proves:     %s\n", f.Name, source, f.Programs, f.Record, f.Proves)
		if err != nil {
			return closed(err)
		}
	}
	return nil
}
