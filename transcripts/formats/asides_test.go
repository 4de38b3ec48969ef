package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestAsides: what a person has written into a program's log is none of the
// program's words.
func TestAsides(t *testing.T) {
	const log = `=== Connected to mx.example.org.
<-  220 mx.example.org ESMTP
 -> RCPT TO:<b@example.org>
<-  250 2.1.5 Ok
# now an unknown recipient
*** Remote host closed connection unexpectedly.
`
	f := detected([]byte(log))
	if f.Name != swaks.Name {
		t.Fatalf("taken for %s", f.Name)
	}
	for s, err := range transcripts.Read(strings.NewReader(log), f, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		notes := map[string]transcripts.Note{}
		for _, r := range s.Remarks {
			notes[r.Text] = r.Note
		}
		if note, ok := notes["# now an unknown recipient"]; !ok || note != transcripts.Aside {
			t.Errorf("%v", notes)
		}
	}
}
