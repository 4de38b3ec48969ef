package codes

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// An Enhanced explains an enhanced status code (RFC 3463) by its subject and
// detail, which mean the same in every class.
type Enhanced struct {
	Subject, Detail uint16
	Status          Status
	Classes         string             // the digits of the classes in which it makes sense
	Basic           []transcripts.Code // the reply codes that the registry names beside it; nil: none
	Title           string             // a few words
	Meaning         string             // what the server says with it
	Seen            string             // when one sees it
	Fix             string             // who has to repair what, or that nobody has to
	Refs            []lint.Ref
}

// registry is where enhanced codes are registered (RFC 5248).
var registry = lint.Ref{Title: "IANA registry of SMTP enhanced status codes"}

// Registered is the status of an enhanced code that the registry has.
const Registered Status = "registered"

// AllEnhanced lists the enhanced codes, in order: all that are registered, and
// some that one meets all the same.
var AllEnhanced = sync.OnceValue(func() []Enhanced { return slices.Concat(addressed, systems, contents, securities) })

func compareDetail(e Enhanced, subject, detail uint16) int {
	return cmp.Or(cmp.Compare(e.Subject, subject), cmp.Compare(e.Detail, detail))
}

// FindEnhanced returns the entry of a subject and detail, or nil.
func FindEnhanced(subject, detail uint16) *Enhanced {
	i, ok := slices.BinarySearchFunc(AllEnhanced(), detail, func(e Enhanced, detail uint16) int { return compareDetail(e, subject, detail) })
	if !ok {
		return nil
	}
	return &AllEnhanced()[i]
}

// known has a bit for each detail below 32 of each subject that FindEnhanced
// would find: nearly every reply carries one of those.
var known = sync.OnceValue(func() *[len(Subjects)]uint32 {
	var details [len(Subjects)]uint32
	for _, some := range [][]Enhanced{addressed, systems, contents, securities} {
		for i := range some {
			if e := &some[i]; e.Detail < 32 {
				details[e.Subject] |= 1 << e.Detail
			}
		}
	}
	return &details
})

// Known reports whether the registry, or an operator that one meets, has a code.
func Known(subject, detail uint16) bool {
	if int(subject) < len(Subjects) && detail < 32 && known()[subject]>>detail&1 != 0 {
		return true
	}
	return FindEnhanced(subject, detail) != nil || FindSeries(subject, detail) != nil
}

// A Series is a range of details that one operator has taken for itself.
type Series struct {
	Subject, From, To uint16
	Owner             string
	Meaning, Fix      string
}

// FindSeries returns the series that a subject and detail are in, or nil.
func FindSeries(subject, detail uint16) *Series {
	for i := range series {
		if s := &series[i]; s.Subject == subject && s.From <= detail && detail <= s.To {
			return s
		}
	}
	return nil
}

// A Subject is what an enhanced code is about, by its second number, and who
// can usually repair it, or "" (RFC 3463 §2).
type Subject struct{ Name, Who string }

// Subjects lists the subjects by their number.
var Subjects = [...]Subject{
	{"nothing in particular", ""},
	{"an address", "the sender"},
	{"the mailbox", "the recipient"},
	{"the receiving mail system", "its administrator"},
	{"network and routing", "administrators on the way"},
	{"the protocol", "the programmers of client or server"},
	{"the content", "sender and recipient"},
	{"security and policy", "administrators of both sides"},
}

// A StatusCode is an enhanced status code as a reply has it (RFC 3463 §2).
type StatusCode struct {
	Class           byte // '2', '4' or '5'
	Subject, Detail uint16
}

// String returns the code as it is written.
func (s StatusCode) String() string {
	return string(s.Class) + "." + strconv.Itoa(int(s.Subject)) + "." + strconv.Itoa(int(s.Detail))
}

// ParseStatusCode reads an enhanced code at the start of the text of a reply:
// class, subject and detail of one to three digits without leading zeros, with
// a space or the end behind it (RFC 3463 §2, RFC 2034 §4). It returns what
// follows.
func ParseStatusCode(text string) (code StatusCode, rest string, ok bool) {
	if len(text) < 5 || text[0] != '2' && text[0] != '4' && text[0] != '5' || text[1] != '.' {
		return code, text, false
	}
	code.Class = text[0]
	subject, n := number(text[2:])
	if n == 0 || 2+n >= len(text) || text[2+n] != '.' {
		return StatusCode{}, text, false
	}
	detail, m := number(text[3+n:])
	end := 3 + n + m
	if m == 0 || end < len(text) && text[end] != ' ' {
		return StatusCode{}, text, false
	}
	code.Subject, code.Detail = subject, detail
	return code, text[min(end+1, len(text)):], true
}

// number reads one to three digits without leading zeros and returns how many
// there are, or 0.
func number(text string) (value uint16, length int) {
	for length < len(text) && length < 4 && '0' <= text[length] && text[length] <= '9' {
		value = value*10 + uint16(text[length]-'0')
		length++
	}
	if length > 3 || length > 1 && text[0] == '0' {
		return 0, 0
	}
	return value, length
}
