// Package data holds the rules about message content on its way.
package data

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	notFollowedByData,
	barePeriodInBody,
	dataWithout354,
	dotNotStuffed,
	missingEndOfData,
}
