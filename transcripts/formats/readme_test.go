package formats

import (
	"os"
	"strings"
	"testing"
)

// TestReadme: the formats that are read from their description alone are named.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), "marked `documented`:")
	list, _, found := strings.Cut(list, "\n\n")
	if !found {
		t.Fatal("no list of documented formats")
	}
	list = strings.ToLower(strings.NewReplacer("\n", "", " ", "", ".", "", "-", "").Replace(list))
	for _, f := range All {
		if name := strings.ReplaceAll(f.Name, "-", ""); !f.Captured && !strings.Contains(list, name) {
			t.Errorf("README.md does not say that %s is documented only", f.Name)
		}
	}
}
