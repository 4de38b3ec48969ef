package codes

import "slices"

// Replies lists the reply codes, in order.
var Replies = slices.Concat(positive, transient, permanent)
