package formats

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestPastedPHPMailer: a log that went through a browser and a forum has blanks
// where there was a tab, and where lines of a reply ended.
func TestPastedPHPMailer(t *testing.T) {
	const head = "2026-01-01 10:00:00 SERVER -> CLIENT: 220 mx.example.org ESMTP\n2026-01-01 10:00:00 CLIENT -> SERVER: EHLO client.example.com\n"
	want := []string{"mx.example.org", "SIZE 1000", "AUTH PLAIN LOGIN", "8BITMIME"}
	for _, reply := range []string{
		"250-mx.example.org 250-SIZE 1000 250-AUTH PLAIN LOGIN 250 8BITMIME",
		"250-mx.example.org\n                   250-SIZE 1000\n   250-AUTH PLAIN LOGIN\n  250 8BITMIME",
	} {
		log := head + "2026-01-01 10:00:00 SERVER -> CLIENT: " + reply + "\n2026-01-01 10:00:00 CLIENT -> SERVER: QUIT\n2026-01-01 10:00:00 SERVER -> CLIENT: 221 Bye\n"
		for s, err := range transcripts.Read(strings.NewReader(log), detected([]byte(log)), transcripts.Hints{}) {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range s.Exchanges[1].Reply.Lines {
				got = append(got, l.Text)
			}
			if !slices.Equal(got, want) || s.Exchanges[1].Reply.Open {
				t.Errorf("%q: read as %q", reply, got)
			}
		}
	}
}
