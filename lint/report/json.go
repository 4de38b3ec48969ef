package report

import (
	"encoding/json"
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// The JSON contract, version 1. Fields are only ever added.
type (
	jsonReport struct {
		Version  int            `json:"version"`
		Tool     jsonTool       `json:"tool"`
		Files    []jsonFile     `json:"files"`
		Findings []jsonFinding  `json:"findings"`
		Withheld []jsonWithheld `json:"withheld"`
		Summary  jsonSummary    `json:"summary"`
	}
	jsonTool struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	jsonFile struct {
		Path      string  `json:"path"`
		Format    *string `json:"format"`
		Sessions  int     `json:"sessions"`
		Exchanges int     `json:"exchanges"`
		Status    string  `json:"status"`
		Error     *string `json:"error"`
	}
	jsonFinding struct {
		Rule        string        `json:"rule"`
		Area        lint.Area     `json:"area"`
		Side        string        `json:"side"`
		Severity    string        `json:"severity"`
		Confidence  string        `json:"confidence"`
		Message     string        `json:"message"`
		Help        string        `json:"help"`
		Path        string        `json:"path"`
		Session     string        `json:"session"`
		Line        uint32        `json:"line"`
		Column      uint32        `json:"column"`
		EndLine     uint32        `json:"endLine"`
		EndColumn   uint32        `json:"endColumn"`
		Offset      int64         `json:"offset"`
		Packet      *uint32       `json:"packet"`
		Excerpt     string        `json:"excerpt"`
		Related     []jsonRelated `json:"related"`
		Refs        []string      `json:"refs"`
		Fingerprint string        `json:"fingerprint"`
		Suppressed  *string       `json:"suppressed"`
	}
	jsonRelated struct {
		Message string  `json:"message"`
		Line    uint32  `json:"line"`
		Column  uint32  `json:"column"`
		Packet  *uint32 `json:"packet"`
	}
	jsonWithheld struct {
		Path     string   `json:"path"`
		Rule     string   `json:"rule"`
		Sessions int      `json:"sessions"`
		Lacks    []string `json:"lacks"`
	}
	jsonSummary struct {
		Error      int `json:"error"`
		Warning    int `json:"warning"`
		Info       int `json:"info"`
		Suppressed int `json:"suppressed"`
		Files      int `json:"files"`
		Sessions   int `json:"sessions"`
	}
)

// jsonWriter gathers a whole run and writes one object at its end.
type jsonWriter struct {
	out    io.Writer
	report jsonReport
}

func newJSON(out io.Writer, opts Options) Writer {
	return &jsonWriter{out: out, report: jsonReport{
		Version: 1, Tool: jsonTool{"smtplint", opts.Version},
		Files: []jsonFile{}, Findings: []jsonFinding{}, Withheld: []jsonWithheld{},
	}}
}

func (w *jsonWriter) File(f *lint.File) error {
	file := jsonFile{Path: f.Path, Sessions: f.Sessions, Exchanges: f.Exchanges, Status: f.Status()}
	if f.Notation != "" {
		file.Format = &f.Notation
	}
	if f.Err != nil {
		message := f.Err.Error()
		file.Error = &message
	}
	w.report.Files = append(w.report.Files, file)
	for i := range f.Findings {
		w.report.Findings = append(w.report.Findings, findingOf(f.PathOf(f.Findings[i].At), &f.Findings[i]))
	}
	for _, h := range f.Withheld {
		w.report.Withheld = append(w.report.Withheld, jsonWithheld{f.Path, h.Rule.ID, h.Sessions, h.Lacks.Names()})
	}
	return nil
}

func findingOf(path string, d *lint.Diagnostic) jsonFinding {
	s := d.At.Span
	j := jsonFinding{
		Rule: d.Rule.ID, Area: d.Rule.Area, Side: d.Side.String(), Severity: d.Severity.String(),
		Confidence: d.Confidence.String(), Message: text.Clean(d.Message), Help: text.Clean(d.Help), Path: path, Session: d.Session,
		Line: s.Line, Column: s.Column, EndLine: s.Line, EndColumn: s.Column + s.Length, Offset: s.Offset,
		Packet: packet(s), Excerpt: shown(d.At).text, Related: []jsonRelated{}, Refs: []string{},
		Fingerprint: d.Fingerprint(),
	}
	if d.Suppressed != "" {
		reason := text.Clean(d.Suppressed)
		j.Suppressed = &reason
	}
	for _, r := range d.Related {
		if at := r.At.Span; at.Known() {
			j.Related = append(j.Related, jsonRelated{text.Clean(r.Label), at.Line, at.Column, packet(at)})
		}
	}
	for _, r := range d.Refs {
		j.Refs = append(j.Refs, r.String())
	}
	return j
}

func packet(s transcripts.Span) *uint32 {
	if s.Packet == 0 {
		return nil
	}
	return &s.Packet
}

func (w *jsonWriter) Close(t Total) error {
	w.report.Summary = jsonSummary{t.Errors, t.Warnings, t.Infos, t.Suppressed, t.Files, t.Sessions}
	enc := json.NewEncoder(w.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(&w.report)
}
