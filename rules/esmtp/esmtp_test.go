package esmtp

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

func TestExtensionsAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(Extensions, func(a, b Extension) int { return cmp.Compare(a.Keyword, b.Keyword) }) {
		t.Error("the extensions are not sorted by keyword")
	}
}

func TestUses(t *testing.T) {
	for line, want := range map[string]string{
		"MAIL FROM:<a@example.com> size=100 BODY=8BITMIME": "SIZE size=100, 8BITMIME BODY=8BITMIME",
		"MAIL FROM:<a@example.com> NOTIFY=NEVER":           "", // a parameter of RCPT
		"RCPT TO:<a@example.com> NOTIFY=NEVER X=1":         "DSN NOTIFY=NEVER",
		"bdat 0 LAST":     "CHUNKING bdat",
		"NOOP SIZE=100":   "",
		"AUTH PLAIN ****": "AUTH AUTH",
	} {
		for s := range transcripts.Read(strings.NewReader("C: "+line+"\nS: 250 ok\n"), transcripts.Plain, transcripts.Hints{}) {
			var got []string
			for x, part := range Uses(&s.Exchanges[0].Command) {
				got = append(got, x.Keyword+" "+part)
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%s: uses %q, want %q", line, got, want)
			}
		}
	}
}
