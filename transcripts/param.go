package transcripts

import (
	"strings"
	"unicode/utf8"
)

// A Param is one parameter behind a path (RFC 5321 §4.1.2, esmtp-param). Its
// pieces are cut out of the line.
type Param struct {
	Text    string // "SIZE=1000"
	Keyword string // "SIZE"
	Value   string // "1000"
	Valued  bool   // there is a "=", even if no value follows it
}

// cutParam takes the first parameter off. Parameters are separated by spaces;
// more than one, and tabs, do no harm.
func cutParam(tail string) (p Param, rest string) {
	from := skipBlank(tail, 0)
	to := from
	for to < len(tail) && tail[to] != ' ' && tail[to] != '\t' {
		to++
	}
	p.Text = tail[from:to]
	p.Keyword, p.Value, p.Valued = strings.Cut(p.Text, "=")
	return p, tail[to:]
}

// Hidden reports whether something stands in place of the value, so that
// nothing can be said about its form.
func (p *Param) Hidden() bool { return hidden(p.Value) }

// Flaw returns what breaks the grammar that all parameters share. What a value
// may be beyond that is up to each of them. UTF-8 is allowed in values (RFC
// 6531 §3.3).
func (p *Param) Flaw() Flaw {
	for i := 0; i < len(p.Keyword); i++ {
		if c := p.Keyword[i]; !isLetter(c) && !isDigit(c) && (c != '-' || i == 0) {
			return Flaw{BadKeyword, p.Keyword}
		}
	}
	switch {
	case p.Keyword == "":
		return Flaw{BadKeyword, p.Text}
	case p.Valued && p.Value == "":
		return Flaw{EmptyValue, p.Text}
	}
	for i := 0; i < len(p.Value); i++ {
		if c := p.Value[i]; c < utf8.RuneSelf && octetClass[c]&inValue == 0 {
			return Flaw{BadValue, p.Value[i : i+1]}
		}
	}
	if !utf8.ValidString(p.Value) {
		return Flaw{BadUTF8, p.Value}
	}
	return Flaw{}
}
