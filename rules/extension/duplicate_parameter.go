package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

var duplicateParameter = &lint.Rule{
	ID:       "duplicate-parameter",
	Title:    "A parameter was given twice",
	Area:     lint.Extension,
	Side:     lint.ByClient,
	Severity: lint.Error,
	Default:  true,
	Needs:    transcripts.Order,
	Refs: []lint.Ref{lint.RFC(1870, "6"), lint.RFC(6152, "3"), lint.RFC(3461, "4.5"), lint.RFC(6710, "4.1"),
		lint.RFC(4865, "4.1")},
	On:  envelopes,
	Odd: lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		var seen uint64 // rows of esmtp.Parameters
		for param := range p.Envelope(i).Params() {
			row := rowOf(param)
			if row < 0 {
				continue
			}
			if seen>>row&1 != 0 {
				first := sameRow(p.Envelope(i), row)
				d := p.Report(p.Part(i, param.Text), "%s", twice(first, param)).
					Note(p.Part(i, first.Text), "the first one").
					Helpf("send each parameter once")
				refused(p, i, d)
				return
			}
			seen |= 1 << row
		}
	},
	Doc: `
Each parameter may stand in a command once. A server cannot tell which of two
values is meant, and must refuse the command. HOLDFOR and HOLDUNTIL say the same
in two ways, so only one of them may be given.

# What to do

Send each parameter once. Two parts of a program that both add it are the usual
cause.

# When it stays silent

On parameters that no extension defines: whether they may be repeated is not
known.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> RET=HDRS ret=FULL
		# want
		S: 501 5.5.4 Duplicate RET
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> HOLDFOR=60 HOLDUNTIL=2030-01-01T00:00:00Z
		# want
		S: 501 5.5.4 One of the two only
		`),
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<a@example.com> BODY=7BIT BODY=BINARYMIME
		# want
		S: 501 5.5.4 Duplicate BODY
		`),
		lint.Good(`
		# excerpt
		C: EHLO client.example.com
		S: 250-mx.example.org
		S: 250 DSN
		C: MAIL FROM:<a@example.com> RET=HDRS ENVID=1
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org> NOTIFY=NEVER
		S: 250 2.1.5 Ok
		`),
	},
}

// rowOf returns the row of a parameter in esmtp.Parameters, or -1. Rows that
// exclude each other count as one.
func rowOf(param transcripts.Param) int {
	if strings.EqualFold(param.Keyword, "HOLDUNTIL") {
		return esmtp.Row("HOLDFOR", "")
	}
	return esmtp.Row(param.Keyword, "")
}

func sameRow(env *transcripts.Envelope, row int) (first transcripts.Param) {
	for param := range env.Params() {
		if rowOf(param) == row {
			return param
		}
	}
	return first
}

func twice(first, second transcripts.Param) string {
	if strings.EqualFold(first.Keyword, second.Keyword) {
		return strings.ToUpper(first.Keyword) + " was given twice"
	}
	return strings.ToUpper(first.Keyword) + " and " + strings.ToUpper(second.Keyword) + " were both given"
}
