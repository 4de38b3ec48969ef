package explain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// anyClass is the class of a code that is asked for as the registry has it,
// "X.7.1".
const anyClass = 'X'

// classOf is the class of reply that an enhanced code goes with.
func classOf(s codes.StatusCode) transcripts.Code { return transcripts.Code(s.Class-'0') * 100 }

// enhancedEntry is the page of an enhanced status code, registered or not.
func enhancedEntry(s codes.StatusCode, l codes.Lang) *entry {
	known := codes.FindEnhanced(s.Subject, s.Detail)
	e := &entry{kind: "enhanced", name: s.String(), title: "not registered", lang: l}
	if known != nil {
		e.title = known.Title
	}
	if s.Class != anyClass {
		e.say("class", codes.ClassOf(classOf(s), l).Name)
		e.say("error", verdict(classOf(s), l))
	}
	if int(s.Subject) < len(codes.Subjects) {
		e.say("subject", subjectLine(s.Subject))
	}
	if known == nil {
		e.unregistered(s)
		return e
	}
	e.say("meaning", known.Meaning)
	e.say("seen", known.Seen)
	e.say("client", whatToDo(s.Class))
	e.say("fix", known.Fix)
	e.sensible(s, known)
	if len(known.Basic) > 0 {
		e.fields = append(e.fields, field{key: "basic", text: joined(numbers(known.Basic)), value: known.Basic})
	}
	e.say("status", statusOf(known.Status, l))
	e.cite(known.Refs)
	return e
}

// unregistered says what is known of a code that has no entry: what its
// operator means by it, or what RFC 3463 §2 makes of an unknown detail.
func (e *entry) unregistered(s codes.StatusCode) {
	if series := codes.FindSeries(s.Subject, s.Detail); series != nil {
		e.title = "not registered; of " + series.Owner
		e.say("meaning", series.Meaning)
		e.say("client", whatToDo(s.Class))
		e.say("fix", series.Fix)
	} else {
		general := codes.FindEnhanced(s.Subject, 0)
		if general == nil {
			e.say("meaning", "Nothing is known of this subject. Only the class can be relied on.")
			general = codes.FindEnhanced(0, 0)
		} else {
			e.say("meaning", fmt.Sprintf("The detail is not known; read it as %c.%d.0. %s", s.Class, s.Subject, general.Meaning))
		}
		e.say("client", whatToDo(s.Class))
		e.say("fix", general.Fix)
	}
	e.say("status", statusOf(codes.Vendor, e.lang))
	e.cite([]lint.Ref{lint.RFC(3463, "2")})
}

func whatToDo(class byte) string {
	switch class {
	case '2':
		return "Nothing: it worked. The code is for reports."
	case anyClass:
		return "Act on the reply code; this code says why."
	case '4':
		return "Keep the message and try again later. Act on the reply code; this code says why."
	}
	return "Do not send the same again; tell the sender. Act on the reply code; this code says why."
}

// sensible says in which classes the code makes sense, where that is not all.
func (e *entry) sensible(s codes.StatusCode, known *codes.Enhanced) {
	if len(known.Classes) == 3 && s.Class != anyClass {
		return
	}
	var all []string
	for _, class := range []byte(known.Classes) {
		all = append(all, codes.StatusCode{Class: class, Subject: s.Subject, Detail: s.Detail}.String())
	}
	said := list(all, "or")
	if s.Class != anyClass && !strings.Contains(known.Classes, string(s.Class)) {
		said += fmt.Sprintf("; %s contradicts its own definition, and the reply code decides", s)
	}
	e.fields = append(e.fields, field{key: "classes", text: said, value: all})
}

func numbers(all []transcripts.Code) []string {
	var out []string
	for _, c := range all {
		out = append(out, strconv.Itoa(int(c)))
	}
	return out
}

func joined(words []string) string { return strings.Join(words, ", ") }

// list joins words as a sentence does: "a, b or c".
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
