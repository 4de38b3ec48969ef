// Package data holds the rules about message content on its way.
package data

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	notFollowedByData,
	barePeriodInBody,
	blankLineBeforeEnd,
	dataWithout354,
	dotNotStuffed,
	dotWithTrailingSpace,
	eightBitInHeader,
	endOfDataReplyMissing,
	lineOver78,
	messageLineTooLong,
	missingEndOfData,
	missingRequiredHeader,
	noHeaderSection,
}
