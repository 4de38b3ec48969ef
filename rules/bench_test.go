package rules_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
	"github.com/smtplint/smtplint/transcripts/workload"
)

// BenchmarkLint measures all that is done with a recording, but for showing what
// was found.
func BenchmarkLint(b *testing.B) {
	linter := lint.New(rules.All, lint.Settings{})
	for _, kind := range workload.Kinds {
		var data bytes.Buffer
		if err := workload.Write(&data, kind, 4<<20); err != nil {
			b.Fatal(err)
		}
		input := lint.Input{Path: kind, Linter: linter, Open: func(string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(data.Bytes())), nil
		}}
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(data.Len()))
			b.ReportAllocs()
			exchanges := 0
			for b.Loop() {
				for f := range lint.Run([]lint.Input{input}, 1) {
					if f.Err != nil {
						b.Fatal(f.Err)
					}
					exchanges += f.Exchanges
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(exchanges), "ns/exchange")
		})
	}
}

// BenchmarkRules measures the rules alone, on one clean session.
func BenchmarkRules(b *testing.B) {
	linter := lint.New(rules.All, lint.Settings{})
	for _, kind := range []string{"text", "chatty"} {
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			clean(b, kind, func(s *transcripts.Session) {
				var res lint.Result
				for b.Loop() {
					linter.Session(s, &res)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(s.Exchanges)), "ns/exchange")
			})
		})
	}
}

// TestGarbage: a clean session costs no memory.
func TestGarbage(t *testing.T) {
	linter := lint.New(rules.All, lint.Settings{})
	for _, kind := range []string{"text", "chatty"} {
		clean(t, kind, func(s *transcripts.Session) {
			var res lint.Result
			if n := testing.AllocsPerRun(10, func() { linter.Session(s, &res) }); n > 0 || len(res.Findings) > 0 {
				t.Errorf("%s: %v allocations for a session of %d exchanges, %d findings", kind, n, len(s.Exchanges), len(res.Findings))
			}
		})
	}
}

// clean hands on the first session of a workload.
func clean(t testing.TB, kind string, use func(*transcripts.Session)) {
	var data bytes.Buffer
	if err := workload.Write(&data, kind, 64<<10); err != nil {
		t.Fatal(err)
	}
	rec := transcripts.Open(&data)
	defer rec.Close()
	for s, err := range rec.Sessions(formats.Detect(rec.Head()), transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		use(s)
		return
	}
	t.Fatal("no session")
}
