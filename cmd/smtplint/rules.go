package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/explain"
)

type rulesCmd struct {
	Format string `short:"f" enum:"text,markdown,json" default:"text" help:"Output format (${enum}); markdown is the whole reference."`
}

func (c *rulesCmd) Run(s *streams) error {
	switch c.Format {
	case "json":
		return closed(explain.WriteRules(s.out, rules.All, s.lang))
	case "markdown":
		_, err := fmt.Fprint(s.out, lint.Reference(rules.All))
		return closed(err)
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tAREA\tSIDE\tSEVERITY\tDEFAULT\tNEEDS\tWHAT IS WRONG")
	for _, r := range rules.All {
		on := "on"
		if !r.Default {
			on = "off"
		}
		needs := (r.Needs | r.Sees).String()
		if needs == "" {
			needs = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.Area, r.Side, r.Severity, on, needs, explain.Title(r, s.lang))
	}
	return closed(w.Flush())
}
