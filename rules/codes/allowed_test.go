package codes

import (
	"slices"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

func everyAnswers() []*Answers {
	all := []*Answers{&ToGreeting, &ToEndOfData, &ToUnknown}
	for v := range transcripts.NumVerbs {
		if a := Allowed(transcripts.Verb(v)); a != nil {
			all = append(all, a)
		}
	}
	return all
}

// TestEveryVerbHasAnswers: a verb that is known has its replies, under its name.
func TestEveryVerbHasAnswers(t *testing.T) {
	for v := transcripts.Unknown + 1; int(v) < transcripts.NumVerbs; v++ {
		if a := Allowed(v); a == nil || a.To != v.String() {
			t.Errorf("%s: no answers under its name", v)
		}
	}
	if Allowed(transcripts.NoVerb) != nil || Allowed(transcripts.Unknown) != nil {
		t.Error("what is no known command has answers")
	}
}

// TestAnswersAreInOrder: each list is sorted and holds its classes, and no code
// is in two lists.
func TestAnswersAreInOrder(t *testing.T) {
	for _, a := range everyAnswers() {
		seen := map[transcripts.Code]bool{}
		check := func(name string, codes []transcripts.Code, fits func(transcripts.Code) bool) {
			if !slices.IsSorted(codes) {
				t.Errorf("%s: %s are not in order", a.To, name)
			}
			for _, c := range codes {
				if !fits(c) || seen[c] || slices.Contains(always[:], c) {
					t.Errorf("%s: %d does not belong in %s", a.To, c, name)
				}
				seen[c] = true
			}
		}
		check("Success", a.Success, transcripts.Code.OK)
		check("Intermediate", a.Intermediate, func(c transcripts.Code) bool { return c.Class() == transcripts.Intermediate })
		check("Errors", a.Errors, transcripts.Code.Failed)
		check("Extension", a.Extension, func(transcripts.Code) bool { return true })
		check("Tolerated", a.Tolerated, func(transcripts.Code) bool { return true })
	}
}

func TestStanding(t *testing.T) {
	for _, test := range []struct {
		to   *Answers
		code transcripts.Code
		want Standing
	}{
		{Allowed(transcripts.VRFY), 252, Designated},
		{Allowed(transcripts.VRFY), 421, Designated},
		{Allowed(transcripts.VRFY), 354, Foreign},
		{Allowed(transcripts.RCPT), 252, Tolerated},
		{Allowed(transcripts.RCPT), 556, Extended},
		{Allowed(transcripts.DATA), 354, Designated},
		{Allowed(transcripts.DATA), 530, Extended},
		{Allowed(transcripts.NOOP), 530, Foreign},
		{Allowed(transcripts.NOOP), 211, Foreign},
		{Allowed(transcripts.HELO), 530, Extended}, // RFC 3207 does not exempt it
		{Allowed(transcripts.HELP), 250, Tolerated},
		{Allowed(transcripts.AUTH), 435, Tolerated},
		{&ToGreeting, 220, Designated},
		{&ToGreeting, 521, Extended},
		{&ToGreeting, 530, Foreign},
		{&ToGreeting, 500, Foreign},
		{&ToGreeting, 421, Designated},
		{&ToUnknown, 502, Designated},
	} {
		if got := test.to.Standing(test.code); got != test.want {
			t.Errorf("%d to %s: standing %d, want %d", test.code, test.to.To, got, test.want)
		}
	}
}
