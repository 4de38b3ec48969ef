package formats

import "bytes"

// screen replays what a terminal was sent for one line: what is typed and
// rubbed out again is recorded as backspaces and blanks.
type screen struct{ cells []byte }

// show returns the line as it stood on the screen in the end. It is valid
// until the next call.
func (s *screen) show(text []byte) []byte {
	if bytes.IndexByte(text, '\b') < 0 && bytes.IndexByte(text, 0x1b) < 0 {
		return text
	}
	s.cells = s.cells[:0]
	at := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\b':
			at = max(0, at-1)
		case '\r':
			at = 0
		case '\a':
		case 0x1b:
			n, erases := escapeSequence(text[i:])
			if erases {
				s.cells = s.cells[:at]
			}
			i += n - 1
		default:
			if at == len(s.cells) {
				s.cells = append(s.cells, c)
			} else {
				s.cells[at] = c
			}
			at++
		}
	}
	// What was rubbed out last is blank.
	if len(bytes.TrimRight(s.cells[at:], " ")) == 0 {
		s.cells = s.cells[:at]
	}
	return s.cells
}

// escapeSequence returns the length of the escape sequence that b begins with,
// and whether it erases the rest of the line (ECMA-48 §5.4, §8.3.41).
func escapeSequence(b []byte) (n int, erases bool) {
	if len(b) < 2 {
		return len(b), false
	}
	switch b[1] {
	case '[':
		for n = 2; n < len(b); n++ {
			if b[n] >= 0x40 && b[n] <= 0x7e {
				return n + 1, b[n] == 'K' && n == 2
			}
		}
	case ']': // a title, up to BEL or ESC \
		for n = 2; n < len(b); n++ {
			if b[n] == '\a' {
				return n + 1, false
			}
			if b[n] == '\\' && b[n-1] == 0x1b {
				return n + 1, false
			}
		}
	default:
		return 2, false
	}
	return len(b), false
}
