package formats

import (
	"bytes"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// timeOfDay reads "15:04:05" with an optional fraction at the start of text
// and returns how long it is; 0 where there is none.
func timeOfDay(text []byte) (transcripts.Instant, int) {
	if len(text) < 8 || text[2] != ':' || text[5] != ':' {
		return 0, 0
	}
	h, m, s := number(text[0:2]), number(text[3:5]), number(text[6:8])
	if h < 0 || m < 0 || s < 0 {
		return 0, 0
	}
	ns := int64(h*3600+m*60+s) * int64(time.Second)
	n := 8
	if n < len(text) && (text[n] == '.' || text[n] == ',') {
		unit := int64(time.Second)
		for n++; n < len(text) && isDigit(text[n]); n++ {
			unit /= 10
			ns += int64(text[n]-'0') * unit
		}
	}
	return transcripts.Instant(ns), n
}

// dateTime reads "2006-01-02 15:04:05" at the start of text, in UTC, and
// returns how long it is; 0 where there is none. Go writes slashes in the date.
func dateTime(text []byte) (transcripts.Instant, int) {
	if len(text) < 19 || text[4] != '-' && text[4] != '/' || text[7] != text[4] || text[10] != ' ' && text[10] != 'T' {
		return 0, 0
	}
	y, mo, d := number(text[0:4]), number(text[5:7]), number(text[8:10])
	tod, n := timeOfDay(text[11:])
	if y < 0 || mo < 0 || d < 0 || n == 0 {
		return 0, 0
	}
	day := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	return transcripts.At(day) + tod, 11 + n
}

// monthDayTime reads "Jan _2 15:04:05" at the start of text and returns how
// long it is; 0 where there is none. No year is stated: the time is counted in
// 1972, which has a 29 February.
func monthDayTime(text []byte) (transcripts.Instant, int) {
	if len(text) < 15 || text[3] != ' ' || text[6] != ' ' {
		return 0, 0
	}
	month := monthOf(text[:3])
	day := text[4:6]
	if day[0] == ' ' {
		day = day[1:]
	}
	tod, n := timeOfDay(text[7:])
	if month == 0 || number(day) < 0 || n == 0 {
		return 0, 0
	}
	days := daysBefore[month] + number(day) - 1
	return since1972 + transcripts.Instant(days)*transcripts.Instant(24*time.Hour) + tod, 7 + n
}

// since1972 is the start of that year, and daysBefore how many of its days are
// over when a month begins: every line of a mail log has a time.
var (
	since1972  = transcripts.At(time.Date(1972, time.January, 1, 0, 0, 0, 0, time.UTC))
	daysBefore = [...]int{time.January: 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, time.December: 335}
)

// monthOf reads the English abbreviation of a month, or returns 0.
func monthOf(b []byte) time.Month {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	for n := 0; n < len(names) && len(b) == 3; n += 3 {
		if b[0] == names[n] && b[1] == names[n+1] && b[2] == names[n+2] {
			return time.Month(n/3 + 1)
		}
	}
	return 0
}

// zoneOffset reads "Z", "+01:00" or "+0100" at text[n:] and returns how far
// the zone is ahead of UTC and where what follows begins: n where there is none.
func zoneOffset(text []byte, n int) (time.Duration, int) {
	z := text[n:]
	if len(z) > 0 && z[0] == 'Z' {
		return 0, n + 1
	}
	if len(z) < 5 || z[0] != '+' && z[0] != '-' {
		return 0, n
	}
	colon := 0
	if z[3] == ':' {
		colon = 1
	}
	if len(z) < 5+colon {
		return 0, n
	}
	h, m := number(z[1:3]), number(z[3+colon:5+colon])
	if h < 0 || m < 0 {
		return 0, n
	}
	ahead := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if z[0] == '-' {
		ahead = -ahead
	}
	return ahead, n + 5 + colon
}

// number reads a decimal number without sign, or returns -1.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		if !isDigit(c) {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// bracketTime reads "[02-Jan-2006 15:04:05 UTC] " at the start of text, as
// PHP's error log has it, and returns how long it is; 0 where there is none.
func bracketTime(text []byte) (transcripts.Instant, int) {
	const layout = "[02-Jan-2006 15:04:05 UTC] "
	if len(text) < len(layout) || text[0] != '[' || text[3] != '-' {
		return 0, 0
	}
	t, err := time.Parse(layout, string(text[:len(layout)]))
	if err != nil {
		return 0, 0
	}
	return transcripts.At(t), len(layout)
}

// epoch reads seconds since 1970 with a fraction.
func epoch(text []byte) transcripts.Instant {
	whole, fraction, _ := bytes.Cut(text, []byte{'.'})
	sec := number(whole)
	if len(whole) == 0 || len(whole) > 11 || sec <= 0 {
		return 0
	}
	var nano, unit int64 = 0, int64(time.Second)
	for _, c := range fraction {
		if !isDigit(c) || unit == 1 {
			break
		}
		unit /= 10
		nano += int64(c-'0') * unit
	}
	return transcripts.At(time.Unix(int64(sec), nano))
}
