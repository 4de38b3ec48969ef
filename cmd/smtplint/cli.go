package main

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

const (
	program = "smtplint"
	purpose = "Lint recorded SMTP sessions."
)

// cli are the flags of all commands.
type cli struct {
	Lang    string      `placeholder:"LANG" help:"Language of the reference: en or ko (default: as LC_ALL, LC_MESSAGES or LANG say)."`
	Version versionFlag `help:"Print the version."`
}

// A command is what the program can be asked to do.
type command struct {
	name, help string
	flags      func() any // makes a pointer to what holds its flags and arguments, and runs it
	tag        string     // for kong
}

// commands lists all of them. Help, completion and the manual page are made of
// it.
var commands = []command{
	{name: "check", help: "Lint recordings (the default command).", flags: newFlags[checkCmd], tag: `default:"withargs"`},
	{name: "explain", help: "Explain a rule, a code, a command or an extension; two or more codes side by side.", flags: newFlags[explainCmd]},
	{name: "rules", help: "List all rules.", flags: newFlags[rulesCmd]},
	{name: "codes", help: "List all reply codes and enhanced status codes.", flags: newFlags[codesCmd]},
	{name: "formats", help: "List the notations that are read.", flags: newFlags[formatsCmd]},
	{name: "show", help: "Print a recording as it was understood.", flags: newFlags[showCmd]},
	{name: "redact", help: "Copy a recording without its credentials, and if asked for without addresses and content.", flags: newFlags[redactCmd]},
	{name: "baseline", help: "Write, update or show a baseline of known findings.", flags: newFlags[baselineCmd]},
	{name: "config", help: "Check, show or describe the configuration.", flags: newFlags[configCmd]},
	{name: "init", help: "Write a commented .smtplint.yaml, or files that run smtplint in CI and before commits.", flags: newFlags[initCmd]},
	{name: "completion", help: "Print a script that completes the command line in a shell.", flags: newFlags[completionCmd]},
	{name: "man", help: "Print the manual page, for man -l.", flags: newFlags[manCmd]},
	{name: "version", help: "Print the version, and how this program was built.", flags: newFlags[versionCmd]},
}

func newFlags[T any]() any { return new(T) }

// names are those of all commands.
func names() (names []string) {
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

// exited is how kong leaves after --help and --version.
type exited int

// newParser makes the parser of a command line with some of the commands.
func newParser(c *cli, some []command, help kong.HelpPrinter, out, err io.Writer) *kong.Kong {
	options := []kong.Option{
		kong.Name(program),
		kong.Description(purpose),
		kong.Help(help),
		choices,
		kong.Writers(out, err),
		kong.Exit(func(code int) { panic(exited(code)) }),
	}
	for _, c := range some {
		options = append(options, kong.DynamicCommand(c.name, c.help, "", c.flags(), c.tag))
	}
	parser, fault := kong.New(c, options...)
	if fault != nil {
		panic(fault) // the command line's description is wrong
	}
	if fault := kong.Resolvers(environment(parser.Model)).Apply(parser); fault != nil {
		panic(fault)
	}
	return parser
}

// model describes the whole command line.
func model() *kong.Application {
	return newParser(new(cli), commands, help, io.Discard, io.Discard).Model
}

// parse reads the command line. To describe all commands takes longer than to
// lint a recording, so it is read with those only that it can mean. What is wrong
// in one, and help, takes all of them.
func parse(c *cli, args []string, out, err io.Writer) (*kong.Context, error) {
	args = endFlags(args)
	whole := errors.New("all commands have a part in it")
	unknown := func(kong.HelpOptions, *kong.Context) error { return whole }
	if ctx, fault := newParser(c, meant(args), unknown, out, err).Parse(args); fault == nil {
		return ctx, nil
	}
	*c = cli{}
	return newParser(c, commands, help, out, err).Parse(args)
}

// meant are the commands that a command line can mean.
func meant(args []string) []command {
	for i, arg := range args {
		switch n := slices.Index(names(), arg); {
		case n >= 0 && i == 0:
			return commands[n : n+1]
		case n > 0:
			return commands // it stands behind flags of all, or is the value of a flag
		}
	}
	return commands[:1]
}

// endFlags does what "--" is for: what follows it is a path, though it may look
// like a flag or a command. kong does so only where no path comes before.
func endFlags(args []string) []string {
	n := slices.Index(args, "--")
	if n < 0 {
		return args
	}
	out := slices.Clone(args[:n])
	for _, path := range args[n+1:] {
		if strings.HasPrefix(path, "-") || slices.Contains(names(), path) {
			path = "./" + path
		}
		out = append(out, path)
	}
	return out
}
