package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestManPage: programs that show manual pages have nothing to say about it,
// and what they show has all there is.
func TestManPage(t *testing.T) {
	page := manPage(model(), "2026-01-02")
	for _, viewer := range [][]string{{"mandoc", "-T", "lint"}, {"groff", "-man", "-ww", "-z", "-T", "utf8"}} {
		if _, err := exec.LookPath(viewer[0]); err != nil {
			continue
		}
		cmd := exec.Command(viewer[0], viewer[1:]...)
		cmd.Stdin = strings.NewReader(page)
		out, _ := cmd.CombinedOutput()
		for line := range strings.SplitSeq(string(out), "\n") {
			if line != "" {
				t.Errorf("%s: %s", viewer[0], line)
			}
		}
	}
	for _, n := range append(leavesOf(model().Node), model().Node) {
		for _, f := range n.Flags {
			if name := strings.ReplaceAll("--"+f.Name, "-", `\-`); !strings.Contains(page, name) {
				t.Errorf("the page does not have --%s", f.Name)
			}
		}
	}
}
