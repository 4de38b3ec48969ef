// Package extension holds the rules about SMTP extensions.
package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	bdatAfterLast,
	bdatNeverLast,
	bdatSizeMismatch,
	bdatWithoutReply,
	binarymimeWithData,
	binarymimeWithoutChunking,
	commandNotAdvertised,
	dataAfterBdat,
	dataSentBefore354,
	dotTerminatorWithBdat,
	duplicateParameter,
	ehloParameterSyntax,
	enhancedCodeClassMismatch,
	enhancedCodeImplausible,
	enhancedCodeInconsistentLines,
	enhancedCodeMalformed,
	enhancedCodeMissing,
	enhancedCodeUnregistered,
	enhancedCodeWhereNoneBelongs,
	enhancedCodesNotAdvertised,
	messageAboveLimit,
	noRsetAfterFailedBdat,
	notLastInGroup,
	parameterNotAdvertised,
	parameterOnWrongCommand,
	parameterValueSyntax,
	pipeliningNotOffered,
	repliesOutOfOrder,
	sizeAboveLimit,
	sizeDeclaredTooSmall,
	sizeRefusedAfterAcceptance,
	smtputf8Without8bitmime,
	unknownParameter,
}

var (
	envelopes = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT}
	lookups   = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT, transcripts.VRFY, transcripts.EXPN}
	greetings = []transcripts.Verb{transcripts.EHLO, transcripts.LHLO}
)
