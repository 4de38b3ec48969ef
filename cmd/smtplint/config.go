package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/rules"
)

type configCmd struct {
	Check  configCheckCmd  `cmd:"" help:"Check configuration files."`
	Show   configShowCmd   `cmd:"" help:"Print the settings that hold for a recording."`
	Schema configSchemaCmd `cmd:"" help:"Print a JSON Schema of the configuration, for editors."`
}

type configCheckCmd struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Configuration files (default: the one that holds here)."`
}

func (c *configCheckCmd) Run(s *streams) error {
	paths := c.Paths
	if len(paths) == 0 {
		conf, err := ownConfig()
		if err != nil {
			return failure{exitUsage, err}
		}
		if conf.Path == "" {
			return failure{exitUnread, fmt.Errorf("there is no %s here or above", config.Name)}
		}
		paths = []string{conf.Path}
	}
	var fault error
	for _, path := range paths {
		if _, err := config.Load(path, rules.All); err != nil {
			complain(s.err, err)
			fault = failure{status: exitUsage}
			continue
		}
		if _, err := fmt.Fprintf(s.out, "%s: ok\n", path); err != nil {
			return closed(err)
		}
	}
	return fault
}

type configShowCmd struct {
	Path string `arg:"" optional:"" default:"." help:"The recording, or a directory (default: the working directory)."`
}

func (c *configShowCmd) Run(s *streams) error {
	path, err := filepath.Abs(c.Path)
	if err != nil {
		return err
	}
	dir := path
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		dir = filepath.Dir(path)
	}
	finder := config.NewFinder(rules.All)
	manner, _ := finder.In(dir).For(path)
	if err := finder.Err(); err != nil {
		return failure{exitUsage, err}
	}
	if _, err := fmt.Fprint(s.out, manner); err != nil {
		return closed(err)
	}
	if manner.Excluded(path) {
		_, err = fmt.Fprintln(s.out, "# excluded: it is left out where it is found rather than named")
	}
	return closed(err)
}

type configSchemaCmd struct{}

func (c *configSchemaCmd) Run(s *streams) error {
	data, err := config.Schema(rules.All)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n", data)
	return closed(err)
}

// ownConfig is the configuration that holds in the working directory. It is
// never nil.
func ownConfig() (*config.Config, error) {
	here, err := os.Getwd()
	if err != nil {
		return &config.Config{}, err
	}
	finder := config.NewFinder(rules.All)
	conf := finder.In(here)
	return conf, finder.Err()
}
