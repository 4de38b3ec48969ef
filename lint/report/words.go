package report

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// count writes "1 file", "2 files"; "info" has no plural.
func (s *sink) count(n int, name string) {
	s.num(int64(n))
	s.str(" ")
	s.str(name)
	if n != 1 && name != "info" {
		s.str("s")
	}
}

// verdict writes how many findings a run has in how many files, which noun
// names.
func (s *sink) verdict(t *Total, noun string) {
	if t.Errors+t.Warnings+t.Infos+t.Sessions == 0 && t.Failed > 0 {
		s.str("nothing was judged")
	} else {
		s.findings(t)
	}
	s.str(" in ")
	s.count(t.Files, noun)
}

// findings writes how many there are of each severity.
func (s *sink) findings(t *Total) {
	some := false
	for _, p := range [...]struct {
		n    int
		name string
	}{{t.Errors, "error"}, {t.Warnings, "warning"}, {t.Infos, "info"}} {
		if p.n == 0 {
			continue
		}
		if some {
			s.str(", ")
		}
		some = true
		s.count(p.n, p.name)
	}
	if !some {
		s.str("no findings")
	}
}

// withheld writes in short what was not judged, and why.
func (s *sink) withheld(all []lint.Withheld) {
	var lacks transcripts.Evidence
	for _, h := range all {
		lacks |= h.Lacks
	}
	s.str(all[0].Rule.ID)
	if n := len(all) - 1; n > 0 {
		s.str(" and ")
		s.num(int64(n))
		s.str(" more")
	}
	s.str(" (not recorded: ")
	s.str(lacks.Lacks())
	s.str(")")
}

// problem says why an input could not be read, or not to its end, without its
// path.
func problem(f *lint.File) string {
	message := strings.TrimPrefix(f.Err.Error(), "open "+f.Path+": ")
	return strings.TrimPrefix(message, f.Path+": ")
}
