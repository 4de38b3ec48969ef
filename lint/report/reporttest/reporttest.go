// Package reporttest reads reports back as those do who consume them, for
// tests: against the published schemas, with the CI runners' own rules, and as
// a browser reads them.
package reporttest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Want is what a report must hold.
type Want struct {
	Files      int
	Failed     int // of them could not be read, or not to their end
	Findings   int // that count
	Suppressed int // that are shown although they do not
}

// readers know what a report in a format must be like.
var readers = map[string]func(out []byte, want Want) error{
	"checkstyle": checkstyle,
	"full":       anything,
	"github":     github,
	"gitlab":     gitlab,
	"html":       page,
	"json":       object,
	"jsonl":      lines,
	"junit":      junit,
	"markdown":   markdown,
	"none":       nothing,
	"rdjson":     rdjson,
	"sarif":      sarif,
	"short":      short,
	"tap":        tap,

	"statistics":         table,
	"statistics in JSON": tallies,
}

// Check reports what is wrong with a report in the format of a name.
func Check(name string, out []byte, want Want) error {
	read := readers[name]
	if read == nil {
		return fmt.Errorf("nobody reads %s", name)
	}
	if err := harmless(out, name == "github"); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := read(out, want); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// harmless looks for what a terminal or a CI runner would obey. The runner of
// GitHub takes commands at the beginning of a line, and old ones anywhere
// (ActionCommand.TryParseV2 and TryParse); those of Azure and TeamCity are
// taken wherever they stand. GitLab's sections begin and end with a carriage
// return and an escape sequence.
func harmless(out []byte, commands bool) error {
	if !utf8.Valid(out) {
		return errors.New("not UTF-8")
	}
	for i, r := range string(out) {
		if r != '\n' && r != '\t' && !unicode.IsPrint(r) && r != '\ufffd' {
			return fmt.Errorf("%U at %d, in %q", r, i, out[max(0, i-30):min(len(out), i+10)])
		}
	}
	for _, token := range []string{"##[", "##vso[", "##teamcity["} {
		if i := bytes.Index(out, []byte(token)); i >= 0 {
			return fmt.Errorf("a CI runner obeys %q", out[i:min(len(out), i+40)])
		}
	}
	for line := range strings.Lines(string(out)) {
		if !commands && strings.HasPrefix(strings.TrimSpace(line), "::") {
			return fmt.Errorf("GitHub's runner obeys %q", line)
		}
	}
	return nil
}

func anything([]byte, Want) error { return nil }

func nothing(out []byte, _ Want) error {
	if len(out) > 0 {
		return fmt.Errorf("wrote %q", out)
	}
	return nil
}

// number fails where there are not as many as there should be.
func number(what string, got, want int) error {
	if got != want {
		return fmt.Errorf("%d %s, want %d", got, what, want)
	}
	return nil
}
