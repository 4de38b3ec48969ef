package transcripts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sessionsOf sums up sessions: ID, first command, last command, and whether
// the beginning is known.
func sessionsOf(text string, held int) (sums []string) {
	for s, err := range Read(strings.NewReader(text), Plain, Hints{Held: held}) {
		if err != nil {
			return append(sums, err.Error())
		}
		first, last := "", ""
		for i := range s.Exchanges {
			if c := s.Exchanges[i].Command.Text; c != "" {
				if first == "" {
					first = strings.Clone(c)
				}
				last = strings.Clone(c)
			}
		}
		sums = append(sums, fmt.Sprintf("%s: %s to %s, opening %v, excerpt %v", s.ID, first, last, s.Proves.Has(Opening), s.Excerpt))
		if s.Abandoned {
			sums[len(sums)-1] += ", abandoned"
		}
	}
	return sums
}

func TestCut(t *testing.T) {
	long := strings.Repeat("x", 5000)
	hello := "S: 220 mx.example.org ESMTP\nC: EHLO a\nS: 250 mx.example.org\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing is cut that fits", hello + "C: QUIT\nS: 221 bye\n",
			[]string{"1: EHLO a to QUIT, opening true, excerpt false"}},
		{"between commands the session goes on", hello + "C: NOOP 1\nS: 250 " + long + "\nC: NOOP 2\nS: 250 ok\nC: QUIT\nS: 221 bye\n",
			[]string{"1: EHLO a to NOOP 1, opening true, excerpt true", "2: NOOP 2 to QUIT, opening false, excerpt true"}},
		{"a greeting begins another one", hello + "C: NOOP 1\nS: 250 " + long + "\nS: 220 mx.example.org ESMTP\nC: EHLO b\nS: 250 ok\n",
			[]string{"1: EHLO a to NOOP 1, opening true, excerpt true", "2: EHLO b to EHLO b, opening true, excerpt false"}},
		{"in a transaction the rest is passed over", hello + "C: MAIL FROM:<a@b>\nS: 250 ok\nC: DATA\nS: 250-" + long + "\nS: 250-" + long +
			"\nC: RCPT TO:<b@c>\nS: 250 ok\nC: QUIT\nS: 221 bye\nS: 220 mx.example.org ESMTP\nC: EHLO b\nS: 250 ok\n",
			[]string{"1: EHLO a to DATA, opening true, excerpt true, abandoned", "2: EHLO b to EHLO b, opening true, excerpt false"}},
		{"the reply to STARTTLS is no greeting", hello + "C: MAIL FROM:<a@b>\nS: 250 ok\nC: DATA\nS: 250-" + long + "\nS: 250-" + long +
			"\nC: STARTTLS\nS: 220 go\nC: EHLO b\nS: 250 ok\n",
			[]string{"1: EHLO a to DATA, opening true, excerpt true, abandoned"}},
		{"what is over is whole", hello + "C: QUIT\nS: 221 " + long + "\n",
			[]string{"1: EHLO a to QUIT, opening true, excerpt false"}},
		{"names that were cut are known again", "@7 S: 220 mx.example.org\n@7 C: EHLO a\n@7 S: 250 " + long + "\n@8 S: 220 mx.example.org\n" +
			"@8 C: EHLO b\n@8 S: 250 ok\n@7 C: QUIT\n@7 S: 221 bye\n",
			[]string{"7: EHLO a to EHLO a, opening true, excerpt true", "8: EHLO b to EHLO b, opening true, excerpt false", "7: QUIT to QUIT, opening false, excerpt true"}},
	} {
		if got := sessionsOf(c.text, 8000); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestManyNames has more connections than may be remembered.
func TestManyNames(t *testing.T) {
	r := newReader(Plain, Hints{Held: 1})
	sessions := 0
	r.deliver = func(*dialogue) bool { sessions++; return true }
	name := strings.Repeat("n", 1000)
	const names = 3 * mostTorn / 1000
	for i := range names {
		conn := []byte(fmt.Sprintf("%s%d", name, i))
		r.line(&Line{From: Server, Text: []byte("220 mx.example.org"), Conn: conn, Span: Span{Line: 1}})
		r.line(&Line{From: Client, Text: []byte("EHLO a"), Conn: conn, Span: Span{Line: 2}})
	}
	r.finish()
	if sessions < names {
		t.Errorf("%d sessions of %d connections", sessions, names)
	}
	if most := mostTorn/1000 + 1; r.byConn.Len() > most || len(r.torn) > most {
		t.Errorf("%d names are remembered, want %d at most", max(r.byConn.Len(), len(r.torn)), most)
	}
}

// TestRemarksInEarlyContent has remarks among commands that turn out to be
// content, as they were sent before the 354.
func TestRemarksInEarlyContent(t *testing.T) {
	text := "S: 220 mx.example.org\nC: DATA\nC: NOOP\nC: NOOP\nwhat\nC: NOOP\n# giving up\nS: 354 go\nC: .\nS: 250 ok\n"
	for s := range Read(strings.NewReader(text), Plain, Hints{}) {
		if len(s.Remarks) != 1 || len(s.Faults) != 1 {
			t.Errorf("%d remarks, %d faults", len(s.Remarks), len(s.Faults))
		}
		for _, r := range s.Remarks {
			if r.After >= len(s.Exchanges) || s.Exchanges[r.After].Kind != Content {
				t.Errorf("the remark stands behind exchange %d of %d", r.After, len(s.Exchanges))
			}
		}
		for _, f := range s.Faults {
			if f.Exchange >= len(s.Exchanges) || s.Exchanges[f.Exchange].Kind != Content {
				t.Errorf("the fault is in exchange %d of %d", f.Exchange, len(s.Exchanges))
			}
		}
	}
}

// TestArenaDoesNotGrow has sessions with a line that is longer than a block.
func TestArenaDoesNotGrow(t *testing.T) {
	var a arena
	long, short := make([]byte, lastBlock+1), make([]byte, 10)
	for range 1000 {
		a.keep(long)
		a.keep(short)
		a.reset()
	}
	if len(a.blocks) > mostBlocks {
		t.Errorf("%d blocks are kept", len(a.blocks))
	}
}
