// Package hygiene holds the rules about what should not be in a recording, or
// on a wire.
package hygiene

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	bearerTokenInTranscript,
	commandInjectionInArgument,
	crackableExchange,
	credentialInTranscript,
	foreignProtocol,
	internalNamesLeak,
	messageContentInTranscript,
	openRelaySuspected,
	personalDataInTranscript,
	privilegedExtensionExposed,
	softwareVersionInBanner,
	userEnumerationOpen,
}
