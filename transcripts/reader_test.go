package transcripts

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
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

// TestLongLines cuts lines that do not fit into the buffer into the same pieces
// however much is read at a time.
func TestLongLines(t *testing.T) {
	var text strings.Builder
	for _, n := range []int{longestLine - 1, longestLine, longestLine + 1, 2*longestLine - 1, 2 * longestLine, 3*longestLine + 7} {
		text.WriteString("C: short\nC: " + strings.Repeat("a", n-4) + "\r\r\n")
	}
	pieces := func(src io.Reader) (list []string) {
		r := newLineReader(src)
		defer r.release()
		for {
			raw, last, ok := r.line()
			if !ok {
				return list
			}
			list = append(list, fmt.Sprint(raw.Span, len(raw.Text), raw.EOL, last))
		}
	}
	whole := pieces(strings.NewReader(text.String()))
	for name, src := range map[string]io.Reader{
		"one by one": iotest.OneByteReader(strings.NewReader(text.String())),
		"by halves":  iotest.HalfReader(strings.NewReader(text.String())),
		"in blocks":  bufio.NewReaderSize(iotest.DataErrReader(strings.NewReader(text.String())), 5000),
	} {
		if got := pieces(src); !slices.Equal(got, whole) {
			t.Errorf("%s: %q, want %q", name, got, whole)
		}
	}
}
