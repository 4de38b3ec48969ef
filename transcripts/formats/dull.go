package formats

// dull remembers how lines begin that no notation has claimed, time after time:
// a mail log is full of lines of other daemons, and weighing each of them by
// every notation would cost more than all the rest.
type dull struct {
	misses [1 << 10]uint8 // by shape
}

const (
	dullAfter = 32 // lines of one shape without weight, until they are passed over
	dullSpare = 64 // of which one is weighed all the same
	shapeSpan = 40 // octets that make the shape of a line
)

// pass reports whether a line need not be weighed.
func (d *dull) pass(line []byte) bool {
	m := &d.misses[shape(line)]
	if *m < dullAfter {
		return false
	}
	*m++
	if *m >= dullAfter+dullSpare {
		*m = dullAfter
		return false
	}
	return true
}

// miss notes that a line had no weight, hit that it had.
func (d *dull) miss(line []byte) {
	if m := &d.misses[shape(line)]; *m < dullAfter {
		*m++
	}
}

func (d *dull) hit(line []byte) { d.misses[shape(line)] = 0 }

// shape hashes how a line begins: letters of one case are alike, and so are
// digits; runs of them count once.
func shape(line []byte) uint32 {
	h, last := uint32(2166136261), byte(0)
	for _, c := range line[:min(len(line), shapeSpan)] {
		switch {
		case isDigit(c):
			c = '0'
		case 'a' <= c && c <= 'z':
			c = 'a'
		case 'A' <= c && c <= 'Z':
			c = 'A'
		}
		if c == last && (c == '0' || c == 'a' || c == 'A') {
			continue
		}
		last = c
		h = (h ^ uint32(c)) * 16777619
	}
	return h >> (32 - 10)
}
