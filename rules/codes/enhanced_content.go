package codes

import "github.com/smtplint/smtplint/lint"

// contents are the codes about content (X.6).
var contents = []Enhanced{
	{
		Subject: 6, Detail: 0, Status: Registered, Classes: "245", Title: "Other media status",
		Meaning: "Something about the content, nothing more precise. As \"250 2.6.0\": the message was accepted.",
		Seen:    "At the end of the message.",
		Fix:     "Read the text; sender or recipient can usually help.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 1, Status: Registered, Classes: "5", Title: "Media not supported",
		Meaning: "The kind of content is not accepted.",
		Seen:    "At the end of the message: attachments of kinds that are forbidden here.",
		Fix:     "Sender: send another format, or a link.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 2, Status: Registered, Classes: "5", Title: "Conversion required and prohibited",
		Meaning: "The content would have to be converted, and the sender or the server forbids it.",
		Seen:    "In bounces, at gateways to other mail systems.",
		Fix:     "Sender: allow the conversion, or send a format that needs none.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 3, Status: Registered, Classes: "5", Title: "Conversion required but not supported",
		Basic:   list{554},
		Meaning: "The content would have to be converted, and this system cannot do it.",
		Seen:    "8-bit or binary content on the way to a system that takes 7-bit only.",
		Fix:     "Client: encode the message in 7-bit. Administrator: let the next system offer 8BITMIME.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 4, Status: Registered, Classes: "25", Title: "Converted with loss",
		Basic:   list{250},
		Meaning: "The content was converted and lost something (2.6.4), or was refused because it would (5.6.4).",
		Seen:    "At gateways to other mail systems.",
		Fix:     "Sender: send a format that needs no conversion.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 5, Status: Registered, Classes: "45", Title: "Conversion failed",
		Meaning: "The content had to be converted, and the conversion failed.",
		Seen:    "At gateways, for malformed messages.",
		Fix:     "Sender: look for faults in the structure of the message.",
		Refs:    []lint.Ref{lint.RFC(3463, "3.7")},
	},
	{
		Subject: 6, Detail: 6, Status: Registered, Classes: "45", Title: "Message content not available",
		Basic:   list{554},
		Meaning: "The server was asked to fetch the content from elsewhere and could not.",
		Seen:    "After BURL.",
		Fix:     "Client: check the URL and its authorization. Administrator: let the submission server reach the IMAP server.",
		Refs:    []lint.Ref{lint.RFC(4468, "5")},
	},
	{
		Subject: 6, Detail: 7, Status: Registered, Classes: "5", Title: "Non-ASCII addresses not permitted",
		Basic:   list{550, 553},
		Meaning: "The address has letters beyond ASCII, and this sender or recipient may not have them.",
		Seen:    "After MAIL or RCPT without SMTPUTF8, or for mailboxes that cannot have them.",
		Fix:     "Client: use SMTPUTF8 where it is offered. Sender: use an ASCII address of the same person.",
		Refs:    []lint.Ref{lint.RFC(6531, "4.2")},
	},
	{
		Subject: 6, Detail: 8, Status: Registered, Classes: "25", Title: "UTF-8 reply required but not permitted",
		Basic:   list{252, 550, 553},
		Meaning: "The answer would have to show a name beyond ASCII, and the client has not allowed that.",
		Seen:    "After VRFY, EXPN or RCPT.",
		Fix:     "Client: give the parameter SMTPUTF8 with VRFY and EXPN.",
		Refs:    []lint.Ref{lint.RFC(6531, "4.2")},
	},
	{
		Subject: 6, Detail: 9, Status: Registered, Classes: "5", Title: "Message with UTF-8 header cannot be transferred",
		Basic:   list{550},
		Meaning: "The header has letters beyond ASCII, and a recipient cannot get it so.",
		Seen:    "At the end of the message.",
		Fix:     "Sender: use ASCII in addresses and header. Administrator: let the next system offer SMTPUTF8.",
		Refs:    []lint.Ref{lint.RFC(6531, "4.2")},
	},
	{
		Subject: 6, Detail: 10, Status: Registered, Classes: "25", Title: "Deprecated duplicate of X.6.8",
		Meaning: "It was registered by mistake and means what X.6.8 means.",
		Seen:    "Hardly ever.",
		Fix:     "Server: send X.6.8.",
		Refs:    []lint.Ref{lint.RFC(6531, "4.2")},
	},
	{
		Subject: 6, Detail: 11, Status: Vendor, Classes: "5", Title: "Not registered: bare line feed, on Exchange Online",
		Meaning: "The message has line feeds without carriage returns in it, and a system on the way cannot take them in BDAT.",
		Seen:    "In bounces from Exchange Online, with the words \"InvalidCharacters\".",
		Fix:     "Client: end every line with CR LF before sending.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
}
