// Package tls holds the rules about STARTTLS and TLS (RFC 3207, RFC 8314).
package tls

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	cleartextAfterStarttls,
	cleartextFallback,
	cleartextOnImplicitTLSPort,
	commandsBehindStarttls,
	middleboxMasking,
	noEhloAfterTLS,
	replyInjectedBeforeTLS,
	serverAnswersInjectedCommand,
	staleCapabilities,
	starttlsAdvertisedInTLS,
	starttlsArgument,
	starttlsInTransaction,
	starttlsInsideTLS,
	starttlsNotAdvertised,
	starttlsOfferedNotUsed,
	starttlsReplyCode,
	stateSurvivesTLS,
	requiredOnPublicMX,
	requirementOverreach,
}
