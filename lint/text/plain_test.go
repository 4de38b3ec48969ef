package text

import (
	"strings"
	"testing"
)

// FuzzPlain: nothing odd is taken for plain, and no run of plain octets that is
// long enough to be seen at once is missed.
func FuzzPlain(f *testing.F) {
	f.Add("250 2.1.0 Ok", 3)
	for c := range 256 {
		f.Add(strings.Repeat("abcdefgh", 2)+string([]byte{byte(c)})+"ijklmnopqrst", c)
	}
	f.Fuzz(func(t *testing.T, s string, _ int) {
		odd := func(c byte) bool { return c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '#' }
		n := Plain(s)
		if m := Plain([]byte(s)); m != n {
			t.Fatalf("%q: %d as text, %d as octets", s, n, m)
		}
		for i := range n {
			if odd(s[i]) {
				t.Fatalf("%q: %d octets are said to be plain", s, n)
			}
		}
		run := 0
		for run < len(s) && !odd(s[run]) {
			run++
		}
		if run-n >= 8 {
			t.Fatalf("%q: only %d octets of %d are seen to be plain", s, n, run)
		}
	})
}
