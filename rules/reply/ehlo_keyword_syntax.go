package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var ehloKeywordSyntax = &lint.Rule{
	ID:       "ehlo-keyword-syntax",
	Title:    "A line of the reply to EHLO is no extension",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.1.1")},
	On:       []transcripts.Verb{transcripts.EHLO, transcripts.LHLO},
	Got:      []transcripts.Class{transcripts.Success},
	Hears:    func(e *transcripts.Exchange) bool { return flawedLine(&e.Reply) > 0 },
	Exchange: func(p *lint.Pass, i int) {
		r := &p.Exchanges[i].Reply
		k := flawedLine(r)
		if k < 0 {
			return
		}
		text := r.Lines[k].Text
		d := p.Report(p.ReplyLine(i, k), "%q is no extension: %s", text, lineFlaw(text)).
			Helpf("a line is a keyword of letters, digits and hyphens, then parameters with one space before each")
		if harmless(text, k == len(r.Lines)-1) {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
Each line of the reply to EHLO after the first is a keyword of letters, digits
and hyphens, and parameters, with one space before each. Clients that cannot
read a line miss the extension.

# What to do

Write "SIZE 1000000", not "SIZE:1000000".

# When it stays silent

On the old form "AUTH=LOGIN", which has a rule of its own, and on runs of X that
a device between the hosts has put over a keyword. Words such as "OK" at the end
read as keywords. Spaces too many, an empty last line and words for people on the
last line harm nobody: then the finding is an info.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE:1000000
		# want
		S: 250 8BITMIME
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250-SIZE 1000000
		S: 250-AUTH=LOGIN PLAIN
		S: 250 OK
		C: QUIT
		S: 221 2.0.0 Bye
		`),
	},
}

// flawedLine returns the first line of the reply to EHLO that offers nothing, or
// -1.
func flawedLine(r *transcripts.Reply) int {
	for k := 1; k < len(r.Lines); k++ {
		if l := &r.Lines[k]; !l.Malformed() && lineFlaw(l.Text) != "" {
			return k
		}
	}
	return -1
}

// lineFlaw says what breaks the grammar of a line of the reply to EHLO.
func lineFlaw(text string) string {
	keyword, params, _ := strings.Cut(text, " ")
	if strings.TrimSpace(text) == "" {
		return "it is empty"
	}
	if len(keyword) > len("AUTH=") && strings.EqualFold(keyword[:len("AUTH=")], "AUTH=") {
		return ""
	}
	for j := range len(keyword) {
		if c := keyword[j]; !alnum(c) && (c != '-' || j == 0) {
			return "a keyword has no " + octet(c) + " in it"
		}
	}
	switch {
	case keyword == "":
		return "a space stands before it"
	case params == "" && len(keyword) < len(text), strings.HasSuffix(text, " "):
		return "a space stands behind it"
	case strings.HasPrefix(params, " "), strings.Contains(params, "  "):
		return "there is more than one space before a parameter"
	case strings.IndexByte(params, '\t') >= 0:
		return "a tab stands between its parameters"
	}
	return ""
}

// harmless reports whether clients get over the flaw of a line: spaces too
// many, or words for people at the end.
func harmless(text string, last bool) bool {
	trimmed := strings.Join(strings.Fields(text), " ")
	if last && (trimmed == "" || strings.Count(trimmed, " ") > 1) {
		return true
	}
	return trimmed != "" && strings.IndexByte(text, '\t') < 0 && lineFlaw(trimmed) == ""
}

func octet(c byte) string {
	switch {
	case c == '\t':
		return "tab"
	case c > ' ' && c < 0x7f:
		return "\"" + string(rune(c)) + "\""
	}
	return "such octet"
}

func alnum(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }
