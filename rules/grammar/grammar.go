// Package grammar holds the rules about the grammar of what clients send:
// command lines, addresses and names. Verbs and keywords may be written in any
// case (RFC 5321 §2.4); nothing here minds.
package grammar

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	argumentMissing,
	argumentNotAllowed,
	badAddressLiteral,
	commandLineEnding,
	commandLineTooLong,
	emptyCommandLine,
	helloArgumentInvalid,
	helloArgumentMissing,
	helloNotFQDN,
	invalidMailbox,
	localPartTooLong,
	missingAngleBrackets,
	nonASCIICommand,
	nullForwardPath,
	pathOrDomainTooLong,
	sourceRoute,
	spaceAroundColon,
	trailingTextAfterPath,
	trailingWhitespace,
	unqualifiedAddress,
	wrongFromToKeyword,
}

var (
	greetings = []transcripts.Verb{transcripts.EHLO, transcripts.HELO, transcripts.LHLO}
	envelopes = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT, transcripts.SAML, transcripts.SEND, transcripts.SOML}
)

// longest is the length of lines that are still taken apart, in octets. That a
// longer one is too long is all there is to say.
const longest = 8192

// broken reports whether a command line is not one that can be judged: too
// long, or cut off when the connection was lost.
func broken(c *transcripts.Command) bool {
	return len(c.Text) > longest || c.EOL == transcripts.NoEOL
}

// keyword returns what the grammar wants between a verb and a path.
func keyword(v transcripts.Verb) string {
	if v == transcripts.RCPT {
		return "TO"
	}
	return "FROM"
}

// addressed takes the argument of MAIL or RCPT apart where it has the outer
// form that it must have, KEYWORD:<path>. What is wrong with that form is a
// matter of rules of its own. Whoever has found a fault in the mailbox must ask
// whether it is Hidden.
func addressed(p *lint.Pass, i int) (e *transcripts.Envelope, ok bool) {
	c := &p.Exchanges[i].Command
	e = p.Envelope(i)
	path := &e.Path
	return e, path.Open && path.Closed && path.Name == "" && strings.Contains(e.Colon, ":") &&
		strings.EqualFold(e.Keyword, keyword(c.Verb)) && !broken(c)
}

// greeting returns the name that EHLO, HELO or LHLO gives, and the text behind
// it. It is not ok where there is none, where it is hidden, and where it is not
// ASCII, or was not before the recorder put question marks there.
func greeting(p *lint.Pass, i int) (h transcripts.Host, more string, ok bool) {
	c := &p.Exchanges[i].Command
	name, more, _ := strings.Cut(c.Args, " ")
	if end := strings.IndexByte(c.Args, ']'); strings.HasPrefix(name, "[") && end > 0 {
		name, more = c.Args[:end+1], c.Args[end+1:] // a literal that is none may have spaces
	}
	if broken(c) || name == "" || !ascii(c.Args) || strings.Contains(name, "?") && !p.Proves.Has(transcripts.Octets) {
		return h, "", false
	}
	h = transcripts.ParseHost(name)
	return h, strings.TrimSpace(more), !h.Hidden()
}

// refused adds that the server refused the command for its form, where it did.
func refused(p *lint.Pass, i int, d *lint.Diagnostic) *lint.Diagnostic {
	switch p.Exchanges[i].Reply.Code {
	case 500, 501, 504, 553, 555:
		d.Note(p.Reply(i), "the server refused it")
	}
	return d
}

// public reports whether the conversation is known to be one between mail
// servers on the Internet, where names must mean the same to both sides.
func public(p *lint.Pass) bool {
	if p.Port != 25 {
		return false
	}
	for k := range p.Remarks {
		if m := &p.Remarks[k]; m.Note == transcripts.Opened { // in captures, "192.0.2.1:4711 to 192.0.2.2:25"
			_, to, _ := strings.Cut(m.Text, " to ")
			server, err := netip.ParseAddrPort(to)
			return err != nil || !server.Addr().IsPrivate() && !server.Addr().IsLoopback()
		}
		if p.Remarks[k].After >= 0 {
			break
		}
	}
	return true
}

// quote puts text in quotes, and shortens it where it is long.
func quote(text string) string {
	const most = 60
	if len(text) <= most {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:most]) + "..."
}

func ascii(text string) bool {
	var all byte
	for i := 0; i < len(text); i++ {
		all |= text[i]
	}
	return all < 0x80
}
