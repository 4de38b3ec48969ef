package files

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Pattern names files and directories, in the syntax of .gitignore: "*" and
// "?" stand for anything but a slash, "[a-z]" for one of some characters, "**"
// for any number of directories. A pattern with a slash in it, other than at its
// end, begins at the directory that it is relative to; another one may match
// anywhere below. One that ends in a slash matches directories only.
type Pattern struct {
	negated  bool // "!": what matches is not meant after all
	dirs     bool // directories only
	segments []string
}

// ParsePattern reads a pattern. It fails where a pattern can match nothing.
func ParsePattern(text string) (Pattern, error) {
	p, ok := parsePattern(text)
	switch {
	case !ok:
		return p, fmt.Errorf("the pattern %q matches nothing", text)
	case p.negated:
		return p, fmt.Errorf("the pattern %q must not begin with \"!\"", text)
	}
	return p, nil
}

func parsePattern(text string) (p Pattern, ok bool) {
	text, p.negated = strings.CutPrefix(text, "!")
	text, p.dirs = strings.CutSuffix(text, "/")
	text, rooted := strings.CutPrefix(text, "/")
	if text == "" {
		return p, false
	}
	if !rooted && !strings.Contains(text, "/") {
		text = "**/" + text
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(text, "./"), "/") {
		n := len(p.segments)
		if segment == "**" && n > 0 && p.segments[n-1] == "**" {
			continue // the same as one
		}
		if segment == "" || !wellFormed(segment) {
			return p, false
		}
		p.segments = append(p.segments, segment)
	}
	return p, true
}

// Match reports whether the pattern matches a path, which is relative and has
// slashes, or a directory that it is in.
func (p *Pattern) Match(path string) bool {
	for end := 0; end < len(path); {
		n := strings.IndexByte(path[end:], '/')
		if n < 0 {
			return p.matches(path, false)
		}
		end += n
		if p.matches(path[:end], true) {
			return true
		}
		end++
	}
	return false
}

// matches reports whether the pattern matches the path itself.
func (p *Pattern) matches(path string, dir bool) bool {
	return (dir || !p.dirs) && matchPath(p.segments, path)
}

// matchPath matches segments with a path. Of several "**" only the last one
// needs to be tried again, as with "*" in a segment.
func matchPath(segments []string, path string) bool {
	var again []string // what follows the last "**"
	rest := ""         // the path that it is tried on next
	for {
		switch {
		case len(segments) > 0 && segments[0] == "**":
			if len(segments) == 1 {
				return path != "" // all that is inside
			}
			segments = segments[1:]
			again, rest = segments, path
			continue
		case len(segments) == 0 && path == "":
			return true
		case len(segments) > 0 && path != "":
			name, after, _ := strings.Cut(path, "/")
			if matchSegment(segments[0], name) {
				segments, path = segments[1:], after
				continue
			}
		}
		if again == nil || rest == "" {
			return false
		}
		_, rest, _ = strings.Cut(rest, "/")
		segments, path = again, rest
	}
}

// matchSegment matches a part of a pattern with one name.
func matchSegment(pattern, name string) bool {
	star, rest := -1, "" // behind the last "*", and the name that it is tried on next
	at := 0
	for {
		if at < len(pattern) && pattern[at] == '*' {
			for at < len(pattern) && pattern[at] == '*' {
				at++
			}
			star, rest = at, name
			continue
		}
		if at == len(pattern) && name == "" {
			return true
		}
		if at < len(pattern) && name != "" {
			if n, size := matchOne(pattern[at:], name); n > 0 {
				at, name = at+n, name[size:]
				continue
			}
		}
		if star < 0 || rest == "" {
			return false
		}
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		at, name = star, rest
	}
}

// matchOne matches the start of a pattern, which is no "*", with the first
// character of a name. It returns the octets used of both, or zeros.
func matchOne(pattern, name string) (used, size int) {
	r, size := utf8.DecodeRuneInString(name)
	switch pattern[0] {
	case '?':
		return 1, size
	case '[':
		n, in := matchClass(pattern, r)
		if !in {
			return 0, 0
		}
		return n, size
	case '\\':
		pattern = pattern[1:]
		used = 1
	}
	want, n := utf8.DecodeRuneInString(pattern)
	if want != r || n != size {
		return 0, 0
	}
	return used + n, size
}

// matchClass reads "[...]" at the start of a pattern and reports whether r is
// in it.
func matchClass(pattern string, r rune) (length int, in bool) {
	at := 1
	negated := pattern[at] == '!' || pattern[at] == '^'
	if negated {
		at++
	}
	for first := true; first || pattern[at] != ']'; first = false {
		low, n := classRune(pattern[at:])
		at += n
		high := low
		if pattern[at] == '-' && pattern[at+1] != ']' {
			high, n = classRune(pattern[at+1:])
			at += 1 + n
		}
		in = in || low <= r && r <= high
	}
	return at + 1, in != negated
}

func classRune(pattern string) (r rune, length int) {
	if pattern[0] == '\\' {
		r, length = utf8.DecodeRuneInString(pattern[1:])
		return r, length + 1
	}
	return utf8.DecodeRuneInString(pattern)
}

// wellFormed reports whether each "[" of a segment has its end, and each
// backslash something behind it.
func wellFormed(segment string) bool {
	for at := 0; at < len(segment); at++ {
		switch segment[at] {
		case '\\':
			if at++; at == len(segment) {
				return false
			}
		case '[':
			n := classLength(segment[at:])
			if n == 0 {
				return false
			}
			at += n - 1
		}
	}
	return true
}

// classLength returns the length of "[...]" at the start of a pattern, or 0
// where it has no end.
func classLength(pattern string) int {
	at := 1
	if at < len(pattern) && (pattern[at] == '!' || pattern[at] == '^') {
		at++
	}
	for first := true; at < len(pattern); first = false {
		switch {
		case pattern[at] == ']' && !first:
			return at + 1
		case pattern[at] == '\\':
			at++
		}
		at++
	}
	return 0
}
