package codes

import (
	"slices"

	"github.com/smtplint/smtplint/transcripts"
)

// Answers lists the replies that a command may get (RFC 5321 §4.3.2, and the
// documents that extend it). What may come at any time is in none of these
// lists, but in Always.
type Answers struct {
	To           string             // the command in capitals, or what else is answered: Greeting, EndOfData
	Success      []transcripts.Code // 2yz
	Intermediate []transcripts.Code // 3yz
	Errors       []transcripts.Code // 4yz and 5yz that the command's own specification names
	Extension    []transcripts.Code // what extensions and other documents have added
	Tolerated    []transcripts.Code // what no document names for it, but servers in wide use send
	Exempt       bool               // 530 is no answer to it: it works before TLS and before AUTH (RFC 3207 §4, RFC 4954 §6)
}

// What is answered besides commands.
const (
	Greeting  = "the connection itself"
	EndOfData = "the end of the message"
)

// Standing is how a reply code stands to what it answers.
type Standing uint8

const (
	Foreign    Standing = iota // nothing known here lets it answer this
	Tolerated                  // servers in wide use send it, though no document says so
	Extended                   // an extension or a later document names it
	Designated                 // the specification of the command names it, or it may come at any time
)

// Allowed returns the answers to a command, or nil where none are known: for
// NoVerb, and for Unknown, which has ToUnknown.
func Allowed(v transcripts.Verb) *Answers {
	if byVerb[v].To == "" {
		return nil
	}
	return &byVerb[v]
}

// AllowedIn returns the answers to what the client did in an exchange, or nil
// where the server was not asked or took text for commands.
func AllowedIn(e *transcripts.Exchange) *Answers {
	switch e.Kind {
	case transcripts.Connected:
		return &ToGreeting
	case transcripts.Content:
		return &ToEndOfData
	case transcripts.Answered:
		return &byVerb[transcripts.AUTH]
	case transcripts.Ordered:
		if e.Command.Verb == transcripts.Unknown {
			return &ToUnknown
		}
		return Allowed(e.Command.Verb)
	}
	return nil
}

// Always are the codes that may come whatever the command: the server closes,
// does not know the command or finds the line too long, or cannot read its
// argument (RFC 5321 §3.8, §4.2.4, §4.3.2). Before a command there is only the
// first.
func (a *Answers) Always() []transcripts.Code {
	if a.To == Greeting {
		return always[:1]
	}
	return always[:]
}

var always = [...]transcripts.Code{421, 500, 501}

// AfterRefusal are the codes that may answer every command but QUIT once the
// greeting was 554 or 521 (RFC 5321 §3.1, RFC 7504 §3).
var AfterRefusal = []transcripts.Code{503, 521, 554}

// AfterWeakTLS is the code that may answer every command but QUIT once the
// server has found TLS too weak (RFC 3207 §4.1).
const AfterWeakTLS transcripts.Code = 554

// Standing returns how a code stands among the answers.
func (a *Answers) Standing(c transcripts.Code) Standing {
	switch {
	case slices.Contains(a.Always(), c), slices.Contains(a.Success, c), slices.Contains(a.Intermediate, c), slices.Contains(a.Errors, c):
		return Designated
	case slices.Contains(a.Extension, c), c == 530 && !a.Exempt:
		return Extended
	case slices.Contains(a.Tolerated, c):
		return Tolerated
	}
	return Foreign
}

// Expected lists the codes of the specifications in order, for messages;
// those that may answer everything are left out.
func (a *Answers) Expected() []transcripts.Code {
	all := slices.Concat(a.Success, a.Intermediate, a.Errors, a.Extension)
	slices.Sort(all)
	return slices.Compact(all)
}

// InOrder lists all that is answered in the order in which a session gets to
// it.
var InOrder = []*Answers{
	&ToGreeting, &byVerb[transcripts.EHLO], &byVerb[transcripts.HELO], &byVerb[transcripts.LHLO], &byVerb[transcripts.STARTTLS],
	&byVerb[transcripts.AUTH], &byVerb[transcripts.MAIL], &byVerb[transcripts.RCPT], &byVerb[transcripts.DATA], &ToEndOfData,
	&byVerb[transcripts.BDAT], &byVerb[transcripts.BURL], &byVerb[transcripts.RSET], &byVerb[transcripts.NOOP],
	&byVerb[transcripts.QUIT], &byVerb[transcripts.VRFY], &byVerb[transcripts.EXPN], &byVerb[transcripts.HELP],
	&byVerb[transcripts.ETRN], &byVerb[transcripts.ATRN], &byVerb[transcripts.TURN], &byVerb[transcripts.XCLIENT],
	&byVerb[transcripts.XFORWARD],
}

// MayAnswer lists what a code may answer: what the specifications let it
// answer, and what it answers in practice only. Codes with a Scope may answer
// nearly everything; they have empty lists.
func (r *Reply) MayAnswer() (named, practice []string) {
	if r.Scope != "" {
		return nil, nil
	}
	for _, a := range InOrder {
		switch a.Standing(r.Code) {
		case Designated, Extended:
			named = append(named, a.To)
		case Tolerated:
			practice = append(practice, a.To)
		}
	}
	return named, practice
}
