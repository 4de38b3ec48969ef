package report

import (
	"errors"
	"io"
	"runtime"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// typical is a finding as most are: two places, a help, two references.
func typical() *lint.File {
	f := &lint.File{Path: "testdata/sessions/verify.log", Notation: "plain"}
	f.Sessions, f.Exchanges = 1, 4
	rule := &lint.Rule{ID: "vrfy-252-treated-as-failure", Title: "A 252 to VRFY was taken for a failure", Area: lint.Client, Severity: lint.Error}
	f.Findings = []lint.Diagnostic{{
		Rule: rule, Severity: lint.Error, Confidence: lint.Certain, Session: "1", Nth: 1,
		Message: `252 is a success, yet the client took it for a failure of "bob@example.net"`,
		Help:    "treat every 2yz reply as success; let RCPT decide",
		At: lint.Place{Span: transcripts.Span{Offset: 300, Line: 9, Column: 4, Length: 72}, Party: transcripts.Server,
			Text: "252 2.1.5 Cannot VRFY user, but will accept message and attempt delivery", To: 3},
		Label: "the server will accept mail for this address",
		Related: []lint.Related{{
			At: lint.Place{Span: transcripts.Span{Offset: 372, Line: 10, Column: 1, Length: 60}, Party: transcripts.Recorder,
				Text: "SMTP ERROR: VRFY command failed: 252 2.1.5 Cannot VRFY user", To: 59},
			Label: "it says so here",
		}},
		Refs: []lint.Ref{lint.RFC(5321, "3.5.3"), lint.RFC(5321, "7.3")},
	}}
	return f
}

// many is how many findings a benchmark and an allocation test write at once.
const many = 1000

func repeated() *lint.File {
	f := typical()
	for len(f.Findings) < many {
		f.Findings = append(f.Findings, f.Findings[0])
	}
	return f
}

// BenchmarkFinding measures the time, the memory and the output for a finding in
// each format.
func BenchmarkFinding(b *testing.B) {
	for i := range Formats {
		format := &Formats[i]
		b.Run(format.Name, func(b *testing.B) {
			f := repeated()
			var before, after runtime.MemStats
			var written counter
			rounds := 0
			runtime.ReadMemStats(&before)
			for b.Loop() {
				w := format.New(&written, Options{})
				if err := errors.Join(w.File(f), w.Close(Total{})); err != nil {
					b.Fatal(err)
				}
				rounds++
			}
			runtime.ReadMemStats(&after)
			n := float64(rounds) * many
			b.SetBytes(int64(written) / int64(rounds))
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/finding")
			b.ReportMetric(float64(after.Mallocs-before.Mallocs)/n, "allocs/finding")
			b.ReportMetric(float64(written)/n, "B/finding")
		})
	}
}

// counter counts what is written.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// TestNoAllocation: a finding costs no memory of its own.
func TestNoAllocation(t *testing.T) {
	for _, name := range []string{"short", "full", "jsonl"} {
		f := repeated()
		w := ByName(name).New(io.Discard, Options{})
		if n := testing.AllocsPerRun(5, func() { w.File(f) }); n > 0 {
			t.Errorf("%s: %v allocations for %d findings", name, n, many)
		}
	}
}
