package codes

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
