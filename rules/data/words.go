package data

import (
	"fmt"
	"strings"
)

// others names n further lines.
func others(n int64) string {
	if n == 1 {
		return "one more line"
	}
	return fmt.Sprintf("%d more lines", n)
}

// long makes a line of n octets, for examples.
func long(n int) string { return strings.Repeat("long ", n/5) + "long?"[:n%5] }
