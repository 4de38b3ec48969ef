package report

import (
	"strconv"

	"github.com/smtplint/smtplint/lint"
)

// file writes the section of a recording: its sessions with findings, the
// findings that belong to no session that is drawn, and the other sessions.
func (w *html) file(f *lint.File) {
	s := &w.page
	s.str(`<section class="file" id="f` + strconv.Itoa(w.files) + `" aria-labelledby="f` + strconv.Itoa(w.files) + `h">` + "\n")
	s.str(`<h2 id="f` + strconv.Itoa(w.files) + `h"><code>`)
	s.html(f.Path)
	s.str("</code></h2>\n<p class=\"facts\">")
	if f.Notation != "" {
		s.html(f.Notation)
		s.str(", ")
	}
	s.count(f.Sessions, "session")
	s.str(", ")
	s.count(f.Exchanges, "exchange")
	if f.Replies != "" {
		s.str("; what the server said is in <code>")
		s.html(f.Replies)
		s.str("</code>")
	}
	s.str("</p>\n")
	if f.Err != nil {
		s.str(`<p class="problem"><span class="badge error">` + f.Status() + `</span> `)
		s.html(problem(f))
		s.str("</p>\n")
	}
	drawn := map[int]bool{}
	for _, faulty := range []bool{true, false} {
		if !faulty {
			w.others(f, drawn)
		}
		for i := range f.Ladders {
			l := &f.Ladders[i]
			found := findingsOf(f, l)
			if len(found) > 0 != faulty || !w.room(faulty) {
				continue
			}
			w.session(f, l, found)
			drawn[l.Nth] = true
		}
	}
	if n := f.Sessions - len(drawn); n > 0 {
		s.str("<p class=\"facts\">")
		s.count(n, "session")
		if len(drawn) > 0 {
			s.str(" more")
		}
		s.str(" not drawn.</p>\n")
	}
	s.str("</section>\n")
}

// room reports whether another session can be drawn.
func (w *html) room(faulty bool) bool {
	used := w.written + len(w.page.b)
	return used < cleanDrawn || faulty && used < mostDrawn
}

// findingsOf lists the findings of a session.
func findingsOf(f *lint.File, l *lint.Ladder) []*lint.Diagnostic {
	var found []*lint.Diagnostic
	for i := range f.Findings {
		if d := &f.Findings[i]; d.Nth == l.Nth {
			found = append(found, d)
		}
	}
	return found
}

// others lists findings whose session is not drawn.
func (w *html) others(f *lint.File, drawn map[int]bool) {
	sessions, shown := map[int]bool{}, pages{}
	some, more := false, 0
	for i := range f.Findings {
		d := &f.Findings[i]
		if drawn[d.Nth] {
			continue
		}
		if d.Nth > 0 {
			sessions[d.Nth] = true
		}
		if w.apart == mostApart || !w.room(true) {
			more++
			continue
		}
		w.apart++
		if !some {
			w.page.str("<ol class=\"apart\">\n")
			some = true
		}
		w.page.str("<li>")
		w.finding(f, d, nil, shown)
		w.page.str("</li>\n")
	}
	if some {
		w.page.str("</ol>\n")
	}
	if more > 0 {
		w.page.str("<p>")
		w.page.count(more, "more finding")
		w.page.str(" not listed: the page would be too large for a browser. Other formats show all.</p>\n")
	}
	w.plain += len(sessions)
}
