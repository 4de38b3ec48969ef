package transcripts

import (
	"strings"
	"testing"
)

// TestFactsOfConnections states a fact about one connection before any line of
// a conversation: the others know nothing of it.
func TestFactsOfConnections(t *testing.T) {
	in := `@a # port: 25
@b # [opened]
@a S: 220 a.example ESMTP
@b S: 220 b.example ESMTP
@a C: QUIT
@b C: QUIT
@a S: 221 Bye
@b S: 221 Bye
`
	ports := map[string]int{}
	for s, err := range Read(strings.NewReader(in), Plain, Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		ports[s.ID] = s.Port
	}
	if len(ports) != 2 || ports["a"] != 25 || ports["b"] != 0 {
		t.Errorf("ports of the connections: %v", ports)
	}
}
