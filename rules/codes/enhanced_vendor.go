package codes

import "github.com/smtplint/smtplint/lint"

// unregistered are codes that no registry has, and that one meets all the same.
var unregistered = []Enhanced{
	{
		Subject: 4, Detail: 8, Status: Vendor, Classes: "45", Title: "Not registered: try over IPv4",
		Meaning: "A proposal that was never registered: the message was refused over IPv6 and might pass over IPv4.",
		Seen:    "Rarely.",
		Fix:     "Administrator of the sender: reverse DNS, SPF and DKIM for the IPv6 address.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
	{
		Subject: 6, Detail: 11, Status: Vendor, Classes: "5", Title: "Not registered: bare line feed, on Exchange Online",
		Meaning: "The message has line feeds without carriage returns in it, and a system on the way cannot take them in BDAT.",
		Seen:    "In bounces from Exchange Online, with the words \"InvalidCharacters\".",
		Fix:     "Client: end every line with CR LF before sending.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
	{
		Subject: 7, Detail: 31, Status: Vendor, Classes: "4", Title: "Not registered: no DMARC record, on Gmail",
		Meaning: "The domain in the From field has no DMARC policy, which Gmail asks of those who send in bulk.",
		Seen:    "With 421, at Gmail.",
		Fix:     "Administrator of the sender: publish a DMARC record; p=none is enough.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
	{
		Subject: 7, Detail: 32, Status: Vendor, Classes: "45", Title: "Not registered: From is not aligned, on Gmail",
		Meaning: "The domain in the From field is neither the one that passed SPF nor the one that signed with DKIM; Gmail asks for that of those who send in bulk.",
		Seen:    "At Gmail.",
		Fix:     "Administrator of the sender: sign with DKIM in the name of the From domain.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
	{
		Subject: 7, Detail: 40, Status: Vendor, Classes: "45", Title: "Not registered: no DMARC policy, on Gmail",
		Meaning: "The domain in the From field has no DMARC record, or one without a policy.",
		Seen:    "At Gmail, for mail in bulk.",
		Fix:     "Administrator of the sender: publish a DMARC record; p=none is enough.",
		Refs:    []lint.Ref{lint.RFC(3463, "2")},
	},
}

// series are numbers that one operator has taken for itself.
var series = []Series{
	{
		Subject: 4, From: 300, To: 399, Owner: "Exchange Online",
		Meaning: "Routing or connection trouble between Exchange Online and the next system.",
		Fix:     "Administrator of the recipient: check the MX records, the connectors, and that the next system can be reached.",
	},
	{
		Subject: 7, From: 100, To: 199, Owner: "Exchange Online",
		Meaning: "The mailbox or the group does not take mail from this sender.",
		Fix:     "Owner of the mailbox or the group: allow the sender. Sender: reach the person by other means.",
	},
	{
		Subject: 7, From: 500, To: 599, Owner: "Exchange Online",
		Meaning: "The message, its sender, or the address that it came from is not trusted: spam, DMARC, a block.",
		Fix:     "Read the text: it names the check. Administrator of the sender: set up SPF, DKIM and DMARC; ask for the block to be lifted.",
	},
	{
		Subject: 7, From: 600, To: 699, Owner: "Exchange Online",
		Meaning: "The address that the message came from is banned.",
		Fix:     "Administrator of the sender: find out what was sent from there, stop it, and ask for the ban to be lifted.",
	},
	{
		Subject: 7, From: 700, To: 799, Owner: "Exchange Online",
		Meaning: "The sender's organization has sent too much, or too much spam.",
		Fix:     "Administrator of the sender: look for accounts that were taken over; then ask for the limit to be lifted.",
	},
}
