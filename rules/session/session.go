// Package session holds the rules about the order of commands.
package session

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	clientContinuesAfter421,
	clientTalksBeforeGreeting,
	commandAfterQuit,
	connectionLostInData,
	continuesAfterRefusedGreeting,
	dataWithNoAcceptedRecipient,
	dataWithoutRcpt,
	emptyMessage,
	helloMidTransaction,
	heloInsteadOfEhlo,
	lhloOnSMTP,
	lmtpAcceptsSMTPHello,
	lmtpDataWithoutRecipient,
	lmtpMissingExtensions,
	lmtpOnPort25,
	lmtpReplyCount,
	mailBeforeHello,
	missingQuit,
	nestedMail,
	noHeloFallback,
	obsoleteCommand,
	privateCommandNotListed,
	quitReplyNotAwaited,
	rcptBeforeMail,
	serverClosedWithout421,
	serverContinuesAfter421,
	serverIdleTimeoutShort,
	smtpHelloOnLMTP,
	transactionAbandoned,
	unknownCommand,
}

// why says what an exchange that resets did.
func why(p *lint.Pass, j int) string {
	e := &p.Exchanges[j]
	switch e.Kind {
	case transcripts.Connected:
		return "no MAIL yet"
	case transcripts.Content:
		return "the message that ended at " + lint.Line(e.Body.Stop) + " had already ended it"
	}
	at := lint.Line(e.Command.Span)
	switch e.Command.Verb {
	case transcripts.RSET:
		return "RSET at " + at + " had ended it"
	case transcripts.STARTTLS:
		return "STARTTLS at " + at + " had ended it"
	case transcripts.BDAT:
		return "BDAT LAST at " + at + " had ended it"
	}
	return "no MAIL since " + e.Command.Verb.String() + " at " + at
}
