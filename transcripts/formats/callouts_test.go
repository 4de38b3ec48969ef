package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestCallouts: numbers behind the lines of a listing and their explanations are
// not part of the conversation; without explanations they are.
func TestCallouts(t *testing.T) {
	const listing = `$ telnet mx.example.org 25 <1>
Trying 192.0.2.1...
Connected to mx.example.org.
Escape character is '^]'.
220 mx.example.org ESMTP
EHLO client.example.com <2>
250 mx.example.org
MAIL FROM:<a@example.com> <3>
250 2.1.0 Ok
RCPT TO:<b@example.org>
250 2.1.5 Ok
DATA
354 Go on
Subject: 1 <2> 3
<4>
text <5> <6>
. <7>
250 2.0.0 Ok
QUIT
221 2.0.0 Bye
`
	legend := "----\n<1> Connect.\n<2> Say who you are.\n"
	for _, end := range []string{"\n", "\r\n"} {
		text := strings.ReplaceAll(listing+legend, "\n", end)
		var said []string
		r := transcripts.Open(strings.NewReader(text))
		defer r.Close()
		f := Detect([]byte(text))
		if f == nil {
			t.Fatal("not recognised")
		}
		r.Lines(f, transcripts.Hints{}, func(l *transcripts.Line) {
			if l.From == transcripts.Client {
				said = append(said, string(l.Text))
			}
		})
		const want = "EHLO client.example.com|MAIL FROM:<a@example.com>|RCPT TO:<b@example.org>|DATA|Subject: 1 <2> 3||text|.|QUIT"
		if got := strings.Join(said, "|"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	f := Detect([]byte(listing))
	r := transcripts.Open(strings.NewReader(listing))
	defer r.Close()
	kept := false
	r.Lines(f, transcripts.Hints{}, func(l *transcripts.Line) { kept = kept || string(l.Text) == "EHLO client.example.com <2>" })
	if !kept {
		t.Error("a number that nothing explains was taken off")
	}
}

// TestSpacedListings: space between the turns of a typed session is nobody's.
func TestSpacedListings(t *testing.T) {
	const session = `Trying 192.0.2.1...
Connected to mx.example.org.
Escape character is '^]'.
220 mx.example.org ESMTP

EHLO client.example.com

250 mx.example.org

MAIL FROM:<a@example.com>

250 2.1.0 Ok

RCPT TO:<b@example.org>

250 2.1.5 Ok

DATA

354 Go on

Subject: hi

text
.

250 2.0.0 Ok

QUIT
`
	r := transcripts.Open(strings.NewReader(session))
	defer r.Close()
	var said []string
	r.Lines(Detect([]byte(session)), transcripts.Hints{}, func(l *transcripts.Line) {
		if l.From == transcripts.Client {
			said = append(said, string(l.Text))
		}
	})
	const want = "EHLO client.example.com|MAIL FROM:<a@example.com>|RCPT TO:<b@example.org>|DATA|Subject: hi||text|.|QUIT"
	if got := strings.Join(said, "|"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
