package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{
		"":                   0,
		"250 Ok":             6,
		"§ · —":              5,
		"메일":                 4,
		"MAIL을":              6,
		"e\u0301":            1, // an accent of its own
		"ｆｕｌｌ":               8,
		"\u1112\u1161\u11ab": 2, // a syllable in three letters
		"日本語":                6,
		"📧":                  2,
	} {
		if got := Width(s); got != want {
			t.Errorf("%q: %d columns, want %d", s, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"  one   two  ", 20, []string{"one two"}},
		{"vrfy-252-treated-as-failure", 12, []string{"vrfy-252-", "treated-as-", "failure"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"메시지를 보관했다가 나중에", 12, []string{"메시지를", "보관했다가", "나중에"}},
		{"메시지를보관", 5, []string{"메시", "지를", "보관"}},
		{"메시지", 1, []string{"메", "시", "지"}}, // nothing fits: one at a time
		{"a bcdefghij k", 4, []string{"a", "bcde", "fghi", "j k"}},
	} {
		if diff := cmp.Diff(test.want, Wrap(test.in, test.width)); diff != "" {
			t.Errorf("%q in %d columns (-want +got):\n%s", test.in, test.width, diff)
		}
	}
}

func TestPadAndClip(t *testing.T) {
	if got := Pad("메일", 6) + "|"; got != "메일  |" {
		t.Errorf("%q", got)
	}
	if got := Pad("too long", 3); got != "too long" {
		t.Errorf("%q", got)
	}
	if got := Clip("메일함", 5); got != "메일" {
		t.Errorf("%q", got)
	}
}

// FuzzWrap: nothing but spaces is lost, and no line is wider than asked for,
// unless a single character is.
func FuzzWrap(f *testing.F) {
	f.Add("one two-three 메시지를 four", 7)
	f.Fuzz(func(t *testing.T, in string, width int) {
		if width < 2 || width > 200 || len(in) > 2000 {
			return
		}
		lines := Wrap(in, width)
		for _, l := range lines {
			if Width(l) > width {
				t.Errorf("%q is wider than %d", l, width)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(strings.Join(lines, "")) != squeeze(in) {
			t.Errorf("%q became %q", in, lines)
		}
	})
}
