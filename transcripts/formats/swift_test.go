package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestSwiftMarks: a log with the marks of Swift Mailer's may have content in it.
func TestSwiftMarks(t *testing.T) {
	const log = `<< 220 mx.example.org ESMTP
>> EHLO client.example.com
<< 250 mx.example.org
>> DATA
<< 354 Go on
>> Subject: hi
>>
>> text
>> .
<< 250 Queued
>> QUIT
<< 221 Bye
`
	for s, err := range transcripts.Read(strings.NewReader(log), detected([]byte(log)), transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Exchanges) != 5 || len(s.Faults) > 0 {
			t.Fatalf("%d exchanges, faults %v", len(s.Exchanges), s.Faults)
		}
		e := &s.Exchanges[3]
		if e.Kind != transcripts.Content || e.Body.Lines != 3 || e.Body.Header != "Subject: hi\n" || e.Reply.Code != 250 {
			t.Errorf("%v: %d lines with the header %q, answered %d", e.Kind, e.Body.Lines, e.Body.Header, e.Reply.Code)
		}
	}
}
