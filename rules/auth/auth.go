// Package auth holds the rules about authentication (RFC 4954).
package auth

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	deprecated538,
	authAfterAuth,
	authCancelReply,
	authCommandTooLong,
	authFailureCode,
	authInTransaction,
	authMechanismNotOffered,
	authNotAdvertised,
	authPlainMalformed,
	authRequiredIgnored,
	challengeNotBase64,
	droppedBeforeThreeFailures,
	emptyInitialResponse,
	legacyAuthEquals,
	loginPromptUnusual,
	noEhloAfterSecurityLayer,
	obsoleteMechanism,
	plaintextAuthInClear,
	plaintextMechOfferedInClear,
	responseNotBase64,
	sameCredentialsRetried,
	submissionWithoutAuth,
	unexpectedInitialResponse,
}

// begins reports whether e is an AUTH command that is surely paired with its
// reply.
func begins(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.AUTH && !e.Before.Adrift
}
