package formats

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/internal/wire"
)

// Recordings of real programs, many with what crossed the wire beside them.
const samples = "../../../shared/samples"

// truthOf finds the truth beside a sample: what a recording server wrote, or a
// recording client.
func truthOf(path string) (truth []byte, f *transcripts.Format) {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	if truth, err := os.ReadFile(base + ".wire.jsonl"); err == nil {
		return truth, wire.JSON
	}
	truth, err := os.ReadFile(filepath.Join(filepath.Dir(path), "truth", filepath.Base(base)+".txt"))
	if err != nil {
		return nil, nil
	}
	return truth, wire.Python
}

// TestWireTruth compares every sample with the truth of the wire, as far as
// the evidence of its format goes.
func TestWireTruth(t *testing.T) {
	paths, _ := filepath.Glob(samples + "/*/*/*")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	type tally struct{ right, all int }
	tallies, total := map[string]*tally{}, tally{}
	for _, path := range paths {
		name, _ := filepath.Rel(samples, path)
		written := writtenBy(name)
		if written == "none" || strings.HasSuffix(path, ".wire.jsonl") {
			continue
		}
		truth, as := truthOf(path)
		data, err := os.ReadFile(path)
		if as == nil || err != nil {
			continue
		}
		f := detected(data) // as TestConfusion sees to, it is what is written, with prefixes taken off
		c := tallies[f.Name]
		if c == nil {
			c = &tally{}
			tallies[f.Name] = c
		}
		diff := compare(outline(data, f), outline(truth, as))
		if seenOtherwise[name] != "" {
			if diff == "" {
				t.Errorf("%s is right, although it is listed as seen otherwise", name)
			}
			continue
		}
		c.all++
		total.all++
		switch {
		case diff == "":
			c.right++
			total.right++
			if exceptions[name] != "" {
				t.Errorf("%s is right, although it is listed as an exception", name)
			}
		case exceptions[name] == "":
			t.Errorf("%s (%s): %s", name, f.Name, diff)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		t.Logf("%-17s %3d of %3d", name, tallies[name].right, tallies[name].all)
	}
	t.Logf("%-17s %3d of %3d", "all", total.right, total.all)
	if total.right*100 < total.all*98 {
		t.Errorf("%d of %d recordings are right, which is less than 98 %%", total.right, total.all)
	}
}

// compare returns "" where a log and the truth tell the same conversations.
// Sessions that ran at the same time may end in another order. A log may hold
// sessions in which the client said nothing: somebody looked whether the
// server was up.
func compare(got, want []told) string {
	for i, s := range got {
		if len(s.steps) == 1 && s.steps[0].kind == transcripts.Connected {
			continue
		}
		var far difference
		found := slices.IndexFunc(want, func(w told) bool {
			d := s.differs(w)
			far = far.farther(d)
			return d.text == ""
		})
		switch {
		case found >= 0:
			want = slices.Delete(slices.Clone(want), found, found+1)
		case len(want) == 0:
			return fmt.Sprintf("session %d is not on the wire", i+1)
		default:
			return fmt.Sprintf("session %d: %s", i+1, far.text)
		}
	}
	return ""
}

// told is what a recording tells of one session.
type told struct {
	steps    []step
	replies  bool // the server's lines are on record
	client   bool // the client's lines are
	opening  bool
	secrets  bool
	octets   bool
	unbroken bool
	gaps     bool   // the recorder says that it leaves lines out
	server   bool   // the log is a server's
	misquote string // the code of a reply that the program logs with another text than it sends
}

// misquotes are programs that make up the text of a reply for their log.
var misquotes = map[string]string{"chasquid": "354"}

type step struct {
	kind  transcripts.Kind
	text  string
	reply string
	lines int64 // of content
}

func outline(data []byte, f *transcripts.Format) []told {
	var all []told
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			panic(err)
		}
		if strings.HasSuffix(s.ID, "/server") || strings.HasSuffix(s.ID, "/out") {
			continue // the truth beside a proxy's log is that of its client
		}
		one := told{
			opening: s.Proves.Has(transcripts.Opening), secrets: s.Proves.Has(transcripts.Secrets),
			octets: s.Proves.Has(transcripts.Octets), misquote: misquotes[s.Format],
			unbroken: s.Proves.Has(transcripts.Unbroken), server: !s.Carries.Has(transcripts.Reaction),
			gaps: s.Carries.Has(transcripts.Unbroken) && !s.Proves.Has(transcripts.Unbroken),
		}
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			st := step{kind: e.Kind, text: strings.Clone(strings.TrimSpace(e.Command.Text))}
			for _, r := range append([]transcripts.Reply{e.Reply}, e.More...) {
				for _, l := range r.Lines {
					one.replies = true
					st.reply += strings.TrimSpace(fmt.Sprintf(" %d%c%s", r.Code, max(l.Sep, ' '), strings.TrimSpace(l.Text)))
				}
			}
			if e.Body != nil && e.Body.Complete() && (f != wire.Python || !bareLF(e.Body)) {
				st.lines = e.Body.Lines
			}
			one.client = one.client || e.Kind == transcripts.Ordered
			one.steps = append(one.steps, st)
		}
		all = append(all, one)
	}
	return all
}

// bareLF reports whether lines of content end in LF alone. The recording
// client leaves out those of them that are empty.
func bareLF(b *transcripts.Body) bool {
	return slices.ContainsFunc(b.Marks, func(m transcripts.Mark) bool { return m.Kind == transcripts.BareLF })
}

