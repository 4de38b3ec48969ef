package codes

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
)

// A ServiceExtension explains an extension by the keyword that a server lists in its
// reply to EHLO (RFC 5321 §2.2.2).
type ServiceExtension struct {
	Keyword string
	Params  string // what may follow the keyword, or ""
	Meaning string // what the server can do
	Adds    string // commands, and parameters of MAIL and RCPT
	Heed    string // what a client must heed
	Status  Status
	Refs    []lint.Ref
}

// FindExtension returns the entry of a keyword, or nil. Keywords are
// case-insensitive.
func FindExtension(keyword string) *ServiceExtension {
	for i := range Extensions {
		if e := &Extensions[i]; strings.EqualFold(e.Keyword, keyword) {
			return e
		}
	}
	return nil
}

// Extensions lists the extensions by keyword: those that are registered, and
// private ones that one meets.
var Extensions = []ServiceExtension{
	{
		Keyword: "8BITMIME", Status: Standard,
		Meaning: "The server takes content with octets above 127 unchanged.",
		Adds:    "MAIL: BODY=7BIT or BODY=8BITMIME",
		Heed:    "Say BODY=8BITMIME when the content has such octets. Where it is not offered, encode the content in 7-bit.",
		Refs:    []lint.Ref{lint.RFC(6152, "2")},
	},
	{
		Keyword: "ATRN", Status: Extension,
		Params:  "domains",
		Meaning: "The server hands out queued mail over the connection that asks for it (on-demand mail relay).",
		Adds:    "command ATRN",
		Heed:    "Log in first.",
		Refs:    []lint.Ref{lint.RFC(2645, "5.2")},
	},
	{
		Keyword: "AUTH", Status: Extension,
		Params:  "mechanisms",
		Meaning: "The client can log in, by one of the mechanisms that are listed.",
		Adds:    "command AUTH; MAIL: AUTH=mailbox",
		Heed:    "Choose a mechanism from the list in force: it may differ before and after STARTTLS.",
		Refs:    []lint.Ref{lint.RFC(4954, "3"), lint.RFC(4954, "4"), lint.RFC(4954, "5")},
	},
	{
		Keyword: "BINARYMIME", Status: Extension,
		Meaning: "The server takes content that is not made of lines.",
		Adds:    "MAIL: BODY=BINARYMIME",
		Heed:    "Send such content with BDAT, never with DATA. CHUNKING must be offered as well.",
		Refs:    []lint.Ref{lint.RFC(3030, "3")},
	},
	{
		Keyword: "BURL", Status: Extension,
		Params:  "imap, or URLs",
		Meaning: "The server can fetch content from an IMAP server.",
		Adds:    "command BURL",
		Heed:    "Log in first; the URL must carry an authorization.",
		Refs:    []lint.Ref{lint.RFC(4468, "3")},
	},
	{
		Keyword: "CHECKPOINT", Status: Extension,
		Meaning: "A broken transfer can be resumed. An experiment that hardly anybody runs.",
		Adds:    "MAIL: TRANSID=id",
		Heed:    "Heed 355 and its offset.",
		Refs:    []lint.Ref{lint.RFC(1845, "")},
	},
	{
		Keyword: "CHUNKING", Status: Extension,
		Meaning: "Content can be sent in pieces of known size.",
		Adds:    "command BDAT",
		Heed:    "Do not double periods and send no closing period. Do not mix BDAT and DATA in one transaction.",
		Refs:    []lint.Ref{lint.RFC(3030, "2")},
	},
	{
		Keyword: "CONNEG", Status: Extension,
		Meaning: "The server tells what a recipient's device can show.",
		Adds:    "RCPT: CONNEG",
		Heed:    "Use it together with CONPERM.",
		Refs:    []lint.Ref{lint.RFC(4141, "")},
	},
	{
		Keyword: "CONPERM", Status: Extension,
		Meaning: "The client may allow the server to convert the content.",
		Adds:    "MAIL: CONPERM",
		Heed:    "Ask for it only when the sender agrees.",
		Refs:    []lint.Ref{lint.RFC(4141, "")},
	},
	{
		Keyword: "DELIVERBY", Status: Extension,
		Params:  "least time in seconds",
		Meaning: "The sender can say by when a message must be delivered.",
		Adds:    "MAIL: BY=seconds;R or BY=seconds;N",
		Heed:    "With R, give more than the least time that the server names.",
		Refs:    []lint.Ref{lint.RFC(2852, "4")},
	},
	{
		Keyword: "DSN", Status: Extension,
		Meaning: "The sender can ask for reports of delivery, failure and delay.",
		Adds:    "MAIL: RET=, ENVID=; RCPT: NOTIFY=, ORCPT=",
		Heed:    "NEVER stands alone in NOTIFY. ENVID and ORCPT are xtext.",
		Refs:    []lint.Ref{lint.RFC(3461, "4")},
	},
	{
		Keyword: "ENHANCEDSTATUSCODES", Status: Extension,
		Meaning: "Replies begin with an enhanced status code, such as 5.1.1.",
		Adds:    "nothing",
		Heed:    "Read the enhanced code after the reply code of every 2yz, 4yz and 5yz, except in the greeting and in replies to EHLO.",
		Refs:    []lint.Ref{lint.RFC(2034, "3"), lint.RFC(2034, "4")},
	},
	{
		Keyword: "ETRN", Status: Extension,
		Meaning: "The server starts the queue for a host that asks for it.",
		Adds:    "command ETRN",
		Heed:    "The mail comes by another connection.",
		Refs:    []lint.Ref{lint.RFC(1985, "5")},
	},
	{
		Keyword: "EXPN", Status: Standard,
		Meaning: "The server expands mailing lists.",
		Adds:    "command EXPN",
		Heed:    "Expect 252 or 502 all the same.",
		Refs:    []lint.Ref{lint.RFC(5321, "4.1.1.7")},
	},
	{
		Keyword: "FUTURERELEASE", Status: Extension,
		Params:  "longest interval and latest date",
		Meaning: "The server holds a message back until a time that the sender names.",
		Adds:    "MAIL: HOLDFOR= or HOLDUNTIL=",
		Heed:    "Give one of the two, within the limits that the server names.",
		Refs:    []lint.Ref{lint.RFC(4865, "4")},
	},
	{
		Keyword: "HELP", Status: Standard,
		Meaning: "The server answers HELP.",
		Adds:    "command HELP",
		Heed:    "Show the text to people.",
		Refs:    []lint.Ref{lint.RFC(5321, "4.1.1.8")},
	},
	{
		Keyword: "LIMITS", Status: Extension,
		Params:  "MAILMAX= RCPTMAX= RCPTDOMAINMAX=",
		Meaning: "The server tells its limits on transactions and recipients.",
		Adds:    "nothing",
		Heed:    "Stay below them; open another connection for the rest.",
		Refs:    []lint.Ref{lint.RFC(9422, "4")},
	},
	{
		Keyword: "MT-PRIORITY", Status: Extension,
		Params:  "profile",
		Meaning: "Messages can have a priority.",
		Adds:    "MAIL: MT-PRIORITY=-9 to 9",
		Heed:    "Read the priority that the server has granted in the text of 3.6 replies.",
		Refs:    []lint.Ref{lint.RFC(6710, "")},
	},
	{
		Keyword: "MTRK", Status: Extension,
		Meaning: "The path of a message can be tracked.",
		Adds:    "MAIL: MTRK=",
		Heed:    "ENVID must be given as well.",
		Refs:    []lint.Ref{lint.RFC(3885, "3")},
	},
	{
		Keyword: "NO-SOLICITING", Status: Extension,
		Params:  "keywords",
		Meaning: "The server states which solicitations it does not want.",
		Adds:    "MAIL: SOLICIT=",
		Heed:    "Do not send what is not wanted.",
		Refs:    []lint.Ref{lint.RFC(3865, "")},
	},
	{
		Keyword: "PIPECONNECT", Status: Vendor,
		Meaning: "A client that knows of it from an earlier connection need not wait for the greeting: it sends EHLO and what follows at once.",
		Adds:    "nothing",
		Heed:    "Use it only for a server that has offered it to you before, and be ready for other replies than it gave then. Exim offers it, formerly as X_PIPE_CONNECT.",
		Refs:    []lint.Ref{{Title: "Exim specification"}},
	},
	{
		Keyword: "PIPELINING", Status: Standard,
		Meaning: "The client may send several commands without waiting for each reply.",
		Adds:    "nothing",
		Heed:    "EHLO, DATA, VRFY, EXPN, NOOP, QUIT, STARTTLS and AUTH end a group; MAIL, RCPT and RSET may stand anywhere. Read every reply: each counts, and they come in order.",
		Refs:    []lint.Ref{lint.RFC(2920, "3.1"), lint.RFC(2920, "3.2")},
	},
	{
		Keyword: "PRDR", Status: Vendor,
		Meaning: "The server can refuse a message for some of its recipients only (per-recipient data responses).",
		Adds:    "MAIL: PRDR",
		Heed:    "The end of a message may then be answered 353: read one reply for each accepted recipient, and one more for all. Exim offers it.",
		Refs:    []lint.Ref{{Title: "draft-hall-prdr-00"}},
	},
	{
		Keyword: "REQUIRETLS", Status: Extension,
		Meaning: "A message can demand TLS on every step of its way.",
		Adds:    "MAIL: REQUIRETLS",
		Heed:    "Use it inside TLS only, with a server whose certificate was verified.",
		Refs:    []lint.Ref{lint.RFC(8689, "2")},
	},
	{
		Keyword: "RRVS", Status: Extension,
		Meaning: "The sender can demand that the mailbox has not changed hands since a time.",
		Adds:    "RCPT: RRVS=",
		Heed:    "Expect 5.7.17, 5.7.18 and 5.7.19.",
		Refs:    []lint.Ref{lint.RFC(7293, "")},
	},
	{
		Keyword: "SIZE", Status: Standard,
		Params:  "largest message in octets; 0 for no fixed limit",
		Meaning: "The server tells the largest message that it takes, and can refuse one before it is sent.",
		Adds:    "MAIL: SIZE=octets",
		Heed:    "Compare before sending. Count CRLF as two octets and leave doubled periods out.",
		Refs:    []lint.Ref{lint.RFC(1870, "3"), lint.RFC(1870, "6")},
	},
	{
		Keyword: "SMTPUTF8", Status: Extension,
		Meaning: "Addresses and header may have letters beyond ASCII.",
		Adds:    "MAIL, VRFY and EXPN: SMTPUTF8",
		Heed:    "Say SMTPUTF8 with MAIL before using such an address. 8BITMIME comes with it.",
		Refs:    []lint.Ref{lint.RFC(6531, "3.1"), lint.RFC(6531, "3.4")},
	},
	{
		Keyword: "STARTTLS", Status: Extension,
		Meaning: "The connection can be encrypted.",
		Adds:    "command STARTTLS",
		Heed:    "Send EHLO again afterwards and trust only what it lists. Do not go on in clear where policy asks for TLS.",
		Refs:    []lint.Ref{lint.RFC(3207, "2"), lint.RFC(3207, "4")},
	},
	{
		Keyword: "SUBMITTER", Status: Obsolete,
		Meaning: "The client names who is responsible for the message. Historic.",
		Adds:    "MAIL: SUBMITTER=",
		Heed:    "It is no longer used.",
		Refs:    []lint.Ref{lint.RFC(4405, "")},
	},
	{
		Keyword: "UTF8SMTP", Status: Obsolete,
		Meaning: "An experiment that SMTPUTF8 has replaced.",
		Adds:    "MAIL: ALT-ADDRESS=",
		Heed:    "Use SMTPUTF8.",
		Refs:    []lint.Ref{lint.RFC(5336, "")},
	},
	{
		Keyword: "X-ANONYMOUSTLS", Status: Vendor,
		Meaning: "TLS without certificates between Exchange servers.",
		Adds:    "a command of its own",
		Heed:    "Ignore it: it is meant for Exchange servers.",
		Refs:    []lint.Ref{{Title: "Exchange Server protocol logs"}},
	},
	{
		Keyword: "X-EXPS", Status: Vendor,
		Params:  "mechanisms",
		Meaning: "Authentication between Exchange servers.",
		Adds:    "a command of its own",
		Heed:    "Ignore it and use AUTH: it is meant for Exchange servers.",
		Refs:    []lint.Ref{{Title: "Exchange Server protocol logs"}},
	},
	{
		Keyword: "XCLIENT", Status: Vendor,
		Params:  "attributes",
		Meaning: "A trusted proxy may say on whose behalf it speaks (Postfix).",
		Adds:    "command XCLIENT",
		Heed:    "It is offered to trusted clients only.",
		Refs:    []lint.Ref{{Title: "Postfix XCLIENT Howto"}},
	},
	{
		Keyword: "XFORWARD", Status: Vendor,
		Params:  "attributes",
		Meaning: "A content filter may say for the log where a message came from (Postfix).",
		Adds:    "command XFORWARD",
		Heed:    "It is offered to trusted clients only.",
		Refs:    []lint.Ref{{Title: "Postfix XFORWARD Howto"}},
	},
	{
		Keyword: "XRDST", Status: Vendor,
		Meaning: "A note about the destination between Exchange servers.",
		Adds:    "nothing for others",
		Heed:    "Ignore it: it is meant for Exchange servers.",
		Refs:    []lint.Ref{{Title: "Exchange Server protocol logs"}},
	},
}
