package capture

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// FuzzCapture reads anything as a capture. Nothing may panic, places lie in the
// file, and sessions are the same whether shares are told in turn or at once.
func FuzzCapture(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.pcap*")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, data) })
}

func readAll(t testing.TB, data []byte) {
	rec := transcripts.Open(bytes.NewReader(data))
	rec.Lines(Packets, transcripts.Hints{}, func(l *transcripts.Line) {
		s := l.Span
		if !s.Known() || s.Packet == 0 || s.Column != 1 || s.Offset < 0 || s.Offset > int64(len(data)) || len(l.Conn) == 0 {
			t.Errorf("%v %q at %+v in %d octets", l.From, l.Text, s, len(data))
		}
	})
	rec.Close()
	inTurn := told(transcripts.Read(bytes.NewReader(data), Packets, transcripts.Hints{}))
	rec = transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	if atOnce := told(rec.Ahead(Packets, transcripts.Hints{})); !slices.Equal(atOnce, inTurn) {
		t.Errorf("in turn:\n%s\nat once:\n%s", strings.Join(inTurn, "\n"), strings.Join(atOnce, "\n"))
	}
}

// TestDamage reads captures with flipped bits, and captures that are cut off.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	all := captures(t)
	paths := slices.Sorted(maps.Keys(all))
	r := rand.New(rand.NewPCG(3, 4))
	for range 10000 {
		data := all[paths[r.IntN(len(paths))]]
		if len(data) > 100_000 {
			continue
		}
		data = bytes.Clone(data)
		for range 1 + r.IntN(20) {
			data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		}
		readAll(t, data[:len(data)-r.IntN(2)*r.IntN(len(data))])
	}
}
