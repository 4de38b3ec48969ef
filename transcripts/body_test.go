package transcripts

import (
	"bytes"
	"fmt"
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

// TestHalvedEnd: a chunk may end between CR and LF; neither of them is bare.
func TestHalvedEnd(t *testing.T) {
	for _, c := range []struct{ name, first, second, rest, want string }{
		{"the next chunk has the LF", "BDAT 4", "BDAT 4 LAST", `"\n"`, "4 octets, 4 octets"},
		{"it has something else", "BDAT 4", "BDAT 5 LAST", `"x\n"`, "4 octets, 5 octets, bare-lf"},
		{"there is no next chunk", "BDAT 4 LAST", "BDAT 4 LAST", `"\n"`, "4 octets, bare-cr, 4 octets, bare-lf"},
	} {
		in := `C= "` + c.first + `\r\n"` + "\n" + `C= "abc\r"` + "\nS: 250 ok\n" +
			`C= "` + c.second + `\r\n"` + "\nC= " + c.rest + "\n" + `C= "y\r\n"` + "\nS: 250 ok\n"
		for s := range Read(strings.NewReader(in), Plain, Hints{}) {
			var got []string
			for i := range s.Exchanges {
				if b := s.Exchanges[i].Body; b != nil {
					got = append(got, fmt.Sprint(b.Octets, " octets"))
					for _, m := range b.Marks {
						got = append(got, m.Kind.String())
					}
				}
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
	}
}

func TestOdd(t *testing.T) {
	for length := range 100 {
		line := bytes.Repeat([]byte{'~'}, length)
		if odd(line) {
			t.Errorf("%d printable octets are odd", length)
		}
		for at := range line {
			for c := range 256 {
				line[at] = byte(c)
				if want := c < ' ' || c > '~'; odd(line) != want {
					t.Fatalf("octet %#x at %d of %d: odd %v, want %v", c, at, length, !want, want)
				}
			}
			line[at] = ' '
		}
	}
}
