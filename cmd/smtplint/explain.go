package main

import (
	"errors"

	"github.com/smtplint/smtplint/rules/explain"
)

type explainCmd struct {
	Names []string `arg:"" name:"name" help:"A rule, a reply code, an enhanced code, a command, an extension, or a pasted reply line in quotes; two or more codes are compared."`

	pageFlags
}

func (c *explainCmd) Run(s *streams) error {
	conf, fault := ownConfig()
	pages, err := explain.Pages(c.Names, s.lang, conf.Custom...)
	if err != nil {
		return failure{exitUsage, errors.Join(err, fault)} // the name may be that of a rule which is wrong
	}
	return closed(explain.Write(s.out, pages, c.options(s)))
}

// pageFlags says how pages of the reference are shown.
type pageFlags struct {
	Format string `short:"f" enum:"text,markdown,json" default:"text" help:"Output format (${enum})."`
}

func (f *pageFlags) options(s *streams) explain.Options {
	return explain.Options{Format: f.Format, Lang: s.lang, Width: min(columns(s.out), widestPage)}
}

// widestPage is the width beyond which lines get too long to be read.
const widestPage = 110
