package reporttest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

var gcc = regexp.MustCompile(`^.+:(\d+:\d+|#\d+): (error|warning|info): .* \[[a-z0-9-]+\]$`)

// short reads lines as editors do.
func short(out []byte, want Want) error {
	n := 0
	for line := range strings.Lines(string(out)) {
		n++
		if !gcc.MatchString(strings.TrimSuffix(line, "\n")) {
			return fmt.Errorf("not in the style of gcc: %q", line)
		}
	}
	return number("lines", n, want.Findings)
}

var tally = regexp.MustCompile(`^(\d+)\t(error|warning|info)\t[^\t]+\t[^\t]+$`)

// table reads how often rules fired, and the sum.
func table(out []byte, want Want) error {
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	findings := 0
	for _, line := range lines[:len(lines)-1] {
		m := tally.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("not four columns: %q", line)
		}
		n, _ := strconv.Atoi(m[1])
		findings += n
	}
	return number("findings", findings, want.Findings)
}

// markdown finds the blocks of code as CommonMark does (§4.5): what a recording
// says may stand nowhere else, so there is one for each finding.
func markdown(out []byte, want Want) error {
	if len(out) > 1<<20 {
		return fmt.Errorf("%d octets", len(out))
	}
	blocks, fence := 0, ""
	more := 0
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		run := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && len(run) >= 3 && line[len(run):] == "text":
			fence = run
			blocks++
		case fence != "" && len(run) >= len(fence) && len(run) >= 3 && strings.TrimSpace(line) == run:
			fence = ""
		case fence == "" && strings.HasPrefix(line, "There is no room here for "):
			more, _ = strconv.Atoi(strings.Fields(line)[6])
		case fence == "" && strings.Contains(line, "error["):
			return fmt.Errorf("a finding outside a block: %q", line)
		}
	}
	if fence != "" {
		return errors.New("a block of code is not closed")
	}
	return number("blocks", blocks+more, want.Findings)
}

var point = regexp.MustCompile(`^(not )?ok (\d+) - (.*)$`)

// tap reads test points, their YAML blocks and the plan (TAP 14).
func tap(out []byte, want Want) error {
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if lines[0] != "TAP version 14" {
		return fmt.Errorf("begins with %q", lines[0])
	}
	points, findings, plan := 0, 0, -1
	for i := 1; i < len(lines); i++ {
		if m := point.FindStringSubmatch(lines[i]); m != nil {
			points++
			if m[2] != strconv.Itoa(points) {
				return fmt.Errorf("point %s, want %d", m[2], points)
			}
			for j, c := range m[3] {
				if c == '#' && (j == 0 || m[3][j-1] != '\\') {
					return fmt.Errorf("a directive: %q", lines[i])
				}
			}
			continue
		}
		if n, ok := strings.CutPrefix(lines[i], "1.."); ok {
			plan, _ = strconv.Atoi(n)
			continue
		}
		if lines[i] != "  ---" {
			return fmt.Errorf("no TAP: %q", lines[i])
		}
		var block strings.Builder
		for i++; i < len(lines) && lines[i] != "  ..."; i++ {
			block.WriteString(strings.TrimPrefix(lines[i], "  ") + "\n")
		}
		var doc struct {
			Message  string
			Findings []struct{ Rule, Severity, Side, At, Message, Help string }
		}
		d := yaml.NewDecoder(strings.NewReader(block.String()))
		d.KnownFields(true)
		if err := d.Decode(&doc); err != nil {
			return fmt.Errorf("%w in %s", err, block.String())
		}
		findings += len(doc.Findings)
	}
	return errors.Join(number("points", points, want.Files), number("planned points", plan, points), number("findings", findings, want.Findings))
}
