package main

import (
	"cmp"
	"encoding/json"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

type showCmd struct {
	Path string `arg:"" help:"The recording; - is standard input."`

	inputFlags  `group:"Input"`
	Format      string `short:"f" enum:"plain,json" default:"plain" help:"What to print (${enum})."`
	ShowSecrets bool   `help:"Print credentials, too."`
}

func (c *showCmd) Run(s *streams) error {
	opts, err := c.options()
	if err != nil {
		return err
	}
	inputs := c.flowsAt(c.Path)
	if len(inputs) == 0 {
		inputs = append(inputs, c.input(c.Path, s.in))
	}
	if len(inputs) > 1 {
		return usage("%s holds %d recordings: name one of them", c.Path, len(inputs))
	}
	src, err := inputs[0].Open(inputs[0].Path)
	if err != nil {
		return err
	}
	defer src.Close()
	rec := transcripts.Open(src)
	defer rec.Close()
	f := cmp.Or(inputs[0].Format, opts.Format)
	if f == nil {
		if f, err = lint.Recognise(rec, opts.Hints); err != nil {
			return failure{exitUnread, pathError(c.Path, err)}
		}
	}
	if c.Format == "json" {
		return c.json(s, rec, f, opts.Hints)
	}
	w := transcripts.NewPlainWriter(s.out, f, c.ShowSecrets)
	if err := rec.Lines(f, opts.Hints, w.Line); err != nil {
		w.Flush()
		return pathError(c.Path, err)
	}
	return closed(w.Flush())
}

func (c *showCmd) json(s *streams, rec *transcripts.Recording, f *transcripts.Format, hints transcripts.Hints) error {
	doc := shownFile{Version: 1, Path: c.Path, Format: f.Name, Sessions: []shownSession{}}
	var fault error
	for session, err := range rec.Sessions(f, hints) {
		if err != nil {
			fault = err
			break
		}
		doc.Sessions = append(doc.Sessions, sessionOf(session, c.ShowSecrets))
	}
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(&doc); err != nil {
		return closed(err)
	}
	if fault != nil {
		return pathError(c.Path, fault)
	}
	return nil
}
