package codes

import (
	"slices"
	"sync"

	"github.com/smtplint/smtplint/transcripts"
)

// Replies lists the reply codes, in order.
var Replies = sync.OnceValue(func() []Reply {
	all := slices.Concat(positive, transient, permanent)
	for i := range all {
		if r := &all[i]; r.instead != "" {
			r.dispute()
		}
	}
	return all
})

// Listed reports whether Replies has a code.
func Listed(c transcripts.Code) bool { return int(c) < len(listed()) && listed()[c] }

var listed = sync.OnceValue(func() *[600]bool {
	var set [600]bool
	for _, some := range [][]Reply{positive, transient, permanent} {
		for i := range some {
			set[some[i].Code] = true
		}
	}
	return &set
})
