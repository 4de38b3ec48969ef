package codes

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// rfc5321 are the codes of RFC 5321 §4.2.3.
var rfc5321 = []transcripts.Code{211, 214, 220, 221, 250, 251, 252, 354, 421, 450, 451, 452, 455,
	500, 501, 502, 503, 504, 550, 551, 552, 553, 554, 555}

// TestRFC5321: every code of RFC 5321 is explained, as a standard one, in both
// languages.
func TestRFC5321(t *testing.T) {
	for _, c := range rfc5321 {
		r := Find(c)
		if r == nil {
			t.Errorf("%d is not explained", c)
			continue
		}
		if r.Status != Standard {
			t.Errorf("%d is %s", c, r.Status)
		}
		ko := r.In(Korean)
		if !r.Translated(Korean) {
			t.Errorf("%d has no Korean", c)
		}
		for name, field := range texts(ko) {
			if strings.IndexFunc(field, func(r rune) bool { return '가' <= r && r <= '힣' }) < 0 {
				t.Errorf("%d: %s is not Korean: %q", c, name, field)
			}
		}
		if r.In(English) != r {
			t.Errorf("%d: English is not itself", c)
		}
	}
}

func texts(r *Reply) map[string]string {
	return map[string]string{"Title": r.Title, "Meaning": r.Meaning, "Seen": r.Seen, "Client": r.Client,
		"Fix": r.Fix, "Done": r.Done, "Use": r.Use, "Misread": r.Misread}
}

// TestRepliesAreComplete: in order, no field empty, one line each.
func TestRepliesAreComplete(t *testing.T) {
	if !slices.IsSortedFunc(Replies(), func(a, b Reply) int { return int(a.Code) - int(b.Code) }) {
		t.Error("Replies are not in order")
	}
	for _, r := range Replies() {
		for _, l := range []Lang{English, Korean} {
			for name, field := range texts(r.In(l)) {
				if strings.TrimSpace(field) == "" || strings.ContainsAny(field, "\n\t") {
					t.Errorf("%d: %s in %s is %q", r.Code, name, l, field)
				}
			}
		}
		if len(r.Refs) == 0 || r.Status == "" {
			t.Errorf("%d: no references or no status", r.Code)
		}
		named, practice := r.MayAnswer()
		switch {
		case r.Status == Vendor || r.Status == Associated:
			if len(named) > 0 {
				t.Errorf("%d is named by no specification, and yet for %v", r.Code, named)
			}
		case r.Scope == "" && len(named) == 0:
			t.Errorf("%d answers nothing (in practice: %v)", r.Code, practice)
		}
	}
}

// TestKoreanIsOfKnownCodes: no translation without its original, and only the
// texts are in it.
func TestKoreanIsOfKnownCodes(t *testing.T) {
	for i, k := range korean() {
		r := Find(k.Code)
		if r == nil {
			t.Errorf("%d is translated and not explained", k.Code)
			continue
		}
		if k.Status != "" || k.Rules != nil || k.Refs != nil || (k.Scope != "") != (r.Scope != "") {
			t.Errorf("%d: the translation holds more or less than the texts", k.Code)
		}
		if i > 0 && korean()[i-1].Code >= k.Code {
			t.Errorf("%d is not in order", k.Code)
		}
	}
}

// TestEveryAnswerIsExplained: what the table of answers names has an entry.
func TestEveryAnswerIsExplained(t *testing.T) {
	for _, a := range everyAnswers() {
		for _, c := range slices.Concat(a.Success, a.Intermediate, a.Errors, a.Extension, a.Tolerated, a.Always(), AfterRefusal) {
			if Find(c) == nil {
				t.Errorf("%d, which answers %s, is not explained", c, a.To)
			}
		}
	}
}

func TestMayAnswer(t *testing.T) {
	for code, want := range map[transcripts.Code]string{
		252: "VRFY EXPN ETRN; RCPT",
		354: "DATA; ",
		334: "AUTH; ",
		421: "; ",
		214: "HELP; ",
		556: "RCPT; ",
		571: "; the connection itself RCPT the end of the message XCLIENT",
	} {
		named, practice := Find(code).MayAnswer()
		if got := strings.Join(named, " ") + "; " + strings.Join(practice, " "); got != want {
			t.Errorf("%d answers %q, want %q", code, got, want)
		}
	}
}

func TestClassOf(t *testing.T) {
	for code, want := range map[transcripts.Code]string{250: "2yz", 354: "3yz", 450: "4yz", 599: "5yz", 199: "not an SMTP class", 600: "not an SMTP class"} {
		if got := ClassOf(code, English); !strings.HasPrefix(got.Name, want) {
			t.Errorf("%d: %q, want %s", code, got.Name, want)
		}
		if ClassOf(code, Korean) == ClassOf(code, English) {
			t.Errorf("%d: its class has no Korean", code)
		}
	}
}
