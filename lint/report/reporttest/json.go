package reporttest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed schemas/sarif-schema-2.1.0.json
var sarifSchema string

//go:embed schemas/rdjson-schema.json
var rdjsonSchema string

var schemas sync.Map // compiled, by their text

// valid holds a document against a schema.
func valid(out []byte, schema string) error {
	compiled, ok := schemas.Load(schema)
	if !ok {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
		if err != nil {
			return err
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", doc); err != nil {
			return err
		}
		if compiled, err = c.Compile("schema.json"); err != nil {
			return err
		}
		schemas.Store(schema, compiled)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		return err
	}
	return compiled.(*jsonschema.Schema).Validate(doc)
}

// decode reads one value of JSON that has no unknown fields.
func decode(out []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(out))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the value")
	}
	return nil
}

// The JSON contract, version 1.
type (
	report struct {
		Version int
		Tool    struct{ Name, Version string }
		Files   []struct {
			Path                string
			Format              *string
			Sessions, Exchanges int
			Status              string
			Error               *string
		}
		Findings []finding
		Withheld []struct {
			Path, Rule string
			Sessions   int
			Lacks      []string
		}
		Summary summary
	}
	finding struct {
		Rule, Area, Side, Severity, Confidence, Message, Help, Path, Session string
		Line, Column, EndLine, EndColumn, Offset                             int64
		Packet                                                               *int64
		Excerpt                                                              string
		Related                                                              []struct {
			Message, Path string
			Line, Column  int64
			Packet        *int64
		}
		Refs        []string
		Fingerprint string
		Suppressed  *string
	}
	summary struct{ Error, Warning, Info, Suppressed, Files, Sessions, Capped int }
)

var fingerprint = regexp.MustCompile(`^[0-9a-f]{16}$`)

func (f *finding) check() error {
	switch {
	case f.Line < 1 || f.Column < 1 || f.EndLine != f.Line || f.EndColumn < f.Column || f.Offset < 0:
		return fmt.Errorf("a place that there is not: %+v", f)
	case !fingerprint.MatchString(f.Fingerprint):
		return fmt.Errorf("fingerprint %q", f.Fingerprint)
	case f.Related == nil || f.Refs == nil:
		return errors.New("null in place of a list")
	case !strings.Contains("error warning info", f.Severity) || !strings.Contains("client server network recording", f.Side):
		return fmt.Errorf("severity %s, side %s", f.Severity, f.Side)
	}
	for _, r := range f.Related {
		if r.Line < 1 || r.Column < 1 {
			return fmt.Errorf("a place that there is not: %+v", r)
		}
	}
	return nil
}

func (s summary) check(want Want) error {
	return errors.Join(
		number("findings in the summary", s.Error+s.Warning+s.Info, want.Findings),
		number("files in the summary", s.Files, want.Files),
		number("suppressed findings in the summary", s.Suppressed, want.Suppressed),
	)
}

func object(out []byte, want Want) error {
	var r report
	if err := decode(out, &r); err != nil {
		return err
	}
	if r.Version != 1 || r.Tool.Name != "smtplint" || r.Files == nil || r.Findings == nil || r.Withheld == nil {
		return errors.New("not version 1 of the contract")
	}
	failed := 0
	for _, f := range r.Files {
		if (f.Status == "ok") != (f.Error == nil) || !strings.Contains("ok partial failed", f.Status) {
			return fmt.Errorf("status %s, error %v", f.Status, f.Error)
		}
		if f.Error != nil {
			failed++
		}
	}
	for i := range r.Findings {
		if err := r.Findings[i].check(); err != nil {
			return err
		}
	}
	return errors.Join(
		number("files", len(r.Files), want.Files), number("failed files", failed, want.Failed),
		number("findings", len(r.Findings), want.Findings+want.Suppressed), r.Summary.check(want),
	)
}

func lines(out []byte, want Want) error {
	all := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	for _, line := range all[:len(all)-1] {
		var f finding
		if err := decode([]byte(line), &f); err != nil {
			return fmt.Errorf("%w in %s", err, line)
		}
		if err := f.check(); err != nil {
			return err
		}
	}
	var last struct{ Summary summary }
	if err := decode([]byte(all[len(all)-1]), &last); err != nil {
		return err
	}
	return errors.Join(number("findings", len(all)-1, want.Findings+want.Suppressed), last.Summary.check(want))
}

// tallies reads how often rules fired.
func tallies(out []byte, want Want) error {
	var all []struct {
		Rule, Severity, Title string
		Count, Files          int
	}
	if err := decode(out, &all); err != nil {
		return err
	}
	if all == nil {
		return errors.New("null in place of a list")
	}
	findings := 0
	for _, t := range all {
		findings += t.Count
		if t.Rule == "" || t.Title == "" || t.Count < t.Files || t.Files < 1 || t.Files > want.Files {
			return fmt.Errorf("a tally that cannot be: %+v", t)
		}
	}
	return number("findings", findings, want.Findings)
}

// gitlab checks the fields that GitLab's documentation of Code Quality names.
func gitlab(out []byte, want Want) error {
	var issues []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := decode(out, &issues); err != nil {
		return err
	}
	if issues == nil {
		return errors.New("null in place of a list")
	}
	seen := map[string]bool{}
	for _, i := range issues {
		switch {
		case i.Description == "" || i.CheckName == "" || i.Fingerprint == "" || i.Location.Lines.Begin < 1:
			return fmt.Errorf("a field is missing: %+v", i)
		case !strings.Contains("info minor major critical blocker", i.Severity):
			return fmt.Errorf("severity %s", i.Severity)
		case strings.HasPrefix(i.Location.Path, "./"):
			return fmt.Errorf("path %s", i.Location.Path)
		case seen[i.Fingerprint]:
			return fmt.Errorf("fingerprint %s twice", i.Fingerprint)
		}
		seen[i.Fingerprint] = true
	}
	return number("issues", len(issues), want.Findings+want.Failed)
}

// rdjson holds the report against the schema that reviewdog publishes.
func rdjson(out []byte, want Want) error {
	if err := valid(out, rdjsonSchema); err != nil {
		return err
	}
	type place struct {
		Path  string
		Range *struct{ Start, End struct{ Line, Column int } }
	}
	var r struct {
		Source      struct{ Name, URL string }
		Diagnostics []struct {
			Message          string
			Location         place
			Severity         string
			Code             struct{ Value, URL string }
			RelatedLocations []struct {
				Message  string
				Location place
			} `json:"related_locations"`
		}
	}
	if err := decode(out, &r); err != nil {
		return err
	}
	for _, d := range r.Diagnostics {
		places := []place{d.Location}
		for _, l := range d.RelatedLocations {
			places = append(places, l.Location)
		}
		for _, p := range places {
			if r := p.Range; r != nil && (r.Start.Line < 1 || r.Start.Column < 1 || r.End.Line != r.Start.Line || r.End.Column < r.Start.Column) {
				return fmt.Errorf("a place that there is not: %+v", *r)
			}
		}
		if d.Message == "" || d.Code.Value == "" {
			return fmt.Errorf("a field is missing: %+v", d)
		}
	}
	return number("diagnostics", len(r.Diagnostics), want.Findings+want.Failed)
}
