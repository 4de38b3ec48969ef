package capture

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// TestRuns: content that is taken in runs measures the same as line by line.
func TestRuns(t *testing.T) {
	var body strings.Builder
	r := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		switch r.IntN(12) {
		case 0:
			fmt.Fprintf(&body, "C ..%d\n", r.IntN(1000))
		case 1:
			body.WriteString("C MAIL FROM:<a@b>\n")
		case 2:
			fmt.Fprintf(&body, "C %s\n", strings.Repeat("x", r.IntN(1200)))
		case 3:
			body.WriteString("C Gr\u00fc\u00dfe\rmore\n")
		case 4:
			body.WriteString("C \n")
		default:
			fmt.Fprintf(&body, "C %s\n", strings.Repeat("QUJD", 19))
		}
	}
	all := conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\nC MAIL FROM:<a@b>\nS 250 ok\nC RCPT TO:<c@d>\nS 250 ok\nC DATA\nS 354 go\n" +
		"C Subject: x\nC \n" + body.String() + "C .\nS 250 queued\nC QUIT\nS 221 bye\n")
	for _, size := range []int{1, 100, 1448, 60000} {
		data := fileOf(split(joined(all), size))
		var shown bytes.Buffer
		w := transcripts.NewPlainWriter(&shown, Packets, true)
		rec := transcripts.Open(bytes.NewReader(data))
		rec.Lines(Packets, transcripts.Hints{}, w.Line)
		rec.Close()
		w.Flush()
		if d := cmp.Diff(measures(t, shown.Bytes(), transcripts.Plain), measures(t, data, Packets)); d != "" {
			t.Errorf("segments of %d octets (-line by line +in runs):\n%s", size, d)
		}
	}
}

// joined puts segments together that one side sends one after the other.
func joined(all []packet) (out []packet) {
	for _, p := range all {
		ip, tcp, data := layersOf(p.ip)
		if n := len(out); n > 0 && len(data) > 0 {
			last, before, sent := layersOf(out[n-1].ip)
			if bytes.Equal(before[:4], tcp[:4]) && len(sent) > 0 && len(sent)+len(data) < 60000 {
				out[n-1].ip = slices.Concat(last, before, sent, data)
				setLength(out[n-1].ip)
				continue
			}
		}
		out = append(out, packet{p.at, slices.Concat(ip, tcp, data)})
	}
	return out
}

// measures tells what is known of the content in a recording.
func measures(t testing.TB, data []byte, f *transcripts.Format) (all []string) {
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			text := fmt.Sprintf("%v %v %d", e.Kind, e.Command.Verb, e.Reply.Code)
			if b := e.Body; b != nil {
				text += fmt.Sprintf(" %d lines, %d octets, %v, blank %v, at %v", b.Lines, b.Octets, b.End, b.Blank, b.At)
				for _, m := range b.Marks {
					text += fmt.Sprintf(", %v %d %q", m.Kind, m.Count, m.Excerpt)
				}
			}
			all = append(all, text)
		}
		all = append(all, s.Proves.String())
	}
	return all
}

// TestShownReadsTheSame: what is written of a capture in plain notation reads as
// the same sessions, gaps and all.
func TestShownReadsTheSame(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.pcap*")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ".plain")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(measures(t, plain, transcripts.Plain), measures(t, data, Packets)); d != "" {
			t.Errorf("%s (-plain +pcap):\n%s", path, d)
		}
	}
}
