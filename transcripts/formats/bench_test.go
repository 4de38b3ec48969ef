package formats

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/workload"
)

// BenchmarkDecode measures each decoder alone, on a recording that is repeated
// until it is long.
func BenchmarkDecode(b *testing.B) {
	names, err := filepath.Glob("testdata/*.log")
	if err != nil {
		b.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		format := detected(data)
		if format == nil || seen[format.Name] {
			continue
		}
		seen[format.Name] = true
		data = bytes.Repeat(data, 1+(256<<10)/len(data))
		b.Run(format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			lines := 0
			for b.Loop() {
				rec := transcripts.Open(bytes.NewReader(data))
				if err := rec.Lines(format, transcripts.Hints{}, func(*transcripts.Line) { lines++ }); err != nil {
					b.Fatal(err)
				}
				rec.Close()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(max(1, lines)), "ns/line")
		})
	}
}

// BenchmarkSessions measures all of reading: lines, dialogue, and the measures of
// content.
func BenchmarkSessions(b *testing.B) {
	for _, kind := range []string{"text", "swaks", "syslog", "chatty", "bigbody", "bigline"} {
		data := made(b, kind, 4<<20)
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			exchanges := 0
			for b.Loop() {
				exchanges += exchangesOf(b, data)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(exchanges), "ns/exchange")
		})
	}
}

// TestGarbage: commands and lines cost no memory when a recording is longer.
// Sessions and messages cost some, for what they are known by.
func TestGarbage(t *testing.T) {
	for kind, most := range map[string]float64{"text": 0.5, "swaks": 1.2, "chatty": 0.02, "syslog": 1.2, "bigbody": 8 /* in all */} {
		short, long := made(t, kind, 2<<20), made(t, kind, 6<<20)
		var exchanges [2]int
		few := testing.AllocsPerRun(2, func() { exchanges[0] = exchangesOf(t, short) })
		many := testing.AllocsPerRun(2, func() { exchanges[1] = exchangesOf(t, long) })
		if each := (many - few) / float64(max(1, exchanges[1]-exchanges[0])); each > most {
			t.Errorf("%s: %.3f allocations for each exchange, want at most %v", kind, each, most)
		}
	}
}

func made(t testing.TB, kind string, size int64) []byte {
	var b bytes.Buffer
	if err := workload.Write(&b, kind, size); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exchangesOf reads all sessions and counts their exchanges.
func exchangesOf(t testing.TB, data []byte) (exchanges int) {
	rec := transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	for s, err := range rec.Sessions(Detect(rec.Head()), transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		exchanges += len(s.Exchanges)
	}
	return exchanges
}
