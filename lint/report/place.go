package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// appendPlace appends "path:line:column", or "path:#packet" for captures.
func appendPlace(b []byte, path string, s transcripts.Span) []byte {
	b = append(appendPath(b, path), ':')
	if s.Packet != 0 {
		return strconv.AppendUint(append(b, '#'), uint64(s.Packet), 10)
	}
	b = strconv.AppendUint(b, uint64(max(1, s.Line)), 10)
	return strconv.AppendUint(append(b, ':'), uint64(max(1, s.Column)), 10)
}

// appendPath appends a path for people. One that looks like a command to a CI
// runner, which takes those at the beginning of a line, is told by another name
// of the same file.
func appendPath(b []byte, path string) []byte {
	if strings.HasPrefix(strings.TrimLeft(path, " \t"), ":") { // behind it may come another colon
		b = append(b, "./"...)
	}
	return text.AppendClean(b, path)
}

// A region is a place in a file for formats that mark it there: from 1, the
// end exclusive. Packets of a capture have no lines; they are told in words.
type region struct {
	line           uint32
	column, behind uint32 // 0 where the columns are not known
}

// unit is what a format counts columns in.
type unit uint8

const (
	octets unit = iota
	utf16s      // code units of UTF-16
)

// regionOf returns where a finding is. A Span counts octets; they are turned
// into other units where the text of the line tells how many, and left out
// where it does not.
func regionOf(p *lint.Place, u unit) region {
	s := p.Span
	if s.Packet != 0 || !s.Known() {
		return region{line: 1}
	}
	r := region{s.Line, max(1, s.Column), max(1, s.Column) + s.Length}
	if u == octets || ascii(p.Text) {
		return r
	}
	before, meant := p.Text[:p.From], p.Text[p.From:p.To]
	switch length := int(s.Length); {
	case length == len(meant) && int(r.column) > len(before):
		r.column -= uint32(len(before) - units16(before))
		r.behind = r.column + uint32(units16(meant))
	case p.From == 0 && length >= len(p.Text): // the whole line, with the recorder's mark
		r.behind -= uint32(len(p.Text) - units16(p.Text))
	default: // the recording shows the text in another form
		return region{line: s.Line}
	}
	return r
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// units16 is how many code units of UTF-16 a text takes.
func units16(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// appendPacket appends "packet 7: " for a place in a capture.
func appendPacket(b []byte, s transcripts.Span) []byte {
	if s.Packet == 0 {
		return b
	}
	return append(strconv.AppendUint(append(b, "packet "...), uint64(s.Packet), 10), ": "...)
}
