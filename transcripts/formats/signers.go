package formats

import (
	"math/bits"
	"sync"
)

const digits = "0123456789"

// signers returns which notations of All can give a line a weight, by how it
// begins and by the octets that it has, in a list that the caller lends. Of a
// hundred a dozen are left, and a small recording costs little more than the
// weighing of its first lines.
func signers(line []byte, list *[maxFormats]uint8) []uint8 {
	if len(line) == 0 {
		return nil
	}
	t := signs()
	var has uint64
	for _, c := range line {
		has |= t.bit[c]
	}
	n := 0
	for word, set := range t.first[line[0]] {
		for ; set != 0; set &= set - 1 {
			i := word*64 + bits.TrailingZeros64(set)
			if t.all[i]&^has == 0 && (t.some[i] == 0 || t.some[i]&has != 0) {
				list[n] = uint8(i)
				n++
			}
		}
	}
	return list[:n]
}

// signTable is what the notations of All say of the lines with a weight.
type signTable struct {
	bit       [256]uint64                  // of each octet that a notation asks for, one of its own
	first     [256][maxFormats / 64]uint64 // the notations for each octet that a line can begin with
	all, some [maxFormats]uint64           // the octets that each asks for, by their bits
}

var signs = sync.OnceValue(func() *signTable {
	t, used := new(signTable), 0
	of := func(octets string) (set uint64) {
		for _, c := range []byte(octets) {
			if t.bit[c] == 0 {
				t.bit[c] = 1 << used
				used++
			}
			set |= t.bit[c]
		}
		return set
	}
	var any [maxFormats / 64]uint64
	for i, f := range All {
		word, bit := i/64, uint64(1)<<(i%64)
		for _, c := range []byte(f.First) {
			t.first[c][word] |= bit
		}
		if f.First == "" {
			any[word] |= bit
		}
		t.all[i], t.some[i] = of(f.Holds), of(f.HoldsOne)
	}
	for c := range t.first {
		for word := range any {
			t.first[c][word] |= any[word]
		}
	}
	return t
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
