package report

import (
	_ "embed"
	"io"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// html writes one page that stands for itself: nothing is loaded, and no script
// is needed or allowed. Its overview comes first, so what is below is spooled.
type html struct {
	sink
	version string
	counts  map[*lint.Rule]*tally
	page    sink // what comes below the overview
	kept    spool
	written int // octets of it
	files   int
	index   sink // the list of recordings in the overview
	listed  int  // recordings in it
	clean   int  // recordings without anything to tell, which are not
	pages   int  // pages of rules
	apart   int  // findings that are listed, as their session is not drawn
	plain   int  // sessions with findings that there was no room to draw
}

//go:embed html.css
var stylesheet string

// htmlDrawing is what of a recording is drawn: sessions of up to a thousand
// exchanges whole, of longer ones what is around their findings.
var htmlDrawing = lint.Drawing{Around: 10, Whole: 2000, Faulty: 200, Clean: 20}

// A browser must be able to show the page: from how many octets on sessions
// with findings are folded, those without are not drawn, and none is.
const unfoldedDrawn, cleanDrawn, mostDrawn = 1 << 20, 4 << 20, 16 << 20

// mostListed is how many recordings the overview lists, and mostApart how many
// findings of sessions that are not drawn are listed.
const mostListed, mostApart = 1000, 1000

func newHTML(out io.Writer, opts Options) Writer {
	w := &html{sink: sink{out: out}, version: opts.Version, counts: map[*lint.Rule]*tally{}}
	w.page.out = &w.kept
	return w
}

func (w *html) File(f *lint.File) error {
	w.files++
	tallyFile(w.counts, f)
	if len(f.Findings) == 0 && f.Err == nil && w.written > cleanDrawn {
		w.clean++
		return nil
	}
	w.list(f)
	w.file(f)
	w.written += len(w.page.b)
	return w.page.flush()
}

// list adds a recording to the overview.
func (w *html) list(f *lint.File) {
	if w.listed++; w.listed > mostListed {
		return
	}
	var t Total
	t.Add(f)
	s := &w.index
	s.str("<li><a href=\"#f")
	s.num(int64(w.files))
	s.str("\"><code>")
	s.html(f.Path)
	s.str("</code></a> ")
	s.badges(&t)
	if f.Err != nil {
		s.str("<span class=\"badge error\">" + f.Status() + "</span>")
	}
	s.str("</li>\n")
}

// html writes text that has no meaning as HTML.
func (s *sink) html(words string) { s.b = appendXML(s.b, text.Clean(words)) }

// badges writes how many findings of each severity there are.
func (s *sink) badges(t *Total) {
	for _, p := range [...]struct {
		n        int
		severity lint.Severity
	}{{t.Errors, lint.Error}, {t.Warnings, lint.Warning}, {t.Infos, lint.Info}} {
		if p.n > 0 {
			s.str(`<span class="badge ` + p.severity.String() + `">`)
			s.count(p.n, p.severity.String())
			s.str("</span> ")
		}
	}
}

func (w *html) Close(t Total) error {
	title := sink{}
	title.verdict(&t, "recording")
	w.str(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>smtplint: `)
	w.b = append(w.b, title.b...)
	w.str("</title>\n<style>\n")
	w.str(stylesheet)
	w.str("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#recordings\">Skip to the recordings</a>\n<header>\n<h1>smtplint</h1>\n<p>")
	w.b = append(w.b, title.b...)
	w.str("</p>\n</header>\n<main>\n")
	w.overview(&t)
	class := ""
	if w.written > unfoldedDrawn {
		class = ` class="many"`
	}
	w.str("<div id=\"recordings\"" + class + ">\n")
	w.flush()
	if w.err == nil {
		w.err = w.kept.pour(w.out)
	}
	w.str("</div>\n</main>\n<footer><p>Written by <a href=\"https://github.com/smtplint/smtplint\">smtplint</a> ")
	w.html(w.version)
	w.str(". Credentials are masked, and message content is told by its measures; addresses, host names and what the recorder says are shown.</p></footer>\n</body>\n</html>\n")
	return w.flush()
}

func (w *html) overview(t *Total) {
	w.str("<section class=\"overview\" aria-labelledby=\"overview\">\n<h2 id=\"overview\">Overview</h2>\n<ul class=\"tiles\">\n")
	for _, p := range [...]struct {
		n     int
		name  string
		class string
	}{{t.Errors, "error", "error"}, {t.Warnings, "warning", "warning"}, {t.Infos, "info", "info"}, {t.Sessions, "session", "none"}, {t.Files, "recording", "none"}} {
		w.str(`<li class="` + p.class)
		if p.n == 0 {
			w.str(" zero")
		}
		w.str(`"><b>` + strconv.Itoa(p.n) + `</b> `)
		w.str(p.name)
		if p.n != 1 && p.name != "info" {
			w.str("s")
		}
		w.str("</li>\n")
	}
	w.str("</ul>\n")
	w.remarks(t)
	if len(w.counts) > 0 {
		w.str("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Findings by rule\"><table>\n<thead><tr><th scope=\"col\">severity</th><th scope=\"col\">rule</th><th scope=\"col\">what is wrong</th><th scope=\"col\">findings</th></tr></thead>\n<tbody>\n")
		for _, c := range gravest(w.counts) {
			w.str(`<tr><td><span class="badge ` + c.severity.String() + `">` + c.severity.String() + `</span></td><th scope="row">`)
			w.rule(c.rule)
			w.str("</th><td>")
			w.html(c.rule.Title)
			w.str(`</td><td class="num">` + strconv.Itoa(c.n) + "</td></tr>\n")
		}
		w.str("</tbody>\n</table></div>\n")
	}
	w.recordings()
	w.str("</section>\n")
}

// remarks says what the numbers leave open.
func (w *html) remarks(t *Total) {
	for _, p := range [...]struct {
		n           int
		what, words string
	}{
		{t.Suppressed, "finding", "suppressed and not counted"},
		{t.Capped, "more finding", "of the same rules not shown"},
		{t.Failed, "recording", "could not be read, or not to the end"},
		{w.plain, "session", "with findings not drawn"},
	} {
		if p.n > 0 {
			w.str("<p>")
			w.count(p.n, p.what)
			w.str(" " + p.words + ".</p>\n")
		}
	}
	if len(t.Withheld) > 0 {
		w.str("<details><summary>")
		w.count(len(t.Withheld), "rule")
		w.str(" could not be judged everywhere</summary>\n<ul>\n")
		for _, h := range t.Withheld {
			w.str("<li>")
			w.rule(h.Rule)
			w.str(": in " + strconv.Itoa(h.Sessions) + " of ")
			w.count(t.Sessions, "session")
			w.str("; not recorded: " + h.Lacks.Lacks() + "</li>\n")
		}
		w.str("</ul></details>\n")
	}
}

// rule writes the name of a rule, which leads to its page in the reference.
func (s *sink) rule(r *lint.Rule) {
	s.str("<code>")
	if url := r.URL(); url != "" {
		s.str(`<a href="` + url + `">` + r.ID + `</a>`)
	} else {
		s.html(r.ID)
	}
	s.str("</code>")
}

// recordings lists the recordings, if there are several.
func (w *html) recordings() {
	if w.files < 2 {
		return
	}
	open := " open"
	if w.listed > 20 {
		open = ""
	}
	w.str("<nav aria-label=\"Recordings\"><details" + open + "><summary>" + strconv.Itoa(w.files) + " recordings</summary>\n<ul class=\"files\">\n")
	w.b = append(w.b, w.index.b...)
	if n := w.clean + max(0, w.listed-mostListed); n > 0 {
		w.str("<li>and " + strconv.Itoa(n) + " more</li>\n")
	}
	w.str("</ul></details></nav>\n")
}

// anchor is the ID of a session, and the beginning of those of what is in it.
func (w *html) anchor(nth int) string {
	return "f" + strconv.Itoa(w.files) + "s" + strconv.Itoa(nth)
}

// harmless breaks what a CI runner would obey in a page that is not written by
// us alone: a rule of the user's own has a page, too.
func harmless(page string) string {
	page = strings.ReplaceAll(page, "::", "&#58;:")
	return strings.ReplaceAll(page, "##", "&#35;#")
}
