// Package client holds the rules about what clients make of replies.
package client

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	treatedAsError354,
	bounceWithSender,
	clientTimeoutTooShort,
	endOfDataReplyNotAwaited,
	failureTreatedAsSuccess,
	greylistRetryTooEarly,
	immediateRetryAfterTemporary,
	intermediateTreatedAsFinal,
	nullSenderManyRecipients,
	nullSenderRefused,
	partialSuccessMisreported,
	permanentFailureRetried,
	rcpt251252TreatedAsFailure,
	sameMessagePerRecipient,
	successTreatedAsFailure,
	temporaryTreatedAsPermanent,
	tooManyRecipientsMishandled,
	vrfy252TreatedAsFailure,
	vrfyAsExistenceCheck,
}

// givesUp reports whether exchange j ends what was going on.
func givesUp(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Ordered && (e.Command.Verb == transcripts.RSET || e.Command.Verb == transcripts.QUIT)
}
