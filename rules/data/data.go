// Package data holds the rules about message content on its way.
package data

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	notFollowedByData,
	bareCRInData,
	bareLFInData,
	barePeriodInBody,
	blankLineBeforeEnd,
	controlCharacterInData,
	dataWithout354,
	dotNotStuffed,
	dotWithTrailingSpace,
	eightBitInHeader,
	eightBitWithout8BITMIME,
	endOfDataReplyMissing,
	lineOver78,
	messageLineTooLong,
	missingEndOfData,
	missingRequiredHeader,
	noHeaderSection,
	serverAcceptedSmuggledEnd,
	smugglingSequence,
}