// difference says where a log and the truth part: after how many steps.
type difference struct {
	text string
	at   int
}

// farther returns the one that says more about what is wrong.
func (d difference) farther(e difference) difference {
	if d.text == "" || e.at > d.at {
		return e
	}
	return d
}

// differs says where a log tells something else than the wire: commands and
// replies that both have must be the same and pair up the same way.
func (s told) differs(wire told) difference {
	if !s.client {
		return s.differsInReplies(wire.steps)
	}
	log, truth := s.steps, wire.steps
	if !s.replies {
		truth = withoutReplies(truth)
	}
	var far difference
	for { // where the log does not begin with the session, it may begin anywhere
		diff := s.differsFrom(log, truth)
		if diff.text == "" {
			return diff
		}
		far = far.farther(diff)
		switch {
		case s.opening || len(truth) == 0:
			return far
		case log[0].kind == transcripts.Unasked && len(log) > 1:
			log = log[1:]
		default:
			truth = truth[1:]
		}
	}
}

func withoutReplies(truth []step) (out []step) {
	for _, w := range truth {
		if w.kind != transcripts.Connected {
			w.reply = ""
			out = append(out, w)
		}
	}
	return out
}

func (s told) differsFrom(log, truth []step) difference {
	for i, got := range log {
		last := i+1 == len(log)
		if i >= len(truth) && last && !s.server && got.text == "QUIT" && got.reply == "" {
			break // the client's log has what the closed connection did not carry
		}
		if i >= len(truth) {
			return difference{fmt.Sprintf("the log goes on with %v %q", got.kind, got.text), i}
		}
		for s.gaps && truth[i].hidden(got) && i+1 < len(truth) {
			truth = append(truth[:i:i], truth[i+1:]...)
		}
		want := truth[i]
		auth := got.kind == transcripts.Answered || strings.HasPrefix(got.text, "AUTH") && want.kind == got.kind
		if got.kind == transcripts.Unasked && !s.unbroken {
			want.kind, want.text = got.kind, got.text // the command is not on record
		}
		if got.lines == 0 || want.lines == 0 {
			got.lines, want.lines = 0, 0 // content is not shown, or the wire does not show where its lines end
		}
		if got.reply == "" && last && (got.text == "QUIT" || !s.server) {
			want.reply = "" // not logged, or not read
		}
		if code := s.misquote; code != "" && strings.HasPrefix(got.reply, code) && strings.HasPrefix(want.reply, code) {
			want.reply = got.reply
		}
		if s.gaps && len(got.reply) > 3 && (strings.HasPrefix(want.reply, got.reply) || strings.HasSuffix(want.reply, got.reply)) {
			want.reply = got.reply // lines of it are left out
		}
		got.text, want.text = s.legible(got.text, want.text)
		got.reply, want.reply = s.legible(got.reply, want.reply)
		if s.server && !answered(truth[i:]) {
			want.reply = got.reply // the client did not wait for it
		}
		if auth && (!s.secrets || got.text == "") {
			want.text = got.text
			if strings.HasPrefix(got.reply, "334 ") && strings.HasPrefix(want.reply, "334 ") {
				want.reply = got.reply // prompts are hidden, too
			}
		}
		if got.reply == "" && (got.text == "QUIT" || !s.unbroken) {
			want.reply = "" // the client did not read it, or did not log it
		}
		if auth && (got.reply == "" || s.gaps) {
			want.reply = got.reply // the notation leaves out the replies of AUTH
		}
		if got != want {
			return difference{fmt.Sprintf("\n  log  %+v\n  wire %+v", got, want), i}
		}
	}
	return difference{}
}

// legible returns what of a text in the log and on the wire can be compared: a
// notation that loses octets may have anything from the first odd one on, and
// programs in C end a text at a NUL.
func (s told) legible(log, wire string) (string, string) {
	odd := strings.IndexFunc(wire, func(r rune) bool { return r == 0 || !s.octets && (r < ' ' || r > '~') })
	if odd < 0 || odd > len(log) {
		return log, wire
	}
	return log[:odd], wire[:odd]
}

// hidden reports whether a step of the wire is one that recorders leave out,
// and is not the one that the log has in its place: AUTH, and what comes before
// EHLO.
func (w step) hidden(got step) bool {
	switch {
	case w.kind == transcripts.Answered:
		return got.kind != transcripts.Answered
	case strings.HasPrefix(w.text, "AUTH"):
		return !strings.HasPrefix(got.text, "AUTH")
	}
	return strings.HasPrefix(w.text, "HELO") && strings.HasPrefix(got.text, "EHLO")
}

func answered(steps []step) bool {
	return slices.ContainsFunc(steps, func(s step) bool { return s.reply != "" })
}

// differsInReplies compares a log of the server's lines only. The replies of
// AUTH may be left out.
func (s told) differsInReplies(truth []step) difference {
	for i, got := range s.steps {
		for len(truth) > 0 && truth[0].reply != got.reply &&
			(!s.opening || truth[0].reply == "" || strings.HasPrefix(truth[0].reply, "334") || strings.HasPrefix(truth[0].reply, "235")) {
			truth = truth[1:]
		}
		if len(truth) == 0 || truth[0].reply != got.reply {
			return difference{"the wire has no reply " + got.reply, i}
		}
		truth = truth[1:]
	}
	return difference{}
}
