package main

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/explain"
)

type checkCmd struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Recordings; - is standard input."`

	inputFlags     `group:"Input"`
	Only           []string          `placeholder:"RULE,..." help:"Run only these rules." group:"Rules"`
	Ignore         []string          `placeholder:"RULE,..." help:"Do not run these rules." group:"Rules"`
	Severity       map[string]string `placeholder:"RULE=LEVEL" help:"Set a rule to off, info, warning or error." group:"Rules"`
	Profile        []string          `placeholder:"NAME,..." help:"Settings for one kind of recording: standard, strict, mx, submission, lmtp, test-double." group:"Rules"`
	Side           string            `enum:"client,server,both," default:"" help:"Report faults of this side only: client, server, both (the default)." group:"Rules"`
	MinConfidence  string            `enum:"certain,likely,hint" default:"hint" help:"Leave out findings that are less sure (${enum})." group:"Rules"`
	FailOn         string            `enum:"error,warning,info,never," default:"" help:"Exit with 1 from this severity on: error, warning (the default), info, never." group:"Failing"`
	Strict         bool              `help:"Exit with 1 also where a rule could not be judged." group:"Failing"`
	NoInline       bool              `help:"Ignore comments in recordings that speak to smtplint." group:"Suppression"`
	ShowSuppressed bool              `help:"Show suppressed findings, too; they do not count." group:"Suppression"`

	outputFlags `group:"Output"`
	Config      string `short:"c" placeholder:"FILE" help:"Configuration file (default: the nearest .smtplint.yaml from here upward)."`
	NoConfig    bool   `help:"Read no configuration file."`
	Jobs        int    `short:"j" placeholder:"N" help:"Recordings read at the same time (default: one for each processor)."`
}

func (c *checkCmd) Run(s *streams) error {
	if len(c.Paths) == 0 {
		return usage("no recording named: give a file, or - for standard input")
	}
	conf, err := c.config()
	if err != nil {
		return failure{exitUsage, err}
	}
	settings, err := c.settings(conf)
	if err != nil {
		return err
	}
	opts, err := c.options()
	if err != nil {
		return err
	}
	for _, name := range slices.Concat(c.Profile, conf.Extends) {
		lint.FindProfile(name).Hint(&opts.Hints)
	}
	jobs := c.Jobs
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	opts.Hints.Deaf = c.NoInline
	linter := lint.New(rules.All, settings)
	inputs := c.inputs(c.Paths, s.in)
	for i := range inputs {
		inputs[i].Linter, inputs[i].Options = linter, opts
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
	return c.verdict(total, failing)
}

// config reads the configuration that applies.
func (c *checkCmd) config() (*config.Config, error) {
	path := c.Config
	if path == "" && !c.NoConfig {
		var err error
		if path, err = config.Find("."); err != nil {
			return nil, err
		}
	}
	if path == "" {
		return &config.Config{}, nil
	}
	return config.Load(path, rules.All)
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

// settings joins the flags with the configuration; flags win.
func (c *checkCmd) settings(conf *config.Config) (lint.Settings, error) {
	set := lint.Settings{Severities: map[string]lint.Severity{}, Only: c.Only, Side: cmp.Or(c.Side, conf.Side)}
	for _, name := range conf.Extends {
		lint.FindProfile(name).Set(rules.All, set.Severities)
	}
	maps.Copy(set.Severities, conf.Rules)
	for _, name := range c.Profile {
		profile := lint.FindProfile(name)
		if profile == nil {
			return set, usage("there is no profile %q%s", name, lint.DidYouMean(name, lint.ProfileNames()))
		}
		profile.Set(rules.All, set.Severities)
	}
	for _, id := range slices.Concat(c.Only, c.Ignore) {
		if rules.ByID(id) == nil {
			return set, usage("there is no rule %q%s", id, lint.DidYouMean(id, ruleIDs()))
		}
	}
	for id, level := range c.Severity {
		if rules.ByID(id) == nil {
			return set, usage("--severity: there is no rule %q%s", id, lint.DidYouMean(id, ruleIDs()))
		}
		severity, err := lint.ParseSeverity(level)
		if err != nil {
			return set, usage("--severity %s: %v", id, err)
		}
		set.Severities[id] = severity
	}
	for _, id := range c.Ignore {
		set.Severities[id] = lint.Off
	}
	var err error
	if level := cmp.Or(c.FailOn, conf.FailOn, "warning"); level != "never" {
		if set.FailOn, err = lint.ParseSeverity(level); err != nil {
			return set, err
		}
	}
	set.MinConfidence, err = lint.ParseConfidence(c.MinConfidence)
	return set, err
}

func ruleIDs() []string {
	var ids []string
	for _, r := range rules.All {
		ids = append(ids, r.ID)
	}
	return ids
}
