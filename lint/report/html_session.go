package report

import (
	"strconv"
	"time"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// ladder draws one session.
type ladder struct {
	*sink
	f      *lint.File
	l      *lint.Ladder
	id     string
	found  [][]*lint.Diagnostic // by rung, those whose place it is
	secure bool                 // a list of what is said inside TLS is open
	mail   int32                // the list of a mail transaction that is open
	begin  transcripts.Instant  // the first time in the session
	last   transcripts.Instant
}

// session writes the section of a session: what was said, from the top down,
// the client's lines from the left and the server's from the right.
func (w *html) session(f *lint.File, l *lint.Ladder, found []*lint.Diagnostic) {
	s := &w.page
	open := ""
	if w.unfolded(f, len(found) > 0) {
		open = " open"
	}
	d := ladder{sink: s, f: f, l: l, id: w.anchor(l.Nth), found: make([][]*lint.Diagnostic, len(l.Rungs))}
	s.str(`<details class="session" id="` + d.id + `"` + open + `><summary><h3>Session `)
	s.html(l.ID)
	s.str("</h3> <span class=\"facts\">")
	s.html(l.Notation)
	s.str(", ")
	s.count(l.Exchanges, "exchange")
	if l.Port > 0 {
		s.str(", port " + strconv.Itoa(l.Port))
	}
	if l.LMTP {
		s.str(", LMTP")
	}
	s.str("</span> ")
	var t Total
	for _, d := range found {
		if d.Suppressed == "" {
			t.count(d.Severity)
		}
	}
	s.badges(&t)
	s.str("</summary>\n")
	var lost []*lint.Diagnostic // in no rung
	for _, diagnostic := range found {
		if k := rungOf(f, l.Rungs, &diagnostic.At); k >= 0 && diagnostic.At.Span.Known() {
			d.found[k] = append(d.found[k], diagnostic)
		} else {
			lost = append(lost, diagnostic)
		}
	}
	d.jumps()
	shown := pages{}
	s.str("<div class=\"ends\" aria-hidden=\"true\"><span>client</span><span>server</span></div>\n<ol class=\"ladder\">\n")
	for _, diagnostic := range lost {
		d.card(w, diagnostic, shown)
	}
	for k := 0; k < len(l.Rungs); {
		d.bands(&l.Rungs[k])
		end := d.together(k)
		d.rung(k, end)
		for ; k < end; k++ {
			for _, diagnostic := range d.found[k] {
				d.card(w, diagnostic, shown)
			}
		}
	}
	d.close()
	s.str("</ol>\n</details>\n")
}

// unfolded reports whether a session is shown at once: those with findings are,
// as long as they are few, and one that may well be all there is.
func (w *html) unfolded(f *lint.File, faulty bool) bool {
	if faulty {
		return w.written+len(w.page.b) < unfoldedDrawn
	}
	return f.Sessions == 1 && w.files == 1
}

// jumps leads to the findings of a session.
func (d *ladder) jumps() {
	some := false
	for k := range d.found {
		for _, found := range d.found[k] {
			if !some {
				d.str(`<nav class="jumps" aria-label="Findings of session `)
				d.html(d.l.ID)
				d.str("\">Findings in: ")
				some = true
			}
			severity := found.Severity.String()
			d.str(`<a class="badge ` + severity + `" href="#` + d.id + "r" + strconv.Itoa(k) + `" title="` + severity + ": ")
			d.html(found.Rule.ID)
			d.str(`">` + lint.Line(found.At.Span) + "</a> ")
		}
	}
	if some {
		d.str("</nav>\n")
	}
}

// card writes a finding as an entry of the list.
func (d *ladder) card(w *html, found *lint.Diagnostic, shown pages) {
	d.str(`<li class="found">`)
	w.finding(d.f, found, d, shown)
	d.str("</li>\n")
}

// together returns the end of the run of rungs that are drawn as one: the lines
// of a reply up to one with a finding, or remarks that nothing is said about.
func (d *ladder) together(k int) int {
	first := &d.l.Rungs[k]
	end := k + 1
	for ; end < len(d.l.Rungs) && len(d.found[end-1]) == 0; end++ {
		r := &d.l.Rungs[end]
		reply := r.Kind == lint.SaidLine && first.Kind == lint.SaidLine && r.Party == transcripts.Server && first.Party == transcripts.Server && r.Exchange == first.Exchange
		remark := r.Kind == lint.Remarked && first.Kind == lint.Remarked && len(d.found[end]) == 0
		if !reply && !remark || r.Secure != first.Secure || r.Mail != first.Mail {
			break
		}
	}
	return end
}

// bands begins and ends what is shaded: what is said inside TLS, and in it the
// mail transactions.
func (d *ladder) bands(r *lint.Rung) {
	if r.Kind == lint.LeftOut {
		return // whatever was open goes on below
	}
	if d.mail != r.Mail || d.secure != r.Secure {
		d.endMail()
	}
	if d.secure && !r.Secure {
		d.endSecure()
	}
	if r.Secure && !d.secure {
		d.secure = true
		words := "inside TLS"
		if r.Assumed {
			words += ", as the 220 to STARTTLS lets expect"
		}
		d.str(`<li class="tls"><p class="band">` + words + "</p>\n<ol>\n")
	}
	if r.Mail != 0 && d.mail == 0 {
		d.mail = r.Mail
		d.str(`<li class="mail"><p class="band">mail transaction ` + strconv.Itoa(int(r.Mail)) + "</p>\n<ol>\n")
	}
}

func (d *ladder) endMail() {
	if d.mail != 0 {
		d.mail = 0
		d.str("</ol></li>\n")
	}
}

func (d *ladder) endSecure() {
	if d.secure {
		d.secure = false
		d.str("</ol></li>\n")
	}
}

// close ends what is open.
func (d *ladder) close() {
	d.endMail()
	d.endSecure()
}

// pause tells when nothing was said for a second or more, and returns the time
// since the session began, if there is a clock.
func (d *ladder) pause(at transcripts.Instant) (since string) {
	if at == 0 {
		return ""
	}
	if d.begin == 0 {
		d.begin = at
	}
	if wait, ok := at.Sub(d.last); ok && wait >= time.Second {
		d.str(`<li class="pause">` + waited(wait) + " later</li>\n")
	}
	d.last = at
	passed, _ := at.Sub(d.begin)
	return strconv.FormatFloat(passed.Seconds(), 'f', 3, 64) + " s"
}

// waited tells a duration of a second or more in words.
func waited(d time.Duration) string {
	switch {
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	}
	return strconv.FormatFloat(d.Hours(), 'f', 1, 64) + " h"
}

// number writes what stands beside a rung: its line or packet, and the time.
func (d *ladder) number(r *lint.Rung, since string) {
	var buf [12]byte
	d.str(`<span class="n"`)
	if since != "" {
		d.str(` title="` + since + ` after the first line"`)
	}
	d.str(">")
	d.b = append(d.b, appendNumber(buf[:0], r.Span)...)
	d.str("</span>")
}
