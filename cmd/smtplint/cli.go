package main

import (
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint/baseline"
	"github.com/smtplint/smtplint/lint/report"
)

const (
	program = "smtplint"
	purpose = "Lint recorded SMTP sessions."
)

// cli is the command line. Help, completion and the manual page are made of it.
type cli struct {
	Check      checkCmd         `cmd:"" default:"withargs" help:"Lint recordings (the default command)."`
	Explain    explainCmd       `cmd:"" help:"Explain a rule, a code, a command or an extension; two or more codes side by side."`
	Rules      rulesCmd         `cmd:"" help:"List all rules."`
	Codes      codesCmd         `cmd:"" help:"List all reply codes and enhanced status codes."`
	Formats    formatsCmd       `cmd:"" help:"List the notations that are read."`
	Show       showCmd          `cmd:"" help:"Print a recording as it was understood."`
	Redact     redactCmd        `cmd:"" help:"Copy a recording without its credentials, and if asked for without addresses and content."`
	Baseline   baselineCmd      `cmd:"" help:"Write, update or show a baseline of known findings."`
	Config     configCmd        `cmd:"" help:"Check, show or describe the configuration."`
	Init       initCmd          `cmd:"" help:"Write a commented .smtplint.yaml, or files that run smtplint in CI and before commits."`
	Completion completionCmd    `cmd:"" help:"Print a script that completes the command line in a shell."`
	Man        manCmd           `cmd:"" help:"Print the manual page, for man -l."`
	Build      versionCmd       `cmd:"" name:"version" help:"Print the version, and how this program was built."`
	Lang       string           `placeholder:"LANG" help:"Language of the reference: en or ko (default: as LC_ALL, LC_MESSAGES or LANG say)."`
	Version    kong.VersionFlag `help:"Print the version."`
}

// exited is how kong leaves after --help and --version.
type exited int

// newParser makes the parser of the command line c.
func newParser(c *cli, out, err io.Writer) *kong.Kong {
	parser, fault := kong.New(c,
		kong.Name(program),
		kong.Description(purpose),
		kong.Vars{"version": version(), "baseline": baseline.Name, "formats": strings.Join(report.Names(), ", ")},
		kong.Help(help),
		choices,
		kong.Writers(out, err),
		kong.Exit(func(code int) { panic(exited(code)) }),
	)
	if fault != nil {
		panic(fault) // the command line's description is wrong
	}
	if fault := kong.Resolvers(environment(parser.Model)).Apply(parser); fault != nil {
		panic(fault)
	}
	return parser
}

// commands are the names of all commands.
func commands(app *kong.Application) (names []string) {
	for _, n := range app.Children {
		names = append(names, n.Name)
	}
	return names
}

// endFlags does what "--" is for: what follows it is a path, though it may look
// like a flag or a command. kong does so only where no path comes before.
func endFlags(args, commands []string) []string {
	n := slices.Index(args, "--")
	if n < 0 {
		return args
	}
	out := slices.Clone(args[:n])
	for _, path := range args[n+1:] {
		if strings.HasPrefix(path, "-") || slices.Contains(commands, path) {
			path = "./" + path
		}
		out = append(out, path)
	}
	return out
}
