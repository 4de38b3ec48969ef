package codes

import (
	"slices"
	"sync"
)

// korean holds the Korean texts of reply codes: all of RFC 5321, and what mail
// administrators meet besides. Only the texts are filled in.
var korean = sync.OnceValue(func() []Reply { return slices.Concat(koreanPositive, koreanTransient, koreanPermanent) })
