package main

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/rules"
)

// ruleFlags say which rules are on, and how severe they are.
type ruleFlags struct {
	Only          []string          `placeholder:"RULE" help:"Run only these rules: their names, area:NAME, side:NAME, rfc:NUMBER or all."`
	Select        []string          `placeholder:"RULE" help:"Run these rules, too, that are off by default."`
	Ignore        []string          `placeholder:"RULE" help:"Do not run these rules."`
	Severity      map[string]string `placeholder:"RULE=LEVEL" help:"Set a rule to off, info, warning or error."`
	Profile       []string          `placeholder:"NAME" help:"Settings for one kind of recording: standard, strict, mx, submission, lmtp, test-double, publish."`
	Side          string            `enum:"client,server,both," default:"" placeholder:"SIDE" help:"Report faults of this side only: client, server, both (the default)."`
	MinConfidence string            `enum:"certain,likely,hint" default:"hint" placeholder:"LEVEL" help:"Leave out findings that are less sure: certain, likely, hint (the default)."`
}

// judging finds out how each recording is read and judged: what the flags and
// its configuration say. Recordings of which both say the same share a linter.
type judging struct {
	*lintFlags
	failOn     string
	here       string // the working directory
	options    lint.Options
	confidence lint.Confidence
	finder     *config.Finder // nil where the configuration is the same for all
	same       *config.Config
	last       *config.Config // of the last recording, and its manner where there is but one
	manner     *manner
	manners    map[mannerKey]*manner
	named      map[string]error // rules that flags name: nil where a recording knows them
}

// manner is how a recording is read and judged.
type manner struct {
	linter  *lint.Linter
	options lint.Options
}

type mannerKey struct {
	config *config.Config
	which  string
}

// judging checks the flags.
func (c *lintFlags) judging(failOn string) (*judging, error) {
	j := &judging{lintFlags: c, failOn: failOn, manners: map[mannerKey]*manner{}, named: map[string]error{}}
	var err error
	if j.options, err = c.options(); err != nil {
		return nil, err
	}
	j.options.Hints.Deaf = c.NoInline
	if j.confidence, err = lint.ParseConfidence(c.MinConfidence); err != nil {
		return nil, err
	}
	for _, name := range c.Profile {
		if lint.FindProfile(name) == nil {
			return nil, usage("there is no profile %q%s", name, lint.DidYouMean(name, lint.ProfileNames()))
		}
	}
	for id, level := range c.Severity {
		if _, err := lint.ParseSeverity(level); err != nil {
			return nil, usage("--severity %s: %v", id, err)
		}
	}
	if j.here, err = os.Getwd(); err != nil {
		return nil, err
	}
	switch {
	case c.Config != "":
		if j.same, err = config.Load(c.Config, rules.All); err != nil {
			return nil, failure{exitUsage, err}
		}
	case c.NoConfig:
		j.same = &config.Config{}
	default:
		j.finder = config.NewFinder(rules.All)
	}
	return j, nil
}

// configuration is that of a directory, whose path is absolute.
func (j *judging) configuration(dir string) *config.Config {
	if j.finder == nil {
		return j.same
	}
	return j.finder.In(dir)
}

// prepare says how an input is read and judged.
func (j *judging) prepare(in *lint.Input) {
	path := in.Path
	if !filepath.IsAbs(path) {
		path = filepath.Join(j.here, path)
	}
	m := j.of(path)
	in.Linter, in.Options = m.linter, m.options
}

// of is the manner of a recording, whose path is absolute.
func (j *judging) of(path string) *manner {
	conf := j.configuration(filepath.Dir(path))
	plain := len(conf.Overrides) == 0 && len(conf.Ignore) == 0
	if plain && conf == j.last {
		return j.manner
	}
	said, which := conf.For(path)
	key := mannerKey{conf, which}
	m := j.manners[key]
	if m == nil {
		m = j.make(said)
		j.manners[key] = m
	}
	if j.last = nil; plain {
		j.last, j.manner = conf, m
	}
	return m
}

// make joins the flags with a configuration; flags win.
func (j *judging) make(said config.Manner) *manner {
	all := said.Rules(rules.All)
	set := lint.Settings{
		Severities: map[string]lint.Severity{}, Side: cmp.Or(j.Side, said.Side), MinConfidence: j.confidence, Ignored: said.Ignored,
	}
	m := &manner{options: j.options}
	m.options.Format = cmp.Or(j.options.Format, said.Format)
	maps.Copy(set.Severities, said.Severities)
	for _, name := range j.Profile {
		p := lint.FindProfile(name)
		p.Set(all, set.Severities)
		p.Hint(&m.options.Hints)
	}
	if h := &m.options.Hints; h.Port == 0 {
		h.Port = said.Hints.Port
	}
	m.options.Hints.LMTP = m.options.Hints.LMTP || said.Hints.LMTP
	for _, r := range j.selected(all, j.Select) {
		set.Severities[r.ID] = r.Severity
	}
	for id, level := range j.Severity {
		s, _ := lint.ParseSeverity(level) // was checked
		for _, r := range j.selected(all, []string{id}) {
			set.Severities[r.ID] = s
		}
	}
	for _, r := range j.selected(all, j.Only) {
		set.Only = append(set.Only, r.ID)
		if s, ok := set.Severities[r.ID]; ok && s == lint.Off {
			set.Severities[r.ID] = r.Severity
		}
	}
	for _, r := range j.selected(all, j.Ignore) {
		set.Severities[r.ID] = lint.Off
	}
	if level := cmp.Or(j.failOn, said.FailOn, "warning"); level != "never" {
		set.FailOn, _ = lint.ParseSeverity(level) // one of an enumeration
	}
	m.linter = lint.New(all, set)
	return m
}

// selected are the rules that selectors of a flag name. What is unknown here may
// be a custom rule of another configuration.
func (j *judging) selected(all []*lint.Rule, selectors []string) (selected []*lint.Rule) {
	for _, s := range selectors {
		found, err := lint.Select(all, strings.TrimSpace(s))
		if before, seen := j.named[s]; !seen || before != nil {
			j.named[s] = err
		}
		selected = append(selected, found...)
	}
	return selected
}

// err is what is wrong with the configurations that were met, or with flags in
// the light of them.
func (j *judging) err() error {
	if len(j.manners) == 0 {
		j.of(filepath.Join(j.here, config.Name)) // so that flags are checked where nothing is linted
	}
	if j.finder != nil && j.finder.Err() != nil {
		return failure{exitUsage, j.finder.Err()}
	}
	for _, list := range [][]string{j.Only, j.Select, j.Ignore, slices.Sorted(maps.Keys(j.Severity))} {
		for _, s := range list {
			if err := j.named[s]; err != nil {
				return usage("%v", err)
			}
		}
	}
	return nil
}
