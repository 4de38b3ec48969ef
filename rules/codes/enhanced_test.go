package codes

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestEnhancedAreComplete: in order, each once, no field empty.
func TestEnhancedAreComplete(t *testing.T) {
	registered := 0
	for i := range AllEnhanced() {
		e := &AllEnhanced()[i]
		name := StatusCode{'5', e.Subject, e.Detail}.String()
		if i > 0 && compareDetail(AllEnhanced()[i-1], e.Subject, e.Detail) >= 0 {
			t.Errorf("%s is out of order or there twice", name)
		}
		if FindEnhanced(e.Subject, e.Detail) != e {
			t.Errorf("%s is not found", name)
		}
		for _, field := range []string{e.Title, e.Meaning, e.Seen, e.Fix, e.Classes, string(e.Status)} {
			if strings.TrimSpace(field) == "" {
				t.Errorf("%s has an empty field", name)
			}
		}
		if len(e.Refs) == 0 || int(e.Subject) >= len(Subjects) || strings.Trim(e.Classes, "245") != "" {
			t.Errorf("%s: references, subject or classes are wrong", name)
		}
		for _, c := range e.Basic {
			if Find(c) == nil {
				t.Errorf("%s names %d, which is not explained", name, c)
			}
			if class := string(rune('0' + c/100)); !strings.Contains(e.Classes, class) && odd[c] != name {
				t.Errorf("%s names %d, but is not used in class %s", name, c, class)
			}
		}
		if e.Status == Registered {
			registered++
		} else if FindSeries(e.Subject, e.Detail) != nil {
			t.Errorf("%s is in a series", name)
		}
	}
	// The registry of December 2024.
	if registered != 81 {
		t.Errorf("%d codes are registered, want 81", registered)
	}
}

// odd are the codes that the registry names beside an enhanced code, although
// RFC 3463 gives that another class.
var odd = map[transcripts.Code]string{550: "5.4.3", 430: "5.5.1", 451: "5.5.4"}

// TestEnhancedBesideReplies: RFC 5248 §2.4 names codes of replies that are
// nowhere else defined; both tables must say the same of them.
func TestEnhancedBesideReplies(t *testing.T) {
	for _, test := range []struct {
		code            transcripts.Code
		subject, detail uint16
	}{{422, 7, 12}, {430, 5, 1}, {453, 3, 2}, {521, 3, 2}, {523, 7, 10}, {524, 7, 11}, {525, 7, 13}, {533, 7, 1}, {556, 1, 10}} {
		if e := FindEnhanced(test.subject, test.detail); !slices.Contains(e.Basic, test.code) {
			t.Errorf("X.%d.%d does not name %d", test.subject, test.detail, test.code)
		}
	}
}

func TestParseStatusCode(t *testing.T) {
	for _, test := range []struct{ in, code, rest string }{
		{"5.1.1 No such user", "5.1.1", "No such user"},
		{"2.0.0", "2.0.0", ""},
		{"4.7.500 x", "4.7.500", "x"},
		{"5.7.1  two spaces", "5.7.1", " two spaces"},
		{"5.01.1 leading zero", "", ""},
		{"5.1.1234 long", "", ""},
		{"5.1.1x", "", ""},
		{"5.1.1\tx", "", ""},
		{"3.1.1 x", "", ""},
		{"5.1", "", ""},
		{"5.1.", "", ""},
		{"5..1 ", "", ""},
		{"", "", ""},
	} {
		code, rest, ok := ParseStatusCode(test.in)
		if ok != (test.code != "") || ok && (code.String() != test.code || rest != test.rest) || !ok && rest != test.in {
			t.Errorf("%q: %v, %q, %v", test.in, code, rest, ok)
		}
	}
}

func FuzzParseStatusCode(f *testing.F) {
	f.Add("5.7.1 refused")
	f.Add("2.0.")
	f.Fuzz(func(t *testing.T, in string) {
		code, rest, ok := ParseStatusCode(in)
		if ok && in != strings.TrimSuffix(code.String()+" "+rest, " ") && in != code.String()+" "+rest {
			t.Errorf("%q became %v and %q", in, code, rest)
		}
	})
}

func TestKnown(t *testing.T) {
	for subject := uint16(0); subject < 12; subject++ {
		for detail := uint16(0); detail < 1000; detail++ {
			want := FindEnhanced(subject, detail) != nil || FindSeries(subject, detail) != nil
			if Known(subject, detail) != want {
				t.Errorf("X.%d.%d is known: %v", subject, detail, !want)
			}
		}
	}
}
