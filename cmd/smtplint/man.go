package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/lint/text"
)

type manCmd struct{}

func (c *manCmd) Run(s *streams) error {
	_, err := fmt.Fprint(s.out, manPage(model(), committed()))
	return closed(err)
}

// manPage writes the manual page of a day, in the macros of man(7).
func manPage(app *kong.Application, day string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH SMTPLINT 1 \"%s\" \"smtplint %s\" \"User Commands\"\n", day, roff(version()))
	b.WriteString(".ad l\n.nh\n.SH NAME\nsmtplint \\- lint recorded SMTP sessions\n.SH SYNOPSIS\n")
	leaves := leavesOf(app.Node)
	for i, n := range leaves {
		if i > 0 {
			b.WriteString(".br\n")
		}
		fmt.Fprintf(&b, ".B %s\n", roff(program+" "+n.Path()))
		if rest := strings.TrimPrefix(n.Summary(), n.Path()); rest != "" {
			fmt.Fprintf(&b, "%s\n", roff(strings.TrimSpace(rest)))
		}
	}
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", roff(manDescription))
	b.WriteString(".SH COMMANDS\n")
	for _, n := range leaves {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(n.Path()), roff(n.Help))
	}
	b.WriteString(".SH FLAGS OF ALL COMMANDS\n")
	manFlags(&b, app.Flags)
	for _, n := range leaves {
		if len(n.Positional)+len(n.Flags) > 0 {
			fmt.Fprintf(&b, ".SH %s\n", roff(strings.ToUpper(n.Path())))
		}
		for _, p := range n.Positional {
			fmt.Fprintf(&b, ".TP\n.I %s\n%s\n", roff(p.Name), roff(p.Help))
		}
		manFlags(&b, n.Flags)
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
	{exitInterrupted, "Interrupted; standard output has what was found so far. 143 where it was told to terminate."},
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

// manFlags describes flags.
func manFlags(b *strings.Builder, flags []*kong.Flag) {
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

// roff escapes text for roff, in lines that its checkers are content with.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := text.Wrap(s, 78)
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
