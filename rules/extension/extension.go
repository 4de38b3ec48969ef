// Package extension holds the rules about SMTP extensions.
package extension

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	bdatSizeMismatch,
	dataSentBefore354,
	pipeliningNotOffered,
}
