package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint/config"
)

type manCmd struct{}

func (c *manCmd) Run(s *streams, ctx *kong.Context) error {
	_, err := fmt.Fprint(s.out, manPage(ctx.Model))
	return closed(err)
}

// manPage writes the manual page, in the macros of man(7).
func manPage(app *kong.Application) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH SMTPLINT 1 \"%s\" \"smtplint %s\" \"User Commands\"\n", roff(committed()), roff(version()))
	b.WriteString(".ad l\n.nh\n.SH NAME\nsmtplint \\- lint recorded SMTP sessions\n.SH SYNOPSIS\n")
	leaves := leavesOf(app.Node)
	for i, n := range leaves {
		if i > 0 {
			b.WriteString(".br\n")
		}
		fmt.Fprintf(&b, ".B %s\n%s\n", roff(n.Path()), roff(strings.TrimPrefix(n.Summary(), n.Path()+" ")))
	}
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", roff(manDescription))
	b.WriteString(".SH COMMANDS\n")
	for _, n := range leaves {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(strings.TrimPrefix(n.Path(), program+" ")), roff(n.Help))
	}
	for _, n := range leaves {
		manFlags(&b, n)
	}
	b.WriteString(".SH ENVIRONMENT\n")
	fmt.Fprintf(&b, ".TP\n.B SMTPLINT_*\n%s\n", roff("Defaults for the flags of check and baseline, in capitals and with \"_\" for \"-\": SMTPLINT_FAIL_ON=error stands for --fail-on=error. SMTPLINT_LANG is that of --lang."))
	fmt.Fprintf(&b, ".TP\n.B NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM\n%s\n", roff("Whether colours are used where --color does not say."))
	fmt.Fprintf(&b, ".TP\n.B LC_ALL, LC_MESSAGES, LANG\n%s\n", roff("The language of the reference where --lang does not say."))
	fmt.Fprintf(&b, ".SH FILES\n.TP\n.B %s\n%s\n", roff(config.Name), roff("The configuration: for each recording the nearest one, from its directory upward to the root of the repository. \"smtplint config schema\" describes it."))
	b.WriteString(".SH EXIT STATUS\n")
	for _, e := range exitStatuses {
		fmt.Fprintf(&b, ".TP\n.B %d\n%s\n", e.status, roff(e.meaning))
	}
	b.WriteString(".SH EXAMPLES\n")
	for _, e := range manExamples {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(e[0]), roff(e[1]))
	}
	return b.String()
}

const manDescription = `smtplint reads what mail programs write when their debugging is turned on, and packet captures. It says who broke the protocol, on which line, why that matters and what to do, and names the section of the RFC that says so. It says nothing that the recording cannot prove. It needs no configuration.`

var exitStatuses = []struct {
	status  int
	meaning string
}{
	{exitClean, "Every recording was read; nothing is as severe as --fail-on says, or worse."},
	{exitFindings, "Every recording was read; there are such findings."},
	{exitUsage, "The command line or a configuration is wrong; nothing was read."},
	{exitUnread, "Something could not be read or is no recording, or nothing was found to read; the others are still reported."},
}

var manExamples = [][2]string{
	{"smtplint session.log", "Lint a recording."},
	{"smtplint -f github -o sarif:smtp.sarif testdata", "Lint all recordings in a directory; annotate a commit and write a report for code scanning."},
	{"smtplint explain 252 354", "Say what two reply codes mean, and how they differ."},
	{"smtplint show session.pcapng", "Print the sessions of a capture."},
}

// leavesOf lists the commands that can be run.
func leavesOf(n *kong.Node) (leaves []*kong.Node) {
	for _, c := range n.Children {
		if len(c.Children) == 0 {
			leaves = append(leaves, c)
		}
		leaves = append(leaves, leavesOf(c)...)
	}
	return leaves
}

// manFlags writes the section about a command's flags and arguments.
func manFlags(b *strings.Builder, n *kong.Node) {
	flags := slices.DeleteFunc(slices.Clone(n.Flags), func(f *kong.Flag) bool { return f.Hidden })
	if len(flags) == 0 && len(n.Positional) == 0 {
		return
	}
	fmt.Fprintf(b, ".SH FLAGS OF %s\n", roff(strings.ToUpper(strings.TrimPrefix(n.Path(), program+" "))))
	for _, p := range n.Positional {
		fmt.Fprintf(b, ".TP\n.I %s\n%s\n", roff(p.Name), roff(p.Help))
	}
	for _, f := range flags {
		name := "--" + f.Name
		if f.Short != 0 {
			name = "-" + string(f.Short) + ", " + name
		}
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(name), roff(f.Help))
	}
}

// roff escapes text for roff.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", "\n.br\n").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
