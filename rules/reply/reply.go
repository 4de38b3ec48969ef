// Package reply holds the rules about what servers answer.
package reply

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	extraReply,
	malformedReply,
	missingReply,
	multilineCodeMismatch,
	wrongPositiveReply,
}
