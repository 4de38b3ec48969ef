package reporttest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// unmarshal reads a document of XML as strictly as encoding/xml can.
func unmarshal(out []byte, v any) error {
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict = true
	if err := d.Decode(v); err != nil {
		return err
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := token.(xml.CharData); !ok {
			return fmt.Errorf("%T behind the root element", token)
		}
	}
}

// checkstyle checks the elements and attributes of Checkstyle's XMLLogger.
func checkstyle(out []byte, want Want) error {
	var r struct {
		XMLName xml.Name `xml:"checkstyle"`
		Version string   `xml:"version,attr"`
		Files   []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Line     int    `xml:"line,attr"`
				Column   int    `xml:"column,attr"`
				Severity string `xml:"severity,attr"`
				Message  string `xml:"message,attr"`
				Source   string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	if err := unmarshal(out, &r); err != nil {
		return err
	}
	n := 0
	for _, f := range r.Files {
		for _, e := range f.Errors {
			n++
			if e.Line < 1 || e.Message == "" || e.Source == "" || e.Severity != "error" && e.Severity != "warning" && e.Severity != "info" {
				return fmt.Errorf("a field is missing: %+v", e)
			}
		}
	}
	if len(r.Files) < want.Files { // a recording may consist of two
		return number("files", len(r.Files), want.Files)
	}
	return number("errors", n, want.Findings+want.Failed)
}

// junit checks what Jenkins' schema of JUnit's XML and GitLab ask for.
func junit(out []byte, want Want) error {
	type verdict struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
	}
	var r struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Errors   int    `xml:"errors,attr"`
			Cases    []struct {
				Name    string    `xml:"name,attr"`
				Class   string    `xml:"classname,attr"`
				File    string    `xml:"file,attr"`
				Failure []verdict `xml:"failure"`
				Error   []verdict `xml:"error"`
				Out     []string  `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := unmarshal(out, &r); err != nil {
		return err
	}
	findings := 0
	for _, s := range r.Suites {
		names := map[string]bool{}
		failures, faults := 0, 0
		for _, c := range s.Cases {
			if names[c.Class+"\x00"+c.Name] || c.Name == "" || c.File == "" {
				return fmt.Errorf("two cases, or none, are named %q", c.Name)
			}
			names[c.Class+"\x00"+c.Name] = true
			failures += len(c.Failure)
			faults += len(c.Error)
			findings += len(c.Failure) + len(c.Out)
			for _, v := range append(c.Failure, c.Error...) {
				if v.Message == "" || v.Type == "" {
					return fmt.Errorf("case %q fails without a word", c.Name)
				}
			}
		}
		if s.Tests != len(s.Cases) || s.Failures != failures || s.Errors != faults || s.Tests == 0 {
			return fmt.Errorf("suite %q miscounts: %d tests, %d failures, %d errors", s.Name, len(s.Cases), failures, faults)
		}
	}
	return errors.Join(number("suites", len(r.Suites), want.Files), number("findings", findings, want.Findings))
}
