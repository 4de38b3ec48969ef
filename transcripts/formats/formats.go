// Package formats knows how programs write down SMTP conversations: one file
// for each notation, and the list of them all.
package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// All lists the notations, sorted by name.
var All = []*transcripts.Format{
	curl,
	msmtp,
	phpmailer,
	phpmailer5,
	transcripts.Plain,
	smtplib,
	swaks,
}

// ByName returns the format with a name, or nil.
func ByName(name string) *transcripts.Format {
	for _, f := range All {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Detect returns the format that a recording is written in, judged by its
// head, or nil. Lines are weighed up to the first 354: what follows is message
// content, which can look like anything.
func Detect(head []byte) *transcripts.Format {
	weights := make([]int, len(All))
	for len(head) > 0 {
		line := head
		if n := bytes.IndexByte(head, '\n'); n >= 0 {
			line, head = head[:n], head[n+1:]
		} else {
			head = nil
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if len(line) == 0 {
			continue
		}
		for i, f := range All {
			weights[i] += f.Sign(line)
		}
		if asksForContent(line) {
			break
		}
	}
	best := 0
	for i, w := range weights {
		if w > weights[best] {
			best = i
		}
	}
	if weights[best] == 0 {
		return nil
	}
	return All[best]
}

// asksForContent reports whether a line has a 354 reply somewhere in it.
func asksForContent(line []byte) bool {
	n := bytes.Index(line, []byte("354"))
	if n < 0 || n > 0 && isDigit(line[n-1]) || n > 80 {
		return false
	}
	return n+3 == len(line) || line[n+3] == ' '
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// replyShaped reports whether text begins like a reply line.
func replyShaped(text []byte) bool {
	return len(text) >= 3 && '2' <= text[0] && text[0] <= '5' && isDigit(text[1]) && isDigit(text[2]) &&
		(len(text) == 3 || text[3] == ' ' || text[3] == '-')
}
