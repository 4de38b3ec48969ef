package formats

import (
	"testing"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// Every day of a year is where the calendar has it.
func TestMonthDayTime(t *testing.T) {
	for day := time.Date(1972, 1, 1, 23, 59, 58, 0, time.UTC); day.Year() == 1972; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.Stamp)
		if at, n := monthDayTime([]byte(text)); at != transcripts.At(day) || n != len(text) {
			t.Errorf("%q is %v, %d octets", text, at.Time(), n)
		}
	}
}
