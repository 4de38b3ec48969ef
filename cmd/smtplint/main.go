// Smtplint lints recorded SMTP sessions: it says who broke the protocol, on
// which line, why that matters, what to do, and which RFC says so.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint/baseline"
	"github.com/smtplint/smtplint/lint/report"
	"github.com/smtplint/smtplint/rules/codes"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitClean    = 0 // every input was read; nothing at or above --fail-on
	exitFindings = 1 // every input was read; findings at or above it
	exitUsage    = 2 // usage or configuration error; nothing was read
	exitUnread   = 3 // some input could not be read, or is no recording of SMTP
)

type cli struct {
	Check    checkCmd         `cmd:"" default:"withargs" help:"Lint recordings (the default command)."`
	Explain  explainCmd       `cmd:"" help:"Explain a rule, a code, a command or an extension; two or more codes side by side."`
	Codes    codesCmd         `cmd:"" help:"List all reply codes and enhanced status codes."`
	Rules    rulesCmd         `cmd:"" help:"List all rules."`
	Formats  formatsCmd       `cmd:"" help:"List the notations that are read."`
	Show     showCmd          `cmd:"" help:"Print a recording as it was understood."`
	Baseline baselineCmd      `cmd:"" help:"Write, update or show a baseline of known findings."`
	Config   configCmd        `cmd:"" help:"Check, show or describe the configuration."`
	Lang     string           `placeholder:"LANG" help:"Language of the reference: en or ko (default: as LC_ALL, LC_MESSAGES or LANG say)."`
	Version  kong.VersionFlag `help:"Print the version."`
}

// streams are the standard streams, for commands to use, and the language that
// people are spoken to in.
type streams struct {
	in       io.Reader
	out, err io.Writer
	lang     codes.Lang
}

// failure is an error that asks for an exit status.
type failure struct {
	status int
	err    error // nil where all was said already
}

func (f failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

func usage(format string, args ...any) error { return failure{exitUsage, fmt.Errorf(format, args...)} }

// exited is how kong leaves after --help and --version.
type exited int

func run(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if e := recover(); e != nil {
			code, ok := e.(exited)
			if !ok {
				panic(e)
			}
			status = int(code)
		}
	}()
	var c cli
	parser, fault := kong.New(&c,
		kong.Name("smtplint"),
		kong.Description("Lint recorded SMTP sessions."),
		kong.UsageOnError(),
		kong.Vars{"version": version(), "baseline": baseline.Name, "formats": strings.Join(report.Names(), ",")},
		kong.Writers(out, err),
		kong.Exit(func(code int) { panic(exited(code)) }),
	)
	if fault != nil {
		panic(fault) // the command line's description is wrong
	}
	ctx, fault := parser.Parse(args)
	if fault == nil {
		s := &streams{in: in, out: out, err: err}
		if s.lang, fault = language(c.Lang); fault == nil {
			fault = ctx.Run(s)
		}
	} else {
		fault = failure{exitUsage, fault}
	}
	var f failure
	switch {
	case fault == nil:
		return exitClean
	case errors.As(fault, &f):
		if f.err != nil {
			fmt.Fprintf(err, "smtplint: %v\n", f.err)
		}
		return f.status
	}
	fmt.Fprintf(err, "smtplint: %v\n", fault)
	return exitUnread
}
