// Package extension holds the rules about SMTP extensions.
package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	atrnWithoutAuth,
	bdatAfterLast,
	bdatNeverLast,
	bdatSizeMismatch,
	bdatWithoutReply,
	binarymimeWithData,
	binarymimeWithoutChunking,
	burlMisuse,
	commandNotAdvertised,
	dataAfterBdat,
	dataSentBefore354,
	deliverbyBelowMinimum,
	dotTerminatorWithBdat,
	dsnParameterRefused,
	dsnRequestWithNullSender,
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
	etrnInTransaction,
	futurereleaseAboveMaximum,
	limitsExceeded,
	messageAboveLimit,
	noRsetAfterFailedBdat,
	nonASCIIHello,
	notLastInGroup,
	orcptDiffersOnSubmission,
	parameterNotAdvertised,
	parameterOnWrongCommand,
	parameterValueSyntax,
	pipeliningNotOffered,
	repliesOutOfOrder,
	requiretlsWithoutTLS,
	sizeAboveLimit,
	sizeDeclaredTooSmall,
	sizeRefusedAfterAcceptance,
	smtputf8NotNeeded,
	smtputf8Without8bitmime,
	submissionOnlyExtensionOnMX,
	unknownParameter,
	utf8AddressWithoutSMTPUTF8,
	xclientMisuse,
}

var (
	envelopes = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT}
	lookups   = []transcripts.Verb{transcripts.MAIL, transcripts.RCPT, transcripts.VRFY, transcripts.EXPN}
	greetings = []transcripts.Verb{transcripts.EHLO, transcripts.LHLO}
)
