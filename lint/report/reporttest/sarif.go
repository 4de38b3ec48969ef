package reporttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

type sarifPlace struct {
	ID               int
	PhysicalLocation struct {
		ArtifactLocation struct{ URI, URIBaseID string }
		Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
	}
}

type sarifLog struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Rules []sarifRule
			}
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			Locations           []sarifPlace
			RelatedLocations    []sarifPlace
			PartialFingerprints map[string]string
			Suppressions        []struct{ Kind string }
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Level string }
		}
		ColumnKind string
	}
}

type sarifRule struct {
	ID, Name         string
	ShortDescription struct{ Text string }
	FullDescription  struct{ Text string }
	Help             struct{ Text, Markdown string }
	Properties       struct{ Tags []string }
}

// sarif holds the report against the published schema, and against what GitHub
// says that it requires and takes at most.
func sarif(out []byte, want Want) error {
	if err := valid(out, sarifSchema); err != nil {
		return err
	}
	var log sarifLog
	if err := json.Unmarshal(out, &log); err != nil {
		return err
	}
	if log.Schema == "" || log.Version != "2.1.0" || len(log.Runs) != 1 {
		return errors.New("not one run of SARIF 2.1.0")
	}
	run := &log.Runs[0]
	for _, r := range run.Tool.Driver.Rules {
		if err := r.check(); err != nil {
			return err
		}
	}
	suppressed := 0
	seen := map[string]bool{}
	for _, r := range run.Results {
		if r.RuleIndex >= len(run.Tool.Driver.Rules) || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			return fmt.Errorf("rule %d is not %s", r.RuleIndex, r.RuleID)
		}
		if len(r.Locations) != 1 || len(r.RelatedLocations) > 100 || r.Message.Text == "" {
			return fmt.Errorf("a result of %s without place or words", r.RuleID)
		}
		for _, p := range append(r.Locations, r.RelatedLocations...) {
			if err := p.check(); err != nil {
				return err
			}
		}
		if err := links(r.Message.Text, len(r.RelatedLocations)); err != nil {
			return err
		}
		key := r.RuleID + " " + r.Locations[0].PhysicalLocation.ArtifactLocation.URI + " " + r.PartialFingerprints["primaryLocationLineHash"]
		if r.PartialFingerprints["primaryLocationLineHash"] == "" || seen[key] {
			return fmt.Errorf("fingerprint %s twice, or none", key)
		}
		seen[key] = true
		suppressed += len(r.Suppressions)
	}
	i := run.Invocations[0]
	if i.ExecutionSuccessful != (want.Failed == 0) {
		return fmt.Errorf("successful is %v", i.ExecutionSuccessful)
	}
	return errors.Join(
		number("results", len(run.Results), want.Findings+want.Suppressed), number("suppressed results", suppressed, want.Suppressed),
		number("notifications", len(i.ToolExecutionNotifications), want.Failed),
	)
}

func (r *sarifRule) check() error {
	for _, s := range []string{r.ID, r.ShortDescription.Text, r.FullDescription.Text, r.Help.Text, r.Help.Markdown} {
		if s == "" {
			return fmt.Errorf("rule %s: something is empty", r.ID)
		}
	}
	switch {
	case utf8.RuneCountInString(r.ShortDescription.Text) > 1024, utf8.RuneCountInString(r.FullDescription.Text) > 1024, len(r.Name) > 255:
		return fmt.Errorf("rule %s: too long", r.ID)
	case r.Name == r.ID, len(r.Properties.Tags) > 10:
		return fmt.Errorf("rule %s: name or tags", r.ID)
	}
	return nil
}

func (p *sarifPlace) check() error {
	u, err := url.Parse(p.PhysicalLocation.ArtifactLocation.URI)
	if err != nil {
		return err
	}
	if relative := p.PhysicalLocation.ArtifactLocation.URIBaseID != ""; relative == (u.Scheme != "") {
		return fmt.Errorf("address %s", u)
	}
	r := &p.PhysicalLocation.Region
	if r.StartLine < 1 || r.StartColumn > 0 && (r.EndLine != r.StartLine || r.EndColumn < r.StartColumn) {
		return fmt.Errorf("a place that there is not: %+v", *r)
	}
	return nil
}

var link = regexp.MustCompile(`^\[(line|packet) \d+\]\(\d+\)`)

// links fails where a message has links other than those to its related places:
// GitHub shows them as links.
func links(message string, places int) error {
	n := 0
	for line := range strings.Lines(message) {
		if m := link.FindString(line); n > 0 || m != "" {
			if n++; !strings.HasSuffix(m, fmt.Sprintf("](%d)", n)) {
				return fmt.Errorf("no link to place %d in %q", n, message)
			}
			line = line[len(m):]
		}
		if strings.Contains(line, "](") {
			return fmt.Errorf("a link that is not ours in %q", message)
		}
	}
	return number("links", n, places)
}
