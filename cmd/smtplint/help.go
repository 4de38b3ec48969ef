package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// help prints what --help is for. The page of the program is that of the
// default command, and a list of the others.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if ctx.Selected() != nil {
		return kong.DefaultHelpPrinter(options, ctx)
	}
	check, err := kong.Trace(ctx.Kong, []string{ctx.Model.DefaultCmd.Name})
	if err != nil {
		return err
	}
	if err := kong.DefaultHelpPrinter(options, check); err != nil {
		return err
	}
	fmt.Fprintf(ctx.Stdout, "\nCommands\n%s\n%s", commandList(ctx.Model), helpEnd)
	return nil
}

const helpEnd = `Run "smtplint <command> --help" for more on a command. A file that is named like
a command is given as ./NAME. Each flag of check has a default in the
environment: SMTPLINT_FAIL_ON=error stands for --fail-on=error.

Exit status: 0 nothing to fail on, 1 findings, 2 wrong usage or configuration,
3 something could not be read, or is no recording.
`

// commandList lists the commands with what they are for.
func commandList(app *kong.Application) string {
	var b strings.Builder
	for _, n := range app.Children {
		name := n.Name
		if len(n.Children) > 0 {
			var subs []string
			for _, s := range n.Children {
				subs = append(subs, s.Name)
			}
			name += " " + strings.Join(subs, "|")
		}
		fmt.Fprintf(&b, "  %-30s %s\n", name, n.Help)
	}
	return b.String()
}
