package formats

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestCurlTraceEmptyMessage: a period that is all that was sent behind the 354
// ends the message, and no other end is made up for it.
func TestCurlTraceEmptyMessage(t *testing.T) {
	const in = `== Info: Connected to mx.example.org (192.0.2.1) port 25
<= Recv header, 11 bytes (0xb)
0000: 220 mx up
=> Send header, 6 bytes (0x6)
0000: DATA
<= Recv header, 11 bytes (0xb)
0000: 354 Go on
=> Send data, 3 bytes (0x3)
0000: .
<= Recv header, 8 bytes (0x8)
0000: 250 Ok
`
	f := Detect([]byte(in))
	if f == nil {
		t.Fatal("not recognised")
	}
	for s := range transcripts.Read(strings.NewReader(in), f, transcripts.Hints{}) {
		last := &s.Exchanges[len(s.Exchanges)-1]
		if last.Kind != transcripts.Content || last.Body.Lines != 0 || last.Body.End != transcripts.Dot || last.Reply.Code != 250 {
			t.Errorf("%s: %v, %+v, %d", f.Name, last.Kind, last.Body, last.Reply.Code)
		}
	}
}
