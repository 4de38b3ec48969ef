package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// gitlab writes a Code Quality report: an array of findings in JSON. GitLab
// shows findings with the same fingerprint once, so no two may have the same;
// they survive a recording that is made anew.
type gitlab struct {
	sink
	base  Base
	begun bool
	seen  map[[sha256.Size]byte]int // findings of a path and a fingerprint
}

func newGitLab(out io.Writer, opts Options) Writer {
	return &gitlab{sink: sink{out: out}, base: opts.Base, seen: map[[sha256.Size]byte]int{}}
}

var gitlabSeverity = [...]string{lint.Info: "info", lint.Warning: "minor", lint.Error: "major"}

func (w *gitlab) File(f *lint.File) error {
	if f.Err != nil {
		w.issue(f.Path, unread, text.Clean(problem(f)), unread, "major", 1)
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		w.issue(f.PathOf(d.At), d.Rule.ID, said(d), d.Fingerprint(), gitlabSeverity[d.Severity], regionOf(&d.At, octets).line)
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.settle()
}

func (w *gitlab) issue(path, rule, description, fingerprint, severity string, line uint32) {
	if !w.begun {
		w.str("[")
	}
	w.item(!w.begun)
	w.begun = true
	path = w.base.Rel(path)
	w.str(`{"description":`)
	w.b = appendJSON(w.b, description)
	w.str(`,"check_name":`)
	w.b = appendJSON(w.b, rule)
	w.str(`,"fingerprint":"`)
	w.str(w.unique(path, fingerprint))
	w.str(`","severity":"`)
	w.str(severity)
	w.str(`","location":{"path":`)
	w.b = appendJSON(w.b, path)
	w.str(`,"lines":{"begin":`)
	w.num(int64(line))
	w.str("}}}")
}

// unique makes a fingerprint that no other finding of the run has.
func (w *gitlab) unique(path, fingerprint string) string {
	key := sha256.Sum256([]byte(path + "\x00" + fingerprint))
	w.seen[key]++
	if n := w.seen[key]; n > 1 {
		key = sha256.Sum256([]byte(path + "\x00" + fingerprint + "\x00" + strconv.Itoa(n)))
	}
	return hex.EncodeToString(key[:16])
}

func (w *gitlab) Close(Total) error {
	if !w.begun {
		w.str("[")
	}
	w.str("\n]\n")
	return w.flush()
}
