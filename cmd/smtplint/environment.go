package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// environment gives the flags of the commands that lint, and --lang, defaults
// from the environment: SMTPLINT_FAIL_ON for --fail-on. A variable that is empty
// counts as not set.
func environment(app *kong.Application) kong.ResolverFunc {
	names := variables(app)
	return func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		value := os.Getenv(names[flag])
		if names[flag] == "" || value == "" {
			return nil, nil
		}
		if flag.Enum != "" {
			if err := choice(value, flag.EnumSlice()); err != nil {
				return nil, fmt.Errorf("%s: %w", names[flag], err)
			}
		}
		return value, nil
	}
}

// variables are the names of the variables for flags that have one.
func variables(app *kong.Application) map[*kong.Flag]string {
	names := map[*kong.Flag]string{}
	add := func(flags []*kong.Flag) {
		for _, f := range flags {
			if f.Name != "help" && f.Name != "version" {
				names[f] = "SMTPLINT_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			}
		}
	}
	add(app.Flags)
	for _, n := range app.Children {
		switch n.Name {
		case "check":
			add(n.Flags)
		case "baseline":
			for _, sub := range n.Children {
				add(sub.Flags)
			}
		}
	}
	return names
}
