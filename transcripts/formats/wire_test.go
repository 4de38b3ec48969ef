package formats

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/internal/wire"
)

const samples = "../../../shared/samples"

// TestWireTruth reads every sample that has the truth of the wire beside it
// and compares the conversations, as far as each format's evidence goes.
func TestWireTruth(t *testing.T) {
	paths, _ := filepath.Glob(samples + "/*/*/*.wire.jsonl")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	type tally struct{ right, all int }
	tallies := map[string]*tally{}
	for _, path := range paths {
		logs, _ := filepath.Glob(strings.TrimSuffix(path, ".wire.jsonl") + ".*")
		for _, log := range logs {
			if strings.HasSuffix(log, ".wire.jsonl") {
				continue
			}
			data, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			f := Detect(data[:min(len(data), transcripts.HeadLength)])
			if f == nil {
				continue
			}
			truth, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c := tallies[f.Name]
			if c == nil {
				c = &tally{}
				tallies[f.Name] = c
			}
			c.all++
			if diff := compare(data, f, truth); diff == "" {
				c.right++
			} else {
				rel, _ := filepath.Rel(samples, log)
				t.Logf("%s (%s):\n%s", rel, f.Name, diff)
			}
		}
	}
	for name, c := range tallies {
		t.Logf("%-12s %3d of %3d", name, c.right, c.all)
	}
}

// compare returns "" where the log and the truth tell the same conversations.
func compare(log []byte, f *transcripts.Format, truth []byte) string {
	got := outline(log, f)
	want := outline(truth, wire.Format)
	for i, s := range got {
		if i >= len(want) {
			return fmt.Sprintf("session %d is in the log only:\n%s", i+1, strings.Join(s.lines, "\n"))
		}
		if d := s.differs(want[i]); d != "" {
			return fmt.Sprintf("session %d: %s", i+1, d)
		}
	}
	return ""
}

type told struct {
	lines []string
	has   transcripts.Evidence
}

func (s told) differs(truth told) string {
	a, b := s.lines, truth.lines
	if !s.has.Has(transcripts.Opening) && len(a) > 0 && len(b) > 0 && a[0] != b[0] {
		b = b[1:]
	}
	for i := range a {
		if i >= len(b) {
			return fmt.Sprintf("log has more: %s", a[i])
		}
		if a[i] != b[i] {
			return fmt.Sprintf("at %d\n  log  %s\n  wire %s", i, a[i], b[i])
		}
	}
	return ""
}

func outline(data []byte, f *transcripts.Format) []told {
	var all []told
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			panic(err)
		}
		one := told{has: s.Proves}
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			line := fmt.Sprintf("%v %q ->", e.Kind, strings.TrimSpace(e.Command.Text))
			for _, r := range append([]transcripts.Reply{e.Reply}, e.More...) {
				for _, l := range r.Lines {
					line += fmt.Sprintf(" %d%c%q", r.Code, l.Sep, strings.TrimSpace(l.Text))
				}
			}
			one.lines = append(one.lines, line)
		}
		all = append(all, one)
	}
	return all
}
