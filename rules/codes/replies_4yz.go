package codes

import "github.com/smtplint/smtplint/lint"

var transient = []Reply{
	{
		Code: 421, Status: Standard, Title: "Service not available; closing the connection",
		Meaning: "The server shuts down, is overloaded, waited too long or has had enough of this client. It closes.",
		Seen:    "At any time, also as the greeting and when nothing was asked.",
		Client:  "Stop, close, and treat the open transaction as failed for now. Try again later, or at another host.",
		Fix:     "Client: fewer connections, less at once. Server: close the connection after it; for the failure of one command use 451.",
		Answers: []string{"the connection itself", "any command", "nothing at all"},
		Done:    "The session is over. Messages that were answered 250 before are safe; the one under way is not.",
		Use:     "Send it before you close the connection on your own account, and close.",
		Refs:    []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "4.2.3"), lint.RFC(5321, "4.3.2")},
	},
	{
		Code: 450, Status: Standard, Title: "Mailbox unavailable for now",
		Meaning: "The mailbox is busy or locked, or policy does not let the mail in yet.",
		Seen:    "Greylisting, sender checks and rate limits; a mailbox in use.",
		Client:  "Keep the message and try again later, from the same host, with the same sender and recipient.",
		Fix:     "Usually nobody has to: wait. When it lasts, the text says what the server checks.",
		Answers: []string{"RCPT", "the end of the message"},
		Done:    "This recipient, or this message, is not accepted for now. The session goes on.",
		Use:     "Send it when the mailbox cannot be reached now or policy asks the client to wait; 550 when waiting will not help.",
		Refs:    []lint.Ref{lint.RFC(5321, "4.2.3")},
	},
	{
		Code: 451, Status: Standard, Title: "Local error in processing",
		Meaning: "The server itself failed: a lookup, a disk, a filter.",
		Seen:    "Outages behind the server; also greylisting. A client assumes it when the connection breaks in a transaction.",
		Client:  "Keep the message and try again later.",
		Fix:     "Server: its log tells what failed.",
		Answers: []string{"MAIL", "RCPT", "DATA", "the end of the message"},
		Done:    "The command was given up. The session goes on.",
		Use:     "Send it when the fault is yours and will pass; 450 when it is the mailbox's.",
		Refs:    []lint.Ref{lint.RFC(5321, "3.8"), lint.RFC(5321, "4.2.3")},
	},
	{
		Code: 452, Status: Standard, Title: "Not enough storage, or too many recipients",
		Meaning: "There is no room now, or this recipient is one more than the server takes for one message.",
		Seen:    "Full disks and mailboxes; long lists of recipients.",
		Client: "No room: try again later. Too many recipients: send the message to those that were accepted, then begin a new " +
			"transaction for the rest, at once if you like.",
		Fix:     "Client: at most 100 recipients at a time. Server: take at least 100.",
		Answers: []string{"RCPT", "MAIL", "DATA", "the end of the message", "BDAT"},
		Done:    "This recipient, or this message, is not accepted for now. Recipients that were accepted before still are.",
		Use:     "Send it when there is no room now, or for each recipient above your limit; 552 when the message will never fit.",
		Refs:    []lint.Ref{lint.RFC(5321, "4.5.3.1.9"), lint.RFC(5321, "4.5.3.1.10"), lint.RFC(1870, "6.1")},
	},
	{
		Code: 455, Status: Standard, Title: "Cannot accommodate the parameters now",
		Meaning: "A parameter of MAIL or RCPT is known but cannot be honoured at the moment.",
		Seen:    "Rarely; with extensions such as DELIVERBY.",
		Client:  "Try again later, or without the parameter where the message can do without it.",
		Fix:     "Server: do not offer what cannot be kept.",
		Answers: []string{"MAIL", "RCPT"},
		Done:    "The command was given up. The session goes on.",
		Use:     "Send it when a parameter cannot be honoured now; 555 when it never can.",
		Refs:    []lint.Ref{lint.RFC(5321, "4.1.1.11"), lint.RFC(2852, "4")},
	},
}
