package main

import (
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/custom"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/explain"
)

type rulesCmd struct {
	Area     string `placeholder:"AREA" help:"Only rules of this area: transcript, session, reply, data, tls, auth, extension, client, hygiene, grammar, custom."`
	Side     string `enum:"client,server,network,recording," default:"" placeholder:"SIDE" help:"Only rules about this side: client, server, network, recording."`
	Severity string `enum:"info,warning,error," default:"" placeholder:"LEVEL" help:"Only rules of this severity: info, warning, error."`
	Format   string `short:"f" enum:"text,markdown,json" default:"text" placeholder:"NAME" help:"Output format (${enum}); markdown is the whole reference."`
}

func (c *rulesCmd) Run(s *streams) error {
	wanted, err := c.wanted()
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		return closed(explain.WriteRules(s.out, wanted, s.lang))
	case "markdown":
		_, err := fmt.Fprint(s.out, lint.Reference(wanted))
		return closed(err)
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tAREA\tSIDE\tSEVERITY\tDEFAULT\tNEEDS\tWHAT IS WRONG")
	for _, r := range wanted {
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

// wanted returns the rules that the filters leave.
func (c *rulesCmd) wanted() ([]*lint.Rule, error) {
	areas := slices.Concat(lint.Areas, []lint.Area{custom.Area})
	if c.Area != "" && !slices.Contains(areas, lint.Area(c.Area)) {
		var names []string
		for _, a := range areas {
			names = append(names, string(a))
		}
		return nil, usage("there is no area %q%s", c.Area, lint.DidYouMean(c.Area, names))
	}
	conf, err := ownConfig()
	if err != nil {
		return nil, failure{exitUsage, err}
	}
	var wanted []*lint.Rule
	for _, r := range conf.Rules(rules.All) {
		if (c.Area == "" || c.Area == string(r.Area)) && (c.Side == "" || c.Side == r.Side.String()) &&
			(c.Severity == "" || c.Severity == r.Severity.String()) {
			wanted = append(wanted, r)
		}
	}
	return wanted, nil
}
