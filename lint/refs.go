package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Ref is a passage of a specification. Thousands are written down in a program,
// so they are made of what needs no work when it starts.
type Ref struct {
	Number  int    // of an RFC, or 0
	Title   string // of another document
	Section string // "4.5.2", or "" for the whole document
}

// RFC refers to a section of an RFC.
func RFC(number int, section string) Ref { return Ref{Number: number, Section: section} }

// Doc returns the name of the document, as in "RFC 5321".
func (r Ref) Doc() string { return string(r.AppendDoc(nil)) }

// AppendDoc appends the name of the document.
func (r Ref) AppendDoc(b []byte) []byte {
	if r.Number == 0 {
		return append(b, r.Title...)
	}
	return strconv.AppendInt(append(b, "RFC "...), int64(r.Number), 10)
}

// Beside reports whether both passages are in one document.
func (r Ref) Beside(other Ref) bool { return r.Number == other.Number && r.Title == other.Title }

// String returns the reference as the JSON contract has it.
func (r Ref) String() string {
	if r.Section == "" {
		return r.Doc()
	}
	return r.Doc() + " section " + r.Section
}

// Short returns the reference with a section sign.
func (r Ref) Short() string {
	if r.Section == "" {
		return r.Doc()
	}
	return r.Doc() + " §" + r.Section
}

// ShortRefs joins references, naming each document once.
func ShortRefs(refs []Ref) string {
	var b strings.Builder
	for i, r := range refs {
		switch {
		case i > 0 && r.Beside(refs[i-1]):
			b.WriteString(", §" + r.Section)
		case i > 0:
			b.WriteString(", " + r.Short())
		default:
			b.WriteString(r.Short())
		}
	}
	return b.String()
}

// sortedRefs lists the references of rules once each, by document and section.
func sortedRefs(rules []*Rule) []Ref {
	var all []Ref
	for _, r := range rules {
		all = append(all, r.Refs...)
	}
	slices.SortFunc(all, func(a, b Ref) int {
		return cmp.Or(strings.Compare(a.key(), b.key()), strings.Compare(a.Doc(), b.Doc()))
	})
	return slices.Compact(all)
}

// key makes numbers in a reference sort as numbers.
func (r Ref) key() string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(r.Doc()+"."+r.Section, func(c rune) bool { return c == '.' || c == ' ' }) {
		fmt.Fprintf(&b, "%8s.", part)
	}
	return b.String()
}
