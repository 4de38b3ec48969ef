package formats

// dull remembers how lines begin that no notation has claimed, time after time:
// a mail log is full of lines of other daemons, and weighing each of them by
// every notation would cost more than all the rest.
type dull struct {
	misses [1 << 10]uint8 // by shape
	line   *uint8         // those of the line that was looked at last
	start  [shapeStart]byte
	begun  hashing // of such a start: most lines begin like the one before
}

const (
	dullAfter  = 32 // lines of one shape without weight, until they are passed over
	dullSpare  = 64 // of which one is weighed all the same
	shapeSpan  = 40 // octets that make the shape of a line
	shapeStart = 32
)

// pass looks at a line and reports whether it need not be weighed.
func (d *dull) pass(line []byte) bool {
	d.line = &d.misses[d.shape(line)]
	if *d.line < dullAfter {
		return false
	}
	*d.line++
	if *d.line >= dullAfter+dullSpare {
		*d.line = dullAfter
		return false
	}
	return true
}

// miss notes that the line had no weight, hit that it had.
func (d *dull) miss() {
	if *d.line < dullAfter {
		*d.line++
	}
}

func (d *dull) hit() { *d.line = 0 }

// shape hashes how a line begins.
func (d *dull) shape(line []byte) uint32 {
	line = line[:min(len(line), shapeSpan)]
	h := hashing{hash: 2166136261}
	if len(line) > shapeStart {
		if start := [shapeStart]byte(line); start != d.start {
			d.start, d.begun = start, h
			d.begun.add(start[:])
		}
		h, line = d.begun, line[shapeStart:]
	}
	h.add(line)
	return h.hash >> (32 - 10)
}

// hashing is the hash of octets, in which letters of one case are alike, and so
// are digits; runs of them count once.
type hashing struct {
	hash uint32
	last uint16 // its kind
}

func (h *hashing) add(octets []byte) {
	hash, last := h.hash, h.last
	for _, c := range octets {
		k := kinds[c]
		next := (hash ^ uint32(k&^same)) * 16777619
		if k&same == 0 {
			hash = next
		}
		if k != last {
			hash = next
		}
		last = k
	}
	h.hash, h.last = hash, last
}

// same marks the kinds of which a run counts once.
const same = 1 << 8

// kinds takes octets to what they count as.
var kinds = func() (kinds [256]uint16) {
	for i := range kinds {
		switch c := uint8(i); {
		case isDigit(c):
			kinds[i] = same | '0'
		case 'a' <= c && c <= 'z':
			kinds[i] = same | 'a'
		case 'A' <= c && c <= 'Z':
			kinds[i] = same | 'A'
		default:
			kinds[i] = uint16(c)
		}
	}
	return kinds
}()
