// Package transcript holds the rules about the recording itself. They say why
// other rules may have stayed silent.
package transcript

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	bodyElided,
	bodyShownUnstuffed,
	directionInverted,
	interleavedSessions,
	malformedDirective,
	redactedContent,
	startsMidSession,
	timeGoesBackwards,
	tlsBytesNotDecoded,
	truncatedTranscript,
	unmetExpectation,
	unparseableLine,
	unusedIgnore,
}
