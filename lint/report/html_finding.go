package report

import (
	"strconv"

	"github.com/smtplint/smtplint/lint"
)

// finding writes a finding: what happened, what to do, where else to look, who
// says so, and the rule's page in place, unless it is there already. d is nil
// for a finding of a session that is not drawn.
func (w *html) finding(f *lint.File, found *lint.Diagnostic, d *ladder, shown pages) {
	s := &w.page
	class := found.Severity.String()
	if found.Suppressed != "" {
		class += " suppressed"
	}
	s.str(`<article class="finding ` + class + `">` + "\n<h4><span class=\"badge " + found.Severity.String() + `">` + found.Severity.String() + "</span> ")
	s.html(found.Message)
	if found.Confidence != lint.Certain {
		s.str(" (" + found.Confidence.String() + ")")
	}
	s.str("</h4>\n")
	if found.Suppressed != "" {
		s.str("<p>Suppressed: ")
		s.html(found.Suppressed)
		s.str(".</p>\n")
	}
	if d == nil {
		w.where(f, found)
	}
	w.places(f, found, d)
	if found.Help != "" {
		s.str("<p><b>What to do:</b> ")
		s.html(found.Help)
		s.str("</p>\n")
	}
	s.str("<p class=\"facts\">")
	s.rule(found.Rule)
	s.str(", at fault: " + found.Side.String())
	for i, r := range found.Refs {
		if i == 0 {
			s.str(", see ")
		} else {
			s.str(", ")
		}
		if url := r.URL(); url != "" {
			s.str(`<a href="` + url + `">`)
			s.html(r.Short())
			s.str("</a>")
		} else {
			s.html(r.Short())
		}
	}
	s.str("</p>\n")
	if id := shown[found.Rule]; id != "" {
		s.str(`<p class="facts"><a href="#` + id + `">About this rule</a></p>` + "\n")
	} else {
		w.pages++
		id = "p" + strconv.Itoa(w.pages)
		shown[found.Rule] = id
		s.str(`<details class="page" id="` + id + `"><summary>About this rule</summary>` + "\n")
		s.str(harmless(found.Rule.HTML(5)))
		s.str("</details>\n")
	}
	s.str("</article>\n")
}

// pages are the rules whose pages are shown, by the ID of the element.
type pages map[*lint.Rule]string

// where tells the place of a finding in words, and the line.
func (w *html) where(f *lint.File, found *lint.Diagnostic) {
	s := &w.page
	s.str("<p class=\"facts\">")
	s.b = appendXML(s.b, string(appendPlace(nil, f.PathOf(found.At), found.At.Span)))
	if found.Session != "" {
		s.str(" (session ")
		s.html(found.Session)
		s.str(")")
	}
	s.str("</p>\n<pre>")
	line, _, _ := appendLine(nil, &found.At, widest)
	s.b = appendXML(s.b, string(line))
	s.str("</pre>\n")
}

// places lists where to look, and what is to be seen there.
func (w *html) places(f *lint.File, found *lint.Diagnostic, d *ladder) {
	var places []lint.Related
	if found.Label != "" {
		places = append(places, lint.Related{At: found.At, Label: found.Label})
	}
	for _, r := range found.Related {
		if r.At.Span.Known() {
			places = append(places, r)
		}
	}
	if len(places) == 0 {
		return
	}
	s := &w.page
	s.str("<ul>\n")
	for i := range places {
		r := &places[i]
		k := -1
		if d != nil {
			k = rungOf(f, d.l.Rungs, &r.At)
		}
		s.str("<li>")
		if k >= 0 {
			s.str(`<a href="#` + d.id + "r" + strconv.Itoa(k) + `">` + lint.Line(r.At.Span) + "</a>")
		} else {
			s.str(lint.Line(r.At.Span))
		}
		if path := f.PathOf(r.At); path != f.PathOf(found.At) {
			s.str(" of <code>")
			s.html(path)
			s.str("</code>")
		}
		if r.Label != "" {
			s.str(": ")
			s.html(r.Label)
		}
		s.str("</li>\n")
	}
	s.str("</ul>\n")
}
