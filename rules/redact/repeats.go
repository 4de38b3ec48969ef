package redact

import (
	"slices"
	"strings"
)

// repeats are lines of content that a recorder may write down again, in words of
// its own: what it has stored, or a message in one string.
type repeats struct {
	lines  []repeat // in the order in which they were sent
	starts map[[shortest]byte][]int32
}

type repeat struct{ text, masked string }

const (
	leastRepeat = 8  // octets of a line that is recognised by itself
	sameStart   = 64 // lines that begin alike, of which each is looked at
)

func (r *repeats) add(text, masked []byte) {
	r.lines = append(r.lines, repeat{string(text), string(masked)})
	if len(text) < leastRepeat {
		return
	}
	if r.starts == nil {
		r.starts = map[[shortest]byte][]int32{}
	}
	key := [shortest]byte([]byte(unstuffed(string(text))))
	known := r.starts[key]
	if len(known) < sameStart && !slices.ContainsFunc(known, func(i int32) bool { return r.lines[i].text == string(text) }) {
		r.starts[key] = append(known, int32(len(r.lines)-1))
	}
}

// maskRepeats masks the content between two places where no party speaks.
func (c *copier) maskRepeats(from, to int) {
	for at := from; at+leastRepeat <= to; at++ {
		for _, i := range c.repeats.starts[[shortest]byte(c.data[at:])] {
			if end := c.maskRepeat(int(i), at, to); end > at {
				at = end - 1
				break
			}
		}
	}
}

// maskRepeat masks line i of the content where it stands at a place, and those
// that follow it there, and returns where they end.
func (c *copier) maskRepeat(i, at, to int) (end int) {
	for end = at; i < len(c.repeats.lines); i++ {
		line := &c.repeats.lines[i]
		text, masked := line.text, line.masked
		pieces, stop := c.placer.exactly([]byte(text), at, to)
		if pieces == nil {
			text, masked = unstuffed(text), unstuffed(masked)
			pieces, stop = c.placer.exactly([]byte(text), at, to)
		}
		if pieces == nil && text != "" {
			break
		}
		if !c.touched(at, stop) {
			c.write(pieces, []byte(text), []byte(masked))
		}
		end = stop
		if at = lineEnds(c.data[:to], stop); at == stop {
			break
		}
	}
	return end
}

// unstuffed takes off the period that the client has put before another one (RFC
// 5321 §4.5.2).
func unstuffed(text string) string {
	if strings.HasPrefix(text, "..") {
		return text[1:]
	}
	return text
}

// lineEnds returns the place behind a line end, as it is or in escapes.
func lineEnds(data []byte, at int) int {
	for _, c := range [...]byte{'r', 'n'} {
		raw := map[byte]byte{'r': '\r', 'n': '\n'}[c]
		switch {
		case at < len(data) && data[at] == raw:
			at++
		case at+1 < len(data) && data[at] == '\\' && data[at+1] == c:
			at += 2
		}
	}
	return at
}
