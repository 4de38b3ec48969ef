package codes

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// A Command explains an SMTP command, or what else a server answers.
type Command struct {
	Name       string   // "VRFY"; Greeting or EndOfData
	Answers    *Answers // the replies that it may get
	Syntax     string   // RFC 5234 in the words of the RFCs, or ""
	Meaning    string   // what the client asks for
	Needs      string   // the state that it needs
	Changes    string   // what a successful reply changes
	Pipelining string   // where in a group of commands it may stand (RFC 2920 §3.1)
	Offered    string   // the EHLO keyword that offers it, or ""
	Status     Status
	Refs       []lint.Ref
}

// FindCommand returns the entry of a command, or nil. Names are
// case-insensitive.
func FindCommand(name string) *Command {
	for i := range Commands {
		c := &Commands[i]
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	switch strings.ToLower(name) {
	case ".", "end-of-data":
		return FindCommand(EndOfData)
	case "greeting", "connect":
		return FindCommand(Greeting)
	}
	return nil
}

// Where a command may stand in a group that is sent without waiting.
const (
	anywhere = "Anywhere in a group, where the server offers PIPELINING."
	last     = "Only as the last command of a group: wait for its reply before sending anything else."
)

// Commands lists the commands in the order in which a session gets to them.
var Commands = []Command{
	{
		Name: Greeting, Answers: &ToGreeting, Status: Standard,
		Meaning:    "The client connects; the server speaks first.",
		Needs:      "Nothing.",
		Changes:    "The session begins. Only 220 means that the server takes mail.",
		Pipelining: "The client waits for the whole greeting before it sends anything.",
		Refs:       []lint.Ref{lint.RFC(5321, "3.1"), lint.RFC(5321, "4.3.1"), lint.RFC(7504, "3")},
	},
	{
		Name: "EHLO", Answers: Allowed(transcripts.EHLO), Status: Standard,
		Syntax:     "EHLO ( Domain / address-literal )",
		Meaning:    "The client introduces itself and asks which extensions the server offers.",
		Needs:      "The greeting. It may be repeated, and must be after STARTTLS.",
		Changes:    "A transaction that was open is dropped, as by RSET. The keywords of the reply are in force.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "3.2"), lint.RFC(5321, "4.1.1.1"), lint.RFC(5321, "4.1.4")},
	},
	{
		Name: "HELO", Answers: Allowed(transcripts.HELO), Status: Standard,
		Syntax:     "HELO Domain",
		Meaning:    "The client introduces itself to a server that knows no extensions.",
		Needs:      "The greeting. Send it only where EHLO was not understood.",
		Changes:    "A transaction that was open is dropped. No extension is in force.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "3.2"), lint.RFC(5321, "4.1.1.1")},
	},
	{
		Name: "LHLO", Answers: Allowed(transcripts.LHLO), Status: Extension,
		Syntax:     "LHLO Domain",
		Meaning:    "EHLO of LMTP, the protocol for handing mail to a local delivery agent.",
		Needs:      "The greeting of an LMTP server. It takes the place of EHLO and HELO, which LMTP does not have.",
		Changes:    "As EHLO. At the end of a message there is one reply for each accepted recipient.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(2033, "4.1"), lint.RFC(2033, "4.2")},
	},
	{
		Name: "STARTTLS", Answers: Allowed(transcripts.STARTTLS), Status: Extension, Offered: "STARTTLS",
		Syntax:     "STARTTLS",
		Meaning:    "The client asks to encrypt the connection.",
		Needs:      "EHLO with STARTTLS in its reply, no TLS yet, and no transaction.",
		Changes:    "The TLS handshake begins at once. Afterwards the session starts anew: send EHLO again, and forget what was offered before.",
		Pipelining: last + " What follows it in clear can be injected by others.",
		Refs:       []lint.Ref{lint.RFC(3207, "4"), lint.RFC(3207, "4.2")},
	},
	{
		Name: "AUTH", Answers: Allowed(transcripts.AUTH), Status: Extension, Offered: "AUTH",
		Syntax:  "AUTH mechanism [SP initial-response]",
		Meaning: "The client logs in. Challenges (334) and answers follow in base64; a line with only * gives up.",
		Needs:   "EHLO with AUTH and the mechanism in its reply, not logged in yet, and no transaction. Mechanisms that show the password need TLS.",
		Changes: "The client is logged in until the connection ends. After a security layer of the mechanism: send EHLO again.",
		Pipelining: "Only as the last command of a group; answers to challenges are sent one by one. Behind an initial response of a mechanism " +
			"that needs no challenge and sets up no security layer (PLAIN), other commands may follow.",
		Refs: []lint.Ref{lint.RFC(4954, "4"), lint.RFC(4954, "6")},
	},
	{
		Name: "MAIL", Answers: Allowed(transcripts.MAIL), Status: Standard,
		Syntax:     `MAIL FROM: ( "<>" / "<" Mailbox ">" ) [SP Mail-parameters]`,
		Meaning:    "A transaction begins; the address is where bounces go, and <> for none.",
		Needs:      "EHLO or HELO, and no transaction. Parameters only of extensions that are offered.",
		Changes:    "A transaction is open. Recipients follow.",
		Pipelining: anywhere,
		Refs:       []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.2")},
	},
	{
		Name: "RCPT", Answers: Allowed(transcripts.RCPT), Status: Standard,
		Syntax:     `RCPT TO: "<" Mailbox ">" [SP Rcpt-parameters]`,
		Meaning:    "One recipient of the message. It is sent once for each.",
		Needs:      "An accepted MAIL.",
		Changes:    "The recipient is accepted with 250 or 251. One that is refused leaves the others as they are.",
		Pipelining: anywhere,
		Refs:       []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.3")},
	},
	{
		Name: "DATA", Answers: Allowed(transcripts.DATA), Status: Standard,
		Syntax:  "DATA",
		Meaning: "The client is about to send the content of the message.",
		Needs:   "At least one accepted RCPT, and no BDAT in this transaction.",
		Changes: "After 354 everything is content until a line with only a period. Any other reply: no content follows.",
		Pipelining: "Only as the last command of a group: wait for 354 before sending content. Where every recipient was refused " +
			"and 354 comes all the same, send a line with only a period.",
		Refs: []lint.Ref{lint.RFC(5321, "3.3"), lint.RFC(5321, "4.1.1.4"), lint.RFC(2920, "3.1")},
	},
	{
		Name: EndOfData, Answers: &ToEndOfData, Status: Standard,
		Syntax:     `CRLF "." CRLF`,
		Meaning:    "The content ends. The server now decides about the message as a whole, for all recipients; in LMTP, for each.",
		Needs:      "354 after DATA.",
		Changes:    "With 250 the server owns the message; with anything else it is still the client's. The transaction is over in both cases.",
		Pipelining: "It may stand first in a group: the next MAIL, or QUIT, may follow at once.",
		Refs:       []lint.Ref{lint.RFC(5321, "4.1.1.4"), lint.RFC(5321, "4.2.5"), lint.RFC(5321, "4.5.2"), lint.RFC(2920, "3.1")},
	},
	{
		Name: "BDAT", Answers: Allowed(transcripts.BDAT), Status: Extension, Offered: "CHUNKING",
		Syntax:     `BDAT chunk-size [SP "LAST"]`,
		Meaning:    "A piece of the content follows at once: as many octets as the line says, with nothing doubled and no closing period.",
		Needs:      "At least one accepted RCPT, CHUNKING in the EHLO reply, and no DATA in this transaction.",
		Changes:    "The piece is taken. After the one with LAST the server owns the message. After an error, send RSET.",
		Pipelining: "Further BDATs may follow it in a group. The next transaction waits for the reply to LAST.",
		Refs:       []lint.Ref{lint.RFC(3030, "2")},
	},
	{
		Name: "BURL", Answers: Allowed(transcripts.BURL), Status: Extension, Offered: "BURL",
		Syntax:     `BURL absolute-URI [SP "LAST"]`,
		Meaning:    "The server fetches a piece of the content itself, from an IMAP server.",
		Needs:      "At least one accepted RCPT, BURL in the EHLO reply, usually a login, and no DATA in this transaction.",
		Changes:    "As BDAT.",
		Pipelining: "As BDAT.",
		Refs:       []lint.Ref{lint.RFC(4468, "3.2"), lint.RFC(4468, "3.3")},
	},
	{
		Name: "RSET", Answers: Allowed(transcripts.RSET), Status: Standard,
		Syntax:     "RSET",
		Meaning:    "The client drops the transaction.",
		Needs:      "Nothing; it may be sent at any time, except inside content.",
		Changes:    "No transaction is open. The login and the greeting stay.",
		Pipelining: anywhere,
		Refs:       []lint.Ref{lint.RFC(5321, "4.1.1.5")},
	},
	{
		Name: "NOOP", Answers: Allowed(transcripts.NOOP), Status: Standard,
		Syntax:     "NOOP [SP String]",
		Meaning:    "Nothing is asked for but the reply 250.",
		Needs:      "Nothing; it may be sent at any time, except inside content.",
		Changes:    "Nothing.",
		Pipelining: "Only as the last command of a group: it serves to find out that all before it has been answered.",
		Refs:       []lint.Ref{lint.RFC(5321, "4.1.1.9"), lint.RFC(2920, "3.1")},
	},
	{
		Name: "QUIT", Answers: Allowed(transcripts.QUIT), Status: Standard,
		Syntax:     "QUIT",
		Meaning:    "The client has done.",
		Needs:      "Nothing; it may be sent at any time, except inside content.",
		Changes:    "The server answers 221 and closes. An open transaction is dropped.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "4.1.1.10")},
	},
	{
		Name: "VRFY", Answers: Allowed(transcripts.VRFY), Status: Standard,
		Syntax:     "VRFY SP String [SP SMTPUTF8]",
		Meaning:    "The client asks whether a user or mailbox exists.",
		Needs:      "Nothing; it may be sent at any time, except inside content, and without EHLO.",
		Changes:    "Nothing: no transaction is opened, and one that is open stays.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "3.5"), lint.RFC(5321, "4.1.1.6"), lint.RFC(5321, "7.3"), lint.RFC(6531, "3.7.4.2")},
	},
	{
		Name: "EXPN", Answers: Allowed(transcripts.EXPN), Status: Standard, Offered: "EXPN",
		Syntax:     "EXPN SP String [SP SMTPUTF8]",
		Meaning:    "The client asks for the members of a mailing list.",
		Needs:      "EXPN in the EHLO reply; it may be sent at any time, except inside content.",
		Changes:    "Nothing.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "3.5"), lint.RFC(5321, "4.1.1.7"), lint.RFC(5321, "7.3")},
	},
	{
		Name: "HELP", Answers: Allowed(transcripts.HELP), Status: Standard, Offered: "HELP",
		Syntax:     "HELP [SP String]",
		Meaning:    "The client asks for help in words, for people.",
		Needs:      "Nothing; it may be sent at any time, except inside content.",
		Changes:    "Nothing.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(5321, "4.1.1.8")},
	},
	{
		Name: "ETRN", Answers: Allowed(transcripts.ETRN), Status: Extension, Offered: "ETRN",
		Syntax:     `ETRN [ "@" / "#" ] node`,
		Meaning:    "The client asks the server to start delivering the mail that it holds for a host or domain. The mail comes by another connection.",
		Needs:      "EHLO with ETRN in its reply, and no transaction.",
		Changes:    "Nothing in this session.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(1985, "5"), lint.RFC(1985, "5.1")},
	},
	{
		Name: "ATRN", Answers: Allowed(transcripts.ATRN), Status: Extension, Offered: "ATRN",
		Syntax:     `ATRN [SP domain *("," domain)]`,
		Meaning:    "The client asks for the mail of its domains over this very connection: the two ends change roles.",
		Needs:      "A login (AUTH), and no transaction.",
		Changes:    "With 250 the client becomes the server and greets with 220.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(2645, "5.2.1")},
	},
	{
		Name: "TURN", Answers: Allowed(transcripts.TURN), Status: Obsolete,
		Syntax:     "TURN",
		Meaning:    "The two ends change roles, without any check of who the client is. It must not be used; ATRN has replaced it.",
		Needs:      "EHLO or HELO, and no transaction.",
		Changes:    "With 250 the client becomes the server.",
		Pipelining: last,
		Refs:       []lint.Ref{lint.RFC(821, "3.8"), lint.RFC(5321, "F.1")},
	},
	sending("SEND", transcripts.SEND, "shows the message on the terminal of a user who is logged in"),
	sending("SOML", transcripts.SOML, "shows the message on the terminal of a user who is logged in, or else delivers it as mail"),
	sending("SAML", transcripts.SAML, "shows the message on the terminal of a user who is logged in, and delivers it as mail"),
	{
		Name: "XCLIENT", Answers: Allowed(transcripts.XCLIENT), Status: Vendor, Offered: "XCLIENT",
		Syntax:     "XCLIENT 1*( SP attribute=value )",
		Meaning:    "A trusted proxy tells Postfix on whose behalf it speaks: NAME, ADDR, PORT, PROTO, HELO, LOGIN, DESTADDR, DESTPORT.",
		Needs:      "EHLO with XCLIENT in its reply, which only trusted clients get, and no transaction.",
		Changes:    "The session starts anew, with a greeting: send EHLO again.",
		Pipelining: "It may stand in a group where the server offers PIPELINING; the safe way is to wait for the reply and the new greeting.",
		Refs:       []lint.Ref{{Title: "Postfix XCLIENT Howto"}},
	},
	{
		Name: "XFORWARD", Answers: Allowed(transcripts.XFORWARD), Status: Vendor, Offered: "XFORWARD",
		Syntax:     "XFORWARD 1*( SP attribute=value )",
		Meaning:    "A content filter tells Postfix, for its log, where the message came from: NAME, ADDR, PORT, PROTO, HELO, IDENT, SOURCE.",
		Needs:      "EHLO with XFORWARD in its reply, which only trusted clients get, and no transaction.",
		Changes:    "What it says is logged with the next transaction.",
		Pipelining: anywhere,
		Refs:       []lint.Ref{{Title: "Postfix XFORWARD Howto"}},
	},
}

// Obsolete is the status of what RFC 821 had and later documents have dropped.
const Obsolete Status = "obsolete"

func sending(name string, verb transcripts.Verb, what string) Command {
	return Command{
		Name: name, Answers: Allowed(verb), Status: Obsolete,
		Syntax:     name + ` FROM: "<" Mailbox ">"`,
		Meaning:    "It takes the place of MAIL and " + what + ". Servers have dropped it.",
		Needs:      "As MAIL.",
		Changes:    "As MAIL.",
		Pipelining: anywhere,
		Refs:       []lint.Ref{lint.RFC(821, "3.4"), lint.RFC(5321, "F.6")},
	}
}
