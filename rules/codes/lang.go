package codes

import "strings"

// Lang is a language that the reference can be read in.
type Lang uint8

const (
	English Lang = iota
	Korean
)

// Langs lists the languages by their names (ISO 639).
var Langs = []string{"en", "ko"}

func (l Lang) String() string { return Langs[l] }

// ParseLang reads the name of a language, or of a locale ("ko_KR.UTF-8").
func ParseLang(name string) (Lang, bool) {
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(strings.ReplaceAll(name, "-", "_"), "_")
	for i, known := range Langs {
		if strings.EqualFold(name, known) {
			return Lang(i), true
		}
	}
	return English, false
}

// LangOf returns the language that the environment asks for: LC_ALL, else
// LC_MESSAGES, else LANG. What is printed is UTF-8, so a locale in another
// encoding gets English.
func LangOf(getenv func(string) string) Lang {
	for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		locale := getenv(key)
		if locale == "" {
			continue
		}
		_, encoding, named := strings.Cut(locale, ".")
		encoding, _, _ = strings.Cut(encoding, "@")
		if named && !strings.EqualFold(strings.ReplaceAll(encoding, "-", ""), "utf8") {
			return English
		}
		lang, _ := ParseLang(locale)
		return lang
	}
	return English
}

// In returns the entry in a language: English where it has no translation.
func (r *Reply) In(l Lang) *Reply {
	if l != Korean {
		return r
	}
	for i := range korean() {
		if k := &korean()[i]; k.Code == r.Code {
			t := *r
			t.Title, t.Meaning, t.Seen, t.Client, t.Fix = k.Title, k.Meaning, k.Seen, k.Client, k.Fix
			t.Done, t.Use, t.Misread = k.Done, k.Use, k.Misread
			if k.Scope != "" {
				t.Scope = k.Scope
			}
			return &t
		}
	}
	return r
}

// Translated reports whether the entry can be read in a language.
func (r *Reply) Translated(l Lang) bool { return l == English || r.In(l) != r }
