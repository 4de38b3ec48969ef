package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wide are the characters that terminals draw two columns wide: those whose
// East Asian Width is W or F (Unicode Standard Annex 11).
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1}, // Hangul, leading consonants
		{Lo: 0x231a, Hi: 0x231b, Stride: 1},
		{Lo: 0x2329, Hi: 0x232a, Stride: 1},
		{Lo: 0x2e80, Hi: 0x303e, Stride: 1}, // CJK radicals and punctuation
		{Lo: 0x3041, Hi: 0xa4cf, Stride: 1}, // kana, CJK ideographs, Yi
		{Lo: 0xa960, Hi: 0xa97c, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, // Hangul, syllables
		{Lo: 0xf900, Hi: 0xfaff, Stride: 1},
		{Lo: 0xfe10, Hi: 0xfe19, Stride: 1},
		{Lo: 0xfe30, Hi: 0xfe6f, Stride: 1},
		{Lo: 0xff01, Hi: 0xff60, Stride: 1}, // full-width forms
		{Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x17000, Hi: 0x1b2fb, Stride: 1}, // Tangut, kana, Nushu
		{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1}, // pictures, most of which are wide
		{Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1},
		{Lo: 0x1f900, Hi: 0x1faff, Stride: 1},
		{Lo: 0x20000, Hi: 0x3fffd, Stride: 1}, // CJK ideographs
	},
}

// columns is how many columns a character takes.
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.Is(wide, r):
		return 2
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), 0x1160 <= r && r <= 0x11ff: // the latter join with a Hangul consonant
		return 0
	}
	return 1
}

// Width is how many columns a terminal needs for s.
func Width[S string | []byte](s S) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n++
			i++
			continue
		}
		r, size := decode(s[i:])
		n += columns(r)
		i += size
	}
	return n
}

// decode is utf8.DecodeRune for both kinds of text. So short a string needs no
// memory of its own.
func decode[S string | []byte](s S) (rune, int) {
	return utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
}

// Pad fills s up with spaces to a width in columns.
func Pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-Width(s)))
}

// Clip cuts s to at most a width in columns.
func Clip[S string | []byte](s S, width int) S {
	for i := 0; i < len(s); {
		r, size := decode(s[i:])
		if width -= columns(r); width < 0 {
			return s[:i]
		}
		i += size
	}
	return s
}

// Wrap breaks s into lines of at most a width in columns, at spaces. What is
// too wide for a line is broken behind a hyphen, and where there is none
// anywhere. There is at least one line.
func Wrap(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		n := Width(word)
		if line != "" && used+1+n > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		for n > width {
			part := breakable(word, width)
			lines = append(lines, part)
			word = word[len(part):]
			n -= Width(part)
		}
		line += word
		used += n
	}
	if line != "" || lines == nil {
		lines = append(lines, line)
	}
	return lines
}

// breakable is the part of a word that is put on a line which is too narrow
// for all of it; it is never empty.
func breakable(word string, width int) string {
	part := Clip(word, width)
	if part == "" {
		_, n := utf8.DecodeRuneInString(word)
		return word[:n]
	}
	if i := strings.LastIndexByte(part, '-'); i > 0 {
		return part[:i+1]
	}
	return part
}
