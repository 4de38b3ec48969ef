package data

import "fmt"

// others names n further lines.
func others(n int64) string {
	if n == 1 {
		return "one more line"
	}
	return fmt.Sprintf("%d more lines", n)
}
