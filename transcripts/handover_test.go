package transcripts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
)

// long is a recording of many sessions, some of them large.
func long() []byte {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, "S: 220 mx %d\nC: EHLO me\nS: 250 mx\n", i)
		if i%200 == 0 {
			for k := range 5000 {
				fmt.Fprintf(&b, "C: VRFY user%d\nS: 252 maybe, says a server with many words to say\n", k)
			}
		}
		b.WriteString("C: DATA\nS: 354 go\nC: Subject: x\nC:\n" + strings.Repeat("C: text\n", i%50) + "C: .\nS: 250 ok\nC: QUIT\nS: 221 bye\n")
	}
	return []byte(b.String())
}

func told(sessions iter.Seq2[*Session, error]) string {
	var b strings.Builder
	for s, err := range sessions {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		b.WriteString(dump(s))
	}
	return b.String()
}

// TestAhead: reading ahead gives the same sessions in the same order, whatever
// pieces the source comes in.
func TestAhead(t *testing.T) {
	data := long()
	rec := Open(bytes.NewReader(data))
	want := told(rec.Sessions(Plain, Hints{}))
	rec.Close()
	for name, src := range map[string]io.Reader{
		"at once":   bytes.NewReader(data),
		"in halves": iotest.HalfReader(bytes.NewReader(data)),
		"a long line": io.MultiReader(bytes.NewReader(data), strings.NewReader("# "+strings.Repeat("x", 3*readBuffer)),
			strings.NewReader("\n")),
	} {
		rec := Open(src)
		got := told(rec.Ahead(Plain, Hints{}))
		rec.Close()
		if name == "a long line" {
			got = got[:strings.LastIndex(got, fmt.Sprintf("%d after", Aside))] // the comment is one remark more
		}
		if got != want {
			t.Errorf("%s: not the same sessions", name)
		}
	}
}

func TestAheadError(t *testing.T) {
	data := long()
	broken := errors.New("the disk is gone")
	rec := Open(io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken)))
	defer rec.Close()
	n := 0
	var last error
	for s, err := range rec.Ahead(Plain, Hints{}) {
		if last = err; s != nil {
			n++
		}
	}
	if !errors.Is(last, broken) || n < 100 {
		t.Errorf("%d sessions, then %v", n, last)
	}
}

// TestAheadStop: leaving early neither hangs nor reads on.
func TestAheadStop(t *testing.T) {
	data := long()
	for _, after := range []int{1, 2, 100} {
		rec := Open(bytes.NewReader(data))
		n := 0
		for range rec.Ahead(Plain, Hints{}) {
			if n++; n == after {
				break
			}
		}
		rec.Close()
	}
}
