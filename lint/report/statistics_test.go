package report

import (
	"io"
	"testing"

	"github.com/smtplint/smtplint/lint"
)

// statisticsFormat writes statistics as a format does.
func statisticsFormat(json bool) *Format {
	name := "statistics"
	if json {
		name = "statistics in JSON"
	}
	return &Format{Name: name, New: func(out io.Writer, _ Options) Writer { return NewStatistics(out, json) }}
}

// TestStatistics: rules by how often they fired; the highest severity counts.
func TestStatistics(t *testing.T) {
	files := append(samples(t), samples(t)[0])
	files[0].Findings[0].Severity = lint.Error
	table, _ := write(t, statisticsFormat(false), Options{}, files)
	const want = "4\twarning\tidle-noop\tNOOP does *nothing*\n4\terror\tremark\tThe recorder said something\n" +
		"2\tinfo\tcontent\tThere was content\n2\terror\trefused\tSomething was refused\n3 errors, 4 warnings, 5 info in 7 files\n"
	if string(table) != want {
		t.Errorf("%s", table)
	}
}
