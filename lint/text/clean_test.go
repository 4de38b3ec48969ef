package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"250 2.1.0 Ok":        "250 2.1.0 Ok",
		"na\u00efve \u2603":   "na\u00efve \u2603",
		"a\tb":                "a b",
		"a\x1b[31mred":        `a\x1b[31mred`,
		"a\x00\x7f":           `a\x00\x7f`,
		"caf\xe9":             `caf\xe9`,
		"line\r\nend":         `line\r\nend`,
		"\u202eevil":          `\u202eevil`,
		"##[error]boo":        `#\x23[error]boo`,
		"[IPv6:2001:db8::1]":  "[IPv6:2001:db8::1]",
		"##vso[task.complete": `#\x23vso[task.complete`,
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestAppendClean: two harmless pieces do not make a harmful whole.
func TestAppendClean(t *testing.T) {
	for _, test := range [][3]string{
		{"a", "b", "ab"},
		{"", "#", "#"},
		{"#", "", "#"},
		{"#", "#[error]", `#\x23[error]`},
		{"#", "x", "#x"},
		{"a#", "###[b", `a#\x23\x23\x23[b`},
	} {
		if got := string(AppendClean([]byte(test[0]), test[1])); got != test[2] {
			t.Errorf("%q and %q: %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b##[b\u202e\r\n\xff")
	f.Fuzz(func(t *testing.T, in string) {
		out := Clean(in)
		if !utf8.ValidString(out) || strings.Contains(out, "##") {
			t.Errorf("%q became %q", in, out)
		}
		for _, r := range out {
			if !unicode.IsPrint(r) {
				t.Errorf("%q became %q, with %U in it", in, out, r)
			}
		}
	})
}
