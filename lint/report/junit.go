package report

import (
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// junit writes test results as Jenkins and GitLab read them: a suite for each
// recording, and in it a case for each finding. A finding that does not fail
// the run is a case that passes and says why it is there. A recording without
// findings has one case, for services take an empty report for a failure.
type junit struct {
	sink
	text  *full // renders the findings
	begun bool
	names map[string]int // of the cases of one suite
}

func newJUnit(out io.Writer, _ Options) Writer {
	return &junit{sink: sink{out: out}, text: newFull(nil, Options{}).(*full)}
}

func (w *junit) File(f *lint.File) error {
	w.begin()
	w.names = map[string]int{}
	tests, failures := 0, 0
	for i := range f.Findings {
		if d := &f.Findings[i]; d.Suppressed == "" {
			tests++
			if f.FailOn != lint.Off && d.Severity >= f.FailOn {
				failures++
			}
		}
	}
	errors := 0
	if f.Err != nil {
		errors = 1
	}
	w.str("<testsuite")
	w.attr("name", f.Path)
	w.attrNum("tests", int64(max(1, tests+errors)))
	w.attrNum("failures", int64(failures))
	w.attrNum("errors", int64(errors))
	w.attrNum("skipped", 0)
	w.str(">\n")
	if f.Err != nil {
		w.testcase(f, f.Path, "recording")
		w.str("><error")
		w.attr("type", unread)
		w.attr("message", text.Clean(problem(f)))
		w.str("/></testcase>\n")
	}
	for i := range f.Findings {
		if d := &f.Findings[i]; d.Suppressed == "" {
			w.finding(f, d)
		}
		if err := w.settle(); err != nil {
			return err
		}
	}
	if tests+errors == 0 {
		w.testcase(f, f.Path, "no findings")
		w.str("/>\n")
	}
	w.str("</testsuite>\n")
	return w.settle()
}

func (w *junit) begin() {
	if !w.begun {
		w.begun = true
		w.str(prolog + `<testsuites name="smtplint">` + "\n")
	}
}

func (w *junit) finding(f *lint.File, d *lint.Diagnostic) {
	w.text.finding(f, d)
	defer func() { w.text.b = w.text.b[:0] }()
	w.testcase(f, f.PathOf(d.At), w.unique(d))
	if line, _ := lineOf(d.At.Span); d.At.Span.Packet == 0 {
		w.attrNum("line", int64(line))
	}
	element := "system-out"
	w.str(">")
	if f.FailOn != lint.Off && d.Severity >= f.FailOn {
		element = "failure"
		w.str("<failure")
		w.attr("type", d.Severity.String())
		w.attr("message", said(d))
		w.str(">")
	} else {
		w.str("<system-out>")
	}
	for line := range strings.Lines(string(w.text.b)) {
		w.b = append(appendXML(w.b, strings.TrimSuffix(line, "\n")), '\n')
	}
	w.str("</" + element + "></testcase>\n")
}

// testcase begins a case.
func (w *junit) testcase(f *lint.File, path, name string) {
	w.str("<testcase")
	w.attr("name", name)
	w.attr("classname", strings.TrimSuffix(f.Path, filepath.Ext(f.Path)))
	w.attr("file", path)
}

// unique names the case of a finding: no two in a suite may have the same name.
func (w *junit) unique(d *lint.Diagnostic) string {
	name := d.Rule.ID + " @ " + place(d)
	w.names[name]++
	if n := w.names[name]; n > 1 {
		name += " (" + strconv.Itoa(n) + ")"
	}
	return name
}

// place is where in its file a finding is.
func place(d *lint.Diagnostic) string {
	return strings.TrimPrefix(string(appendPlace(nil, "", d.At.Span)), ":")
}

func (w *junit) Close(Total) error {
	w.begin()
	w.str("</testsuites>\n")
	return w.flush()
}
