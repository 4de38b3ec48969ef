package transcripts

import (
	"strings"
	"testing"
)

// TestBody measures content that is hard to measure.
func TestBody(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  func(b *Body) bool
	}{
		{"998 octets", []string{strings.Repeat("x", 998)}, func(b *Body) bool { return b.Mark(LongLine) == nil }},
		{"999 octets", []string{strings.Repeat("x", 999)}, func(b *Body) bool { return b.Mark(LongLine) != nil }},
		{"999 octets with a doubled period", []string{".." + strings.Repeat("x", 997)}, func(b *Body) bool { return b.Mark(LongLine) == nil }},
		{"1000 octets with a doubled period", []string{".." + strings.Repeat("x", 998)}, func(b *Body) bool { return b.Mark(LongLine) != nil }},
		{"an empty line at the end", []string{"A: b", "", "text", ""}, func(b *Body) bool { return b.Blank }},
		{"a header section only", []string{"A: b", ""}, func(b *Body) bool { return !b.Blank }},
		{"a header section and an empty line", []string{"A: b", "", ""}, func(b *Body) bool { return b.Blank }},
	} {
		in := "C: DATA\nS: 354 go\nC: " + strings.Join(c.lines, "\nC: ") + "\nC: .\nS: 250 ok\n"
		for s := range Read(strings.NewReader(in), Plain, Hints{}) {
			if !c.want(s.Exchanges[1].Body) {
				t.Errorf("%s: %+v", c.name, s.Exchanges[1].Body)
			}
		}
	}
}
