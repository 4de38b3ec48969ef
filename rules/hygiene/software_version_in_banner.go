package hygiene

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var softwareVersionInBanner = &lint.Rule{
	ID:       "software-version-in-banner",
	Title:    "The greeting told the version of the server's program",
	Area:     lint.Hygiene,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Refs:     []lint.Ref{lint.RFC(5321, "3.1"), lint.RFC(5321, "4.3.1")},
	In:       []transcripts.Kind{transcripts.Connected},
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		for k := range r.Lines {
			if version := versionIn(r.Lines[k].Text); version != "" {
				p.Report(p.ReplyLine(i, k), "the greeting told the version %s", version).
					Helpf("shorten the greeting; the host's name is enough")
				return
			}
		}
	},
	Doc: `
A greeting may name the program and its version, for those who look for faults
on the way of a message. Those who look for servers with known holes read it,
too.

# What to do

Shorten the greeting, or leave it: keeping the program up to date helps more.

# When it stays silent

On programs without a version, on dates, and on IP addresses. RFC 5321 allows
both name and version, so the rule is off unless asked for.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP Exim 4.80 Mon, 23 Nov 2026 14:22:25 +0000
		# want
		`),
		lint.Bad(`
		S: 220 mx.example.org Microsoft ESMTP MAIL Service, Version: 10.0.14393.4169 ready
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP Postfix
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx1.2.example.org ESMTP ready at Mon, 23.11.2026 14:22:25 for 192.0.2.1
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// versionIn returns the first word behind the host's name that looks like a
// version: numbers with periods between them, behind a name, a slash or a "v".
func versionIn(text string) string {
	_, rest, _ := strings.Cut(text, " ")
	for word := range strings.FieldsFuncSeq(rest, func(c rune) bool { return strings.ContainsRune(" \t()[],;/_-", c) }) {
		number := strings.TrimPrefix(word, "v")
		parts := strings.Split(number, ".")
		if len(parts) < 2 || len(parts) > 4 || !numbers(parts[0]) || !numbers(parts[1]) {
			continue
		}
		if len(parts) == 4 && len(parts[3]) < 4 || len(parts) == 3 && len(parts[2]) == 4 {
			continue // an IP address, or a date
		}
		return word
	}
	return ""
}

func numbers(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
