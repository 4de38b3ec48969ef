package redact_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/redact"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// private are the rules about what is masked: they find nothing in a copy.
func private(opts redact.Options) []string {
	list := []string{"bearer-token-in-transcript", "crackable-exchange", "credential-in-transcript"}
	if opts.Addresses {
		list = append(list, "personal-data-in-transcript")
	}
	if opts.Content || opts.Addresses { // it concerns content between real domains
		list = append(list, "message-content-in-transcript")
	}
	return list
}

// changes are other rules that find something else in a copy, with the reason.
var changes = map[string]string{
	"redacted-content": "it says that something is masked",
}

// finder is a linter with all rules on.
func finder() *lint.Linter {
	on := map[string]lint.Severity{}
	for _, r := range rules.All {
		on[r.ID] = r.Severity
	}
	return lint.New(rules.All, lint.Settings{Severities: on})
}

// found lists what is found in a recording: where, and which rule.
func found(linter *lint.Linter, data []byte, f *transcripts.Format, hints transcripts.Hints) (list []string) {
	in := lint.Input{Path: "x", Linter: linter, Options: lint.Options{Format: f, Hints: hints}, Open: func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
	for file := range lint.Run([]lint.Input{in}, 1) {
		for i := range file.Result.Findings {
			d := &file.Result.Findings[i]
			if changes[d.Rule.ID] == "" {
				list = append(list, fmt.Sprintf("%d %s %s", d.At.Span.Line, d.Rule.ID, d.Severity))
			}
		}
	}
	slices.Sort(list)
	return list
}

// recordings calls each for all recordings that are at hand.
func recordings(t *testing.T, each func(path string, data []byte, f *transcripts.Format)) {
	for _, root := range []string{"../../transcripts/formats/testdata", "../../../shared/samples"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) == ".jsonl" || strings.Contains(path, "/truth/") || strings.Contains(path, "/fuzz/") {
				return nil
			}
			src, err := os.Open(path)
			if err != nil {
				return err
			}
			defer src.Close()
			data, _, err := redact.Read(src)
			if err != nil {
				return err
			}
			if f := formats.Detect(data[:min(len(data), transcripts.HeadLength)]); f != nil && f.Read == nil {
				each(strings.TrimPrefix(path, "../../"), data, f)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestCopiesOfSamples: in a copy no secret is found, and all else that is found
// in the recording, on the same lines.
func TestCopiesOfSamples(t *testing.T) {
	linter := finder()
	for name, opts := range map[string]redact.Options{
		"secrets": {}, "content": {Content: true}, "all": {Addresses: true, Content: true},
	} {
		t.Run(name, func(t *testing.T) {
			recordings(t, func(path string, data []byte, f *transcripts.Format) {
				check(t, linter, path, data, f, opts)
			})
		})
	}
}

// TestCopiesOfRealAddresses: the same holds where addresses are somebody's. In
// the samples they are not, so that others of the same length take their place.
func TestCopiesOfRealAddresses(t *testing.T) {
	linter := finder()
	real := func(data []byte) []byte {
		for _, pair := range [][2]string{{"example", "bigcorp"}, {"EXAMPLE", "BIGCORP"}, {"192.0.2.", "129.6.2."}, {"2001:db8:", "2001:420:"}} {
			data = bytes.ReplaceAll(data, []byte(pair[0]), []byte(pair[1]))
		}
		return data
	}
	recordings(t, func(path string, data []byte, f *transcripts.Format) {
		if real := real(data); !bytes.Equal(real, data) {
			if f := formats.Detect(real[:min(len(real), transcripts.HeadLength)]); f != nil {
				check(t, linter, path, real, f, redact.Options{Addresses: true})
			}
		}
	})
}

func check(t *testing.T, linter *lint.Linter, path string, data []byte, f *transcripts.Format, opts redact.Options) {
	copied, _, err := redact.Copy(data, f, opts)
	if err != nil {
		t.Errorf("%s (%s): %v", path, f.Name, err)
		return
	}
	if got, want := bytes.Count(copied, []byte{'\n'}), bytes.Count(data, []byte{'\n'}); got != want {
		t.Errorf("%s: %d lines, want %d", path, got, want)
	}
	before, after := found(linter, data, f, opts.Hints), found(linter, copied, f, opts.Hints)
	before = slices.DeleteFunc(before, func(finding string) bool { return slices.Contains(private(opts), strings.Fields(finding)[1]) })
	if d := cmp.Or(missing(before, after), missing(after, before)); d != "" {
		t.Errorf("%s (%s): lost %s; new %s", path, f.Name, missing(before, after), missing(after, before))
	}
}

// missing returns what is in the first list and not in the second.
func missing(in, from []string) string {
	var list []string
	for _, s := range in {
		if !slices.Contains(from, s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, ", ")
}
