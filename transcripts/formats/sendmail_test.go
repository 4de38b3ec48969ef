package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestSendmailRelays: what the server says of the connections that it makes
// itself, as sendmail -v asks it to, is no part of the session.
func TestSendmailRelays(t *testing.T) {
	const log = `bob@example.org... Connecting to [127.0.0.1] port 25 via relay...
220 mx.example.com ESMTP
>>> EHLO mx.example.com
250 mx.example.com
>>> VERB
250 2.0.0 Verbose mode
>>> MAIL From:<alice@example.com>
250 2.1.0 Sender ok
>>> RCPT To:<bob@example.org>
250 2.1.5 Recipient ok
>>> DATA
354 Enter mail
>>> .
050 <bob@example.org>... Connecting to mx.example.org. via esmtp...
050 220 mx.example.org ESMTP
050 >>> EHLO mx.example.com
050 250 mx.example.org
050 <bob@example.org>... Deferred: 450 4.2.0 Greylisted
250 2.0.0 Message accepted for delivery
bob@example.org... Sent (Message accepted for delivery)
>>> QUIT
221 2.0.0 bye
`
	var b strings.Builder
	for s, err := range transcripts.Read(strings.NewReader(log), detected([]byte(log)), transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Exchanges {
			fmt.Fprintf(&b, "%v %d, ", s.Exchanges[i].Kind, s.Exchanges[i].Reply.Code)
		}
		fmt.Fprintf(&b, "%d remarks\n", len(s.Remarks))
	}
	const want = "connected 220, ordered 250, ordered 250, ordered 250, ordered 250, ordered 354, content 250, ordered 221, 2 remarks\n"
	if got := b.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
