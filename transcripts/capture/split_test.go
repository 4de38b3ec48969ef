package capture

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smtplint/smtplint/transcripts"
)

// TestShares: sessions are the same, and end in the same order, whether a
// capture is read as a whole, in shares, or in shares at the same time.
func TestShares(t *testing.T) {
	const text = "S 220 mx ESMTP\nC EHLO me\nS 250 mx\nC NOOP\nS 250 ok\nC QUIT\nS 221 bye\n"
	talk := conversation(text)
	var captures [][]byte
	for _, n := range []int{1, 2, 500} {
		all := interleaved(many(n, talk), len(talk))
		captures = append(captures, fileOf(all), fileOf(all[:len(all)*3/5]), fileOf(append(slices.Clone(all), all...)))
	}
	files, err := filepath.Glob("testdata/*.pcap*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		captures = append(captures, data)
	}
	for n, data := range captures {
		whole := *Packets
		whole.Split = nil
		want := told(transcripts.Read(bytes.NewReader(data), &whole, transcripts.Hints{}))
		if len(want) == 0 && n < 9 {
			t.Fatalf("capture %d: no session", n)
		}
		inTurn := told(transcripts.Read(bytes.NewReader(data), Packets, transcripts.Hints{}))
		r := transcripts.Open(bytes.NewReader(data))
		if diff := cmp.Diff(inTurn, told(r.Ahead(Packets, transcripts.Hints{}))); diff != "" {
			t.Errorf("capture %d, at once: %s", n, diff)
		}
		r.Close()
		if n%3 == 1 && n < 9 { // what was not over yet ends in the order of the last lines
			slices.Sort(want)
			slices.Sort(inTurn)
		}
		if diff := cmp.Diff(want, inTurn); diff != "" {
			t.Errorf("capture %d, in turn: %s", n, diff)
		}
	}
}

// interleaved takes a packet of each conversation in turn. Each has n.
func interleaved(all []packet, n int) (out []packet) {
	for i := range n {
		for k := i; k < len(all); k += n {
			out = append(out, all[k])
		}
	}
	return out
}

func told(sessions iter.Seq2[*transcripts.Session, error]) (all []string) {
	for s, err := range sessions {
		if err != nil {
			return append(all, err.Error())
		}
		text := fmt.Sprint(s.ID, s.Span, s.End, s.Ended, s.Proves)
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			text += fmt.Sprint("\n", e.Kind, e.Command.Text, e.Command.Span, e.Reply.Code, e.Reply.Span())
		}
		all = append(all, text)
	}
	return all
}

// TestStop: reading in shares ends when no more sessions are wanted.
func TestStop(t *testing.T) {
	talk := conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\nC QUIT\nS 221 bye\n")
	data := fileOf(many(20_000, talk))
	r := transcripts.Open(bytes.NewReader(data))
	defer r.Close()
	n := 0
	for range r.Ahead(Packets, transcripts.Hints{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d sessions", n)
	}
}
