package grammar

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// commandLimit is what every server must take, CRLF included (RFC 5321
// §4.5.3.1.4).
const commandLimit = 512

// growth is by how many octets an extension raises the limit, and the
// parameters that it does so for.
var growth = []struct {
	extension  string
	mail, rcpt int
	parameters []string
}{
	{"8BITMIME", 17, 0, []string{"BODY"}},                          // RFC 6152 §2
	{"AUTH", 500, 0, []string{"AUTH"}},                             // RFC 4954 §3
	{"BINARYMIME", 16, 0, []string{"BODY"}},                        // RFC 3030 §3
	{"DELIVERBY", 17, 0, []string{"BY"}},                           // RFC 2852 §2
	{"DSN", 107, 507, []string{"RET", "ENVID", "NOTIFY", "ORCPT"}}, // RFC 3885 §2
	{"FUTURERELEASE", 34, 0, []string{"HOLDFOR", "HOLDUNTIL"}},     // RFC 4865 §3
	{"MT-PRIORITY", 15, 0, []string{"MT-PRIORITY"}},                // RFC 6710 §3
	{"MTRK", 40, 0, []string{"MTRK"}},                              // RFC 3885 §2
	{"REQUIRETLS", 11, 0, []string{"REQUIRETLS"}},                  // RFC 8689 §2
	{"RRVS", 0, 33, []string{"RRVS"}},                              // RFC 7293 §3.1
	{"SIZE", 26, 0, []string{"SIZE"}},                              // RFC 1870 §3
	{"SMTPUTF8", 10, 0, []string{"SMTPUTF8"}},                      // RFC 6531 §3.1
}

var commandLineTooLong = &lint.Rule{
	ID:       "command-line-too-long",
	Title:    "A command line was longer than servers must take",
	Area:     lint.Grammar,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "4.5.3.1.4"), lint.RFC(1870, "3"), lint.RFC(4954, "3"), lint.RFC(3885, "2")},
	In:       []transcripts.Kind{transcripts.Ordered},
	Odd:      lint.OddCommand,
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		c := &e.Command
		octets := len(c.Text) + c.EOL.Octets()
		if octets <= commandLimit {
			return
		}
		name := c.Verb.String()
		switch c.Verb {
		case transcripts.NoVerb, transcripts.AUTH, transcripts.BURL, transcripts.XCLIENT:
			return // no command, or one with limits of its own
		case transcripts.Unknown:
			name = "a command"
		}
		if !p.Proves.Has(transcripts.Octets) && strings.ContainsAny(c.Text, `\%`) {
			return // the recorder may have written several octets for one
		}
		limit, extra := limitOf(e)
		if octets-extra <= limit {
			return
		}
		refused(p, i, p.Report(p.Command(i), "%s was sent as a line of %d octets, the limit is %d", name, octets, limit)).
			Helpf("keep command lines within %d octets, CRLF included; only extensions that the server offers raise that", commandLimit)
	},
	Doc: `
Servers must take command lines of up to 512 octets, CRLF included, and need not
take more. An extension that adds parameters raises the limit of the commands
that carry them. Longer lines are cut, or answered with 500.

# What to do

Shorten the line. A long MAIL mostly has a parameter that the server did not
offer, a long RCPT several addresses.

# When it stays silent

On AUTH, which has a limit of its own, on BURL, whose addresses are long, and on
parameters of extensions that are not in its table. Where the greeting is not
recorded, every extension counts as offered. Where the recorder writes octets in
an escaped form, the length on the wire is not known.
`,
	Examples: []lint.Example{
		lint.LongBad(func() string {
			return "# excerpt\nC: NOOP " + strings.Repeat("0123456789", 60) + "\n# want\nS: 500 5.5.2 Line too long\n"
		}),
		lint.LongBad(func() string {
			return "# excerpt\nC: EHLO client.example.com\nS: 250 mx.example.org\n" +
				"C: VRFY " + strings.Repeat("b", 600) + "\n# want\nS: 500 5.5.2 Line too long\n"
		}),
		lint.LongGood(func() string { return "# excerpt\nC: NOOP " + strings.Repeat("0123456789", 50) + "\nS: 250 2.0.0 Ok\n" }),
		lint.LongGood(func() string {
			return "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250-mx.example.org\nS: 250 DSN\n" +
				"C: MAIL FROM:<a@example.com>\nS: 250 2.1.0 Ok\n" +
				"C: RCPT TO:<b@example.org> ORCPT=rfc822;" + strings.Repeat("b", 480) + "@example.org\nS: 250 2.1.5 Ok\n" +
				"C: QUIT\nS: 221 2.0.0 Bye\n"
		}),
		lint.LongGood(func() string {
			return "# excerpt\nC: MAIL FROM:<a@example.com> X-TRACE=" + strings.Repeat("0123456789", 60) + "\nS: 250 2.1.0 Ok\n" +
				"C: RCPT TO:<b@example.org>\nS: 250 2.1.5 Ok\nC: BURL imap://b@imap.example.org/" + strings.Repeat("0123456789", 60) + " LAST\nS: 250 2.5.0 Ok\n"
		}),
		lint.LongGood(func() string {
			return "# proves: Order\n# excerpt\nC: NOOP " + strings.Repeat(`\x41`, 200) + "\nS: 250 2.0.0 Ok\n"
		}),
		lint.LongGood(func() string { return "# excerpt\nC: AUTH PLAIN " + strings.Repeat("*", 800) + "\nS: 535 5.7.8 No\n" }),
	},
}

// limitOf returns the limit for a command line, and how many octets of it
// belong to parameters that the table does not know.
func limitOf(e *transcripts.Exchange) (limit, unknown int) {
	limit = commandLimit
	v := e.Command.Verb
	offered := func(extension string) bool { return !e.Before.Offers.Lacks(extension) }
	switch v {
	case transcripts.MAIL, transcripts.SAML, transcripts.SEND, transcripts.SOML, transcripts.RCPT:
	case transcripts.VRFY, transcripts.EXPN:
		if offered("SMTPUTF8") {
			limit += len(" SMTPUTF8") + 1
		}
		return limit, 0
	default:
		return limit, 0
	}
	for _, g := range growth {
		if offered(g.extension) {
			if v == transcripts.RCPT {
				limit += g.rcpt
			} else {
				limit += g.mail
			}
		}
	}
	for param := range e.Command.Params() {
		if !inTable(param.Keyword) && mayGrow(e, param.Keyword) {
			unknown += len(param.Text) + 1
		}
	}
	return limit, unknown
}

// mayGrow reports whether a parameter may belong to an extension that raises
// the limit: one that the server offers by this name, one whose name is another
// (RFC 3865, RFC 1845), or any where the offers are not known.
func mayGrow(e *transcripts.Exchange, parameter string) bool {
	return !e.Before.Offers.Lacks(parameter) || strings.EqualFold(parameter, "SOLICIT") || strings.EqualFold(parameter, "TRANSID")
}

func inTable(parameter string) bool {
	for _, g := range growth {
		for _, known := range g.parameters {
			if strings.EqualFold(known, parameter) {
				return true
			}
		}
	}
	return false
}
