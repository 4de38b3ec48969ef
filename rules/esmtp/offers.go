package esmtp

import (
	"math"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// sizeLimit: RFC 1870 §3.
func sizeLimit(params string) string {
	if params == "" {
		return ""
	}
	return size(params)
}

// mechanisms: RFC 4954 §3. Each is the matter of rules about AUTH.
func mechanisms(params string) string {
	if params == "" {
		return "it names no mechanism"
	}
	return ""
}

// leastTime: RFC 2852 §2.
func leastTime(params string) string {
	if params != "" && (!digits(params) || len(params) > 9) {
		return "it is no number of seconds"
	}
	return ""
}

// holdLimits: RFC 4865 §3.
func holdLimits(params string) string {
	interval, date, _ := strings.Cut(params, " ")
	switch {
	case holdFor(interval) != "":
		return "it does not begin with a number of seconds"
	case date == "":
		return "the latest date is missing"
	}
	return dateTime(date)
}

// limits: RFC 9422 §3, §4.
func limits(params string) string {
	if params == "" {
		return "it names no limit"
	}
	for limit := range strings.FieldsSeq(params) {
		name, value, found := strings.Cut(limit, "=")
		switch {
		case !limitName(name) || found && value == "":
			return "it is not made of NAME=value"
		case strings.HasSuffix(strings.ToUpper(name), "MAX") && (!digits(value) || value[0] == '0'):
			return "a limit is a number of 1 or more"
		}
	}
	return ""
}

func limitName(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return name != ""
}

// SizeLimit returns the largest message that a server takes, in octets, or 0
// where it names no fixed limit (RFC 1870 §4).
func SizeLimit(o *transcripts.Offers) uint64 {
	params, _ := o.Find("SIZE")
	return Number(params)
}

// Limit returns a limit by its name, or 0 where there is none (RFC 9422 §4).
func Limit(o *transcripts.Offers, name string) uint64 {
	params, _ := o.Find("LIMITS")
	for limit := range strings.FieldsSeq(params) {
		if n, value, _ := strings.Cut(limit, "="); strings.EqualFold(n, name) {
			return Number(value)
		}
	}
	return 0
}

// Number reads a number of up to 20 digits. Text that is none counts as 0, and
// what does not fit as the largest number.
func Number(text string) uint64 {
	if !digits(text) {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return math.MaxUint64
	}
	return n
}
