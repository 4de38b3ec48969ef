package formats

import "sync"

const digits = "0123456789"

// signers returns which notations of All can give a line a weight, by how it
// begins. Of a hundred a dozen are left, and a small recording costs little more
// than the weighing of its first lines.
func signers(line []byte) []uint8 {
	if len(line) == 0 {
		return nil
	}
	return byFirst()[line[0]]
}

// byFirst lists the notations for each octet that a line can begin with.
var byFirst = sync.OnceValue(func() *[256][]uint8 {
	var lists [256][]uint8
	for i, f := range All {
		for _, c := range []byte(f.First) {
			lists[c] = append(lists[c], uint8(i))
		}
		if f.First == "" {
			for c := range lists {
				lists[c] = append(lists[c], uint8(i))
			}
		}
	}
	return &lists
})

// shapers lists the notations that have a Shape.
var shapers = sync.OnceValue(func() (list []uint8) {
	for i, f := range All {
		if f.Shape != nil {
			list = append(list, uint8(i))
		}
	}
	return list
})
