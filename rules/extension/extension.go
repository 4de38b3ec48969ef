// Package extension holds the rules about SMTP extensions.
package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	bdatSizeMismatch,
	commandNotAdvertised,
	dataSentBefore354,
	duplicateParameter,
	ehloParameterSyntax,
	messageAboveLimit,
	parameterNotAdvertised,
	parameterOnWrongCommand,
	parameterValueSyntax,
	pipeliningNotOffered,
	sizeAboveLimit,
	sizeDeclaredTooSmall,
	sizeRefusedAfterAcceptance,
	unknownParameter,
}

var (
	envelopes = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT}
	lookups   = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT, transcripts.VRFY, transcripts.EXPN}
	greetings = []transcripts.Verb{transcripts.EHLO, transcripts.LHLO}
)
