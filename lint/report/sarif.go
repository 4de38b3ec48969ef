package report

import (
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// sarif writes SARIF 2.1.0, within the limits of GitHub code scanning. The
// results come first and the tool, with the rules that they name, behind them:
// so they can be written as they are found.
type sarif struct {
	sink
	base    Base
	version string
	begun   bool
	results int
	more    int // results beyond the limit
	rules   sarifRules
	notes   sink // about inputs that could not be read
	kept    spool
	said    int // how many notes there are
	seen    map[string]int
}

// sarifResults is how many results there may be before findings of a severity
// are left out: GitHub accepts 25,000 of one run, and graver ones that come later
// must find room.
var sarifResults = [...]int{lint.Info: 15000, lint.Warning: 20000, lint.Error: 25000}

// sarifRelated is how many further places of a result it keeps.
const sarifRelated = 100

func newSARIF(out io.Writer, opts Options) Writer {
	w := &sarif{sink: sink{out: out}, base: opts.Base, version: opts.Version}
	w.notes.out = &w.kept
	return w
}

var sarifLevel = [...]string{lint.Info: "note", lint.Warning: "warning", lint.Error: "error"}

func (w *sarif) File(f *lint.File) error {
	w.begin()
	w.seen = map[string]int{}
	if f.Err != nil {
		w.note(f.Path, text.Clean(problem(f)))
	}
	for i := range f.Findings {
		if w.results >= sarifResults[f.Findings[i].Severity] {
			w.more++
			continue
		}
		w.result(f, &f.Findings[i])
		if err := w.settle(); err != nil {
			return err
		}
	}
	return w.settle()
}

func (w *sarif) begin() {
	if !w.begun {
		w.begun = true
		w.str(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{` +
			`"columnKind":"utf16CodeUnits","results":[`)
	}
}

func (w *sarif) result(f *lint.File, d *lint.Diagnostic) {
	w.item(w.results == 0)
	w.results++
	w.str(`{"ruleId":`)
	w.b = appendJSON(w.b, d.Rule.ID)
	w.str(`,"ruleIndex":`)
	w.num(int64(w.rules.index(d.Rule)))
	w.str(`,"level":"`)
	w.str(sarifLevel[d.Severity])
	w.str(`","message":{"text":`)
	w.b = appendJSON(w.b, message(d))
	w.str(`},"locations":[{`)
	w.location(f.PathOf(d.At), &d.At)
	w.str(`}]`)
	w.related(f, d)
	fingerprint := d.Fingerprint()
	w.seen[fingerprint]++
	w.str(`,"partialFingerprints":{"primaryLocationLineHash":"`)
	w.str(fingerprint)
	w.str(":")
	w.num(int64(w.seen[fingerprint]))
	w.str(`"}`)
	if d.Suppressed != "" {
		w.suppressed(d)
	}
	w.str(`,"properties":{"side":"`)
	w.str(d.Side.String())
	w.str(`","confidence":"`)
	w.str(d.Confidence.String())
	w.str(`","session":`)
	w.b = appendJSON(w.b, text.Clean(d.Session))
	if p := d.At.Span.Packet; p != 0 {
		w.str(`,"packet":`)
		w.num(int64(p))
	}
	w.str(`}}`)
}

// message is what a result says. Viewers show links in it (§3.11.6), and GitHub
// shows only those related places that are linked; so these are named in links
// of our own, and there can be no others.
func message(d *lint.Diagnostic) string {
	var b strings.Builder
	b.WriteString(linkless.Replace(said(d)))
	if d.Help != "" {
		b.WriteString("\n" + linkless.Replace("help: "+text.Clean(d.Help)))
	}
	for i, r := range relatedPlaces(d) {
		b.WriteString("\n[" + lint.Line(r.At.Span) + "](" + strconv.Itoa(i+1) + ")")
		if r.Label != "" {
			b.WriteString(": " + linkless.Replace(text.Clean(r.Label)))
		}
	}
	return b.String()
}

var linkless = strings.NewReplacer("](", `]\(`)

// relatedPlaces lists the further places of a finding that are in the recording.
func relatedPlaces(d *lint.Diagnostic) []*lint.Related {
	var places []*lint.Related
	for i := range d.Related {
		if d.Related[i].At.Span.Known() && len(places) < sarifRelated {
			places = append(places, &d.Related[i])
		}
	}
	return places
}

func (w *sarif) related(f *lint.File, d *lint.Diagnostic) {
	places := relatedPlaces(d)
	for i, r := range places {
		if i == 0 {
			w.str(`,"relatedLocations":[`)
		} else {
			w.str(",")
		}
		w.str(`{"id":`)
		w.num(int64(i + 1))
		w.str(",")
		w.location(f.PathOf(r.At), &r.At)
		w.str(`,"message":{"text":`)
		w.b = appendJSON(w.b, linkless.Replace(text.Clean(r.Label)))
		w.str(`}}`)
	}
	if len(places) > 0 {
		w.str("]")
	}
}

// location writes a place in a file.
func (w *sarif) location(path string, p *lint.Place) {
	w.str(`"physicalLocation":{`)
	w.artifact(path)
	r := regionOf(p, utf16s)
	w.str(`,"region":{"startLine":`)
	w.num(int64(r.line))
	if r.column > 0 {
		w.str(`,"startColumn":`)
		w.num(int64(r.column))
		w.str(`,"endLine":`)
		w.num(int64(r.line))
		w.str(`,"endColumn":`)
		w.num(int64(r.behind))
	}
	w.str("}}")
}

// artifact writes the address of a file, as seen from the top of the
// repository where it is in there.
func (w *sarif) artifact(path string) {
	u := url.URL{Path: w.base.Rel(path)}
	root := `,"uriBaseId":"%SRCROOT%"`
	if filepath.IsAbs(filepath.FromSlash(u.Path)) {
		u.Scheme, root = "file", ""
		u.Path = "/" + strings.TrimPrefix(u.Path, "/")
	}
	w.str(`"artifactLocation":{"uri":`)
	w.b = appendJSON(w.b, u.String())
	w.str(root)
	w.str("}")
}

func (w *sarif) suppressed(d *lint.Diagnostic) {
	by, reason, _ := strings.Cut(text.Clean(d.Suppressed), ": ")
	kind := "external"
	if by == "inline" {
		kind = "inSource"
	}
	w.str(`,"suppressions":[{"kind":"`)
	w.str(kind)
	w.str(`","status":"accepted"`)
	if reason != "" {
		w.str(`,"justification":`)
		w.b = appendJSON(w.b, reason)
	}
	w.str("}]")
}

// note says that an input could not be read.
func (w *sarif) note(path, message string) {
	w.notes.item(w.said == 0)
	w.said++
	n := sarif{sink: w.notes, base: w.base}
	n.str(`{"level":"error","message":{"text":`)
	n.b = appendJSON(n.b, linkless.Replace(message))
	n.str(`},"locations":[{"physicalLocation":{`)
	n.artifact(path)
	n.str(`}}]}`)
	n.settle()
	w.notes = n.sink
}

func (w *sarif) Close(t Total) error {
	w.begin()
	w.str("\n],\n\"invocations\":[{\"executionSuccessful\":")
	w.b = strconv.AppendBool(w.b, t.Failed == 0)
	if w.more > 0 {
		w.notes.item(w.said == 0)
		w.said++
		w.notes.str(`{"level":"warning","message":{"text":"`)
		w.notes.count(w.more, "more finding")
		w.notes.str(` left out: a run may have ` + strconv.Itoa(sarifResults[lint.Error]) + ` results"}}`)
	}
	if w.said > 0 {
		w.str(`,"toolExecutionNotifications":[`)
		w.flush()
		w.notes.flush()
		if w.err == nil {
			w.err = w.kept.pour(w.out)
		}
		w.str("\n]")
	}
	w.str("}],\n\"tool\":{\"driver\":{\"name\":\"smtplint\",\"version\":")
	w.b = appendJSON(w.b, w.version)
	if v, ok := strings.CutPrefix(w.version, "v"); ok {
		w.str(`,"semanticVersion":`)
		w.b = appendJSON(w.b, v)
	}
	w.str(`,"informationUri":"https://github.com/smtplint/smtplint","rules":[`)
	w.b = w.rules.append(w.b)
	w.str("\n]}}}]}\n")
	return w.flush()
}
