package main

import "github.com/smtplint/smtplint/rules/explain"

type codesCmd struct{ pageFlags }

func (c *codesCmd) Run(s *streams) error { return closed(explain.WriteCodes(s.out, c.options(s))) }
