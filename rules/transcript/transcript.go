// Package transcript holds the rules about the recording itself. They say why
// other rules may have stayed silent.
package transcript

import "github.com/smtplint/smtplint/lint"

// Rules lists the rules of this area, sorted by ID.
var Rules = []*lint.Rule{
	startsMidSession,
	truncatedTranscript,
	unparseableLine,
}
