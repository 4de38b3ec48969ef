package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Detect returns how to read a recording, judged by its head, or nil: a format
// of All, made to take off what other programs have put before each line, and
// to follow when the recording goes on in another notation.
func Detect(head []byte) *transcripts.Format {
	for _, f := range All {
		if f.Begins != nil && f.Begins(head) {
			return f
		}
	}
	if hasCallouts(head) {
		return detectWithin(head)
	}
	return detect(head)
}

// detect does the same for lines of text.
func detect(head []byte) *transcripts.Format {
	s := newScorer(head)
	best, weight := s.best(nil)
	var layers []peel
	if weight < sure { // else the notation is taken as it stands
		layers, best, weight = s.search(nil, best, weight)
	}
	if best == nil && s.cut {
		return Search
	}
	if best == nil {
		return nil
	}
	f := *best
	f.New = func(head []byte) transcripts.Decoder {
		if len(layers) == 0 {
			return newFollower(best, best.New(head))
		}
		return newPeeled(layers, newFollower(best, best.New(peelHead(layers, head))))
	}
	if len(layers) > 0 {
		f.Proves |= transcripts.Clock // taken away again where the prefixes have no time
	}
	return &f
}

const (
	sure        = 2 * transcripts.Strong // the weight at which no prefix is looked for
	beyondDoubt = 2 * transcripts.Strong // the weight at which no further line is, if none comes near
)

// scorer weighs the lines of a head. Message content can look like anything,
// so lines count up to the first 354.
type scorer struct {
	lines [][]byte // with their CR
	cut   bool     // there are more
}

const (
	mostLines  = 400 // that are weighed
	usualLines = 32  // before the first 354
)

func newScorer(head []byte) *scorer {
	s := &scorer{lines: make([][]byte, 0, usualLines)}
	whole := len(head) < transcripts.HeadLength
	for len(head) > 0 {
		if len(s.lines) == mostLines {
			s.cut = true
			break
		}
		line := head
		if n := bytes.IndexByte(head, '\n'); n >= 0 {
			line, head = head[:n], head[n+1:]
		} else if head = nil; !whole && len(s.lines) > 0 {
			break // cut off
		}
		line = plainText(line)
		if len(withoutCR(line)) == 0 {
			continue
		}
		s.lines = append(s.lines, line)
		if asksForContent(withoutCR(line)) {
			break
		}
	}
	return s
}

// best returns the format with the greatest weight once the layers are off.
// Where a recording holds several, the first that is beyond doubt counts; the
// others are found when their turn comes.
func (s *scorer) best(layers []peel) (best *transcripts.Format, weight int) {
	var weights [maxFormats]int
	s.shapes(layers, &weights)
	lead := lead{first: -1}
	for _, i := range shapers() {
		lead.take(int(i), weights[i])
	}
	var candidates [maxFormats]uint8
	for _, line := range s.lines {
		if line = withoutCR(peelAll(layers, line)); len(line) == 0 {
			continue
		}
		for _, i := range signers(line, &candidates) {
			if w := All[i].Sign(line); w > 0 {
				weights[i] += w
				lead.take(int(i), weights[i])
			}
		}
		if lead.weight > weight {
			best, weight = All[lead.first], lead.weight
		}
		if weight >= beyondDoubt && weight >= 2*lead.second {
			break
		}
	}
	return best, weight
}

// lead is which notation has the greatest weight above 0, the first of several.
type lead struct {
	first  int // -1: none has
	weight int
	second int // the greatest weight of the others
}

// take notes that a notation has a weight, which is not less than it was.
func (l *lead) take(i, weight int) {
	switch {
	case i == l.first:
		l.weight = weight
	case weight > l.weight || weight == l.weight && i < l.first:
		l.first, l.weight, l.second = i, weight, l.weight
	default:
		l.second = max(l.second, weight)
	}
}

// shapes weighs what the lines show together.
func (s *scorer) shapes(layers []peel, weights *[maxFormats]int) {
	lines := s.lines
	if len(layers) > 0 {
		lines = make([][]byte, 0, len(s.lines))
		for _, line := range s.lines {
			if line = peelAll(layers, line); len(withoutCR(line)) > 0 {
				lines = append(lines, line)
			}
		}
	}
	for _, i := range shapers() {
		weights[i] = All[i].Shape(lines)
	}
}

func withoutCR(line []byte) []byte { return bytes.TrimSuffix(line, []byte{'\r'}) }

const maxFormats = 256

// search looks for layers which, taken off below the given ones, give a
// greater weight. A layer must be on most lines.
func (s *scorer) search(under []peel, best *transcripts.Format, weight int) ([]peel, *transcripts.Format, int) {
	layers := under
	for _, p := range peels {
		on := 0
		for _, line := range s.lines {
			if p(peelAll(under, line), nil).text != nil {
				on++
			}
		}
		if on*2 < len(s.lines) {
			continue
		}
		next := append(under[:len(under):len(under)], p)
		if f, w := s.best(next); w > weight {
			layers, best, weight = next, f, w
		}
		if len(next) < mostPeels {
			if l, f, w := s.search(next, best, weight); w > weight {
				layers, best, weight = l, f, w
			}
		}
	}
	return layers, best, weight
}

// peelHead takes the layers off every line of a head.
func peelHead(layers []peel, head []byte) []byte {
	out := make([]byte, 0, len(head))
	for len(head) > 0 {
		line := head
		if n := bytes.IndexByte(head, '\n'); n >= 0 {
			line, head = head[:n], head[n+1:]
		} else {
			head = nil
		}
		out = append(append(out, peelAll(layers, line)...), '\n')
	}
	return out
}

// asksForContent reports whether a line has a 354 reply somewhere in it.
func asksForContent(line []byte) bool {
	n := bytes.Index(line, []byte("354"))
	if n < 0 || n > 0 && isDigit(line[n-1]) || n > 120 {
		return false
	}
	return n+3 == len(line) || line[n+3] == ' '
}

// plainText takes colours off a line, and what shells send around a command:
// terminals' and CI systems' logs are full of them.
func plainText(line []byte) []byte {
	if bytes.IndexByte(line, 0x1b) < 0 {
		return line
	}
	out := make([]byte, 0, len(line))
	for i := 0; i < len(line); i++ {
		n := colour(line[i:])
		if n == 0 {
			n = pasteMode(line[i:])
		}
		if n > 0 {
			i += n - 1
			continue
		}
		out = append(out, line[i])
	}
	return out
}

// colour returns the length of the escape sequence for a colour at the start of
// b, or 0.
func colour(b []byte) int {
	if len(b) < 3 || b[0] != 0x1b || b[1] != '[' {
		return 0
	}
	for n := 2; n < len(b) && n < 24; n++ {
		switch c := b[n]; {
		case c == 'm' || c == 'K':
			return n + 1
		case !isDigit(c) && c != ';':
			return 0
		}
	}
	return 0
}

// pasteMode returns the length of the sequence by which a shell lets a terminal
// mark pasted text, or no longer, at the start of b. It ends the latter with a
// CR, behind which the output of the command begins.
func pasteMode(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("\x1b[?2004l\r")):
		return len("\x1b[?2004l\r")
	case bytes.HasPrefix(b, []byte("\x1b[?2004l")), bytes.HasPrefix(b, []byte("\x1b[?2004h")):
		return len("\x1b[?2004l")
	}
	return 0
}
