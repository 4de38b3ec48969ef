package capture

import "hash/maphash"

// A key names a connection by its two ends, the lower one first, so that both
// directions have the same.
type key struct {
	low, high         addr
	lowPort, highPort uint16
}

// is reports whether two keys are the same, the parts that differ most first.
func (k *key) is(o *key) bool {
	return k.low.lo == o.low.lo && k.lowPort == o.lowPort && k.highPort == o.highPort && k.high == o.high && k.low.hi == o.low.hi
}

// fill makes k the key of a segment's connection, and reports whether the
// segment comes from its higher end.
func (k *key) fill(s *segment) (fromHigh bool) {
	low, high, lowPort, highPort := &s.src, &s.dst, s.sport, s.dport
	fromHigh = low.hi > high.hi || low.hi == high.hi && (low.lo > high.lo || low.lo == high.lo && lowPort > highPort)
	if fromHigh {
		low, high, lowPort, highPort = high, low, highPort, lowPort
	}
	k.low.hi, k.low.lo, k.lowPort = low.hi, low.lo, lowPort
	k.high.hi, k.high.lo, k.highPort = high.hi, high.lo, highPort
	return fromHigh
}

// table finds connections. It is an open-addressed hash table with linear
// probing, half full at most: the map of the standard library would take a
// quarter of the time that a capture of short commands takes to read.
type table struct {
	slots  []slot
	count  int
	seed   uint64
	recent [1 << recentBits]*flow // found of late, by their ports
}

type slot struct {
	hash uint32
	flow *flow
}

func newTable() table {
	return table{slots: make([]slot, 1<<10), seed: maphash.String(maphash.MakeSeed(), "")}
}

func (t *table) hash(k *key) uint32 {
	h := t.seed ^ k.low.lo
	h = (h ^ h>>32) * 0x9e3779b97f4a7c15
	h ^= k.high.lo ^ uint64(k.lowPort)<<48 ^ uint64(k.highPort)<<16
	h = (h ^ h>>32) * 0xd6e8feb86659fd93
	if k.low.hi|k.high.hi != 0 {
		h ^= k.low.hi ^ k.high.hi*3
		h = (h ^ h>>32) * 0x9e3779b97f4a7c15
	}
	return uint32(h >> 32)
}

const recentBits = 9

// recently is where a connection with a key is put when it is found.
func (t *table) recently(k *key) *(*flow) { return &t.recent[(k.lowPort+k.highPort)%(1<<recentBits)] }

// find returns the connection with a key, or nil.
func (t *table) find(k *key) *flow {
	recent := t.recently(k)
	if f := *recent; f != nil && f.key.is(k) {
		return f
	}
	h := t.hash(k)
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; t.slots[i].flow != nil; i = (i + 1) & mask {
		if s := &t.slots[i]; s.hash == h && s.flow.key.is(k) {
			*recent = s.flow
			return s.flow
		}
	}
	return nil
}

// add puts a connection in. There is none with its key.
func (t *table) add(f *flow) {
	if 2*t.count >= len(t.slots) {
		old := t.slots
		t.slots = make([]slot, 2*len(old))
		for _, s := range old {
			if s.flow != nil {
				t.place(s)
			}
		}
	}
	t.place(slot{t.hash(&f.key), f})
	t.count++
	*t.recently(&f.key) = f
}

func (t *table) place(s slot) {
	mask := uint32(len(t.slots) - 1)
	i := s.hash & mask
	for t.slots[i].flow != nil {
		i = (i + 1) & mask
	}
	t.slots[i] = s
}

// remove takes a connection out, and moves those up that were displaced by it.
func (t *table) remove(f *flow) {
	mask := uint32(len(t.slots) - 1)
	i := t.hash(&f.key) & mask
	for t.slots[i].flow != f {
		i = (i + 1) & mask
	}
	for j := (i + 1) & mask; t.slots[j].flow != nil; j = (j + 1) & mask {
		if home := t.slots[j].hash & mask; (j-home)&mask >= (j-i)&mask {
			t.slots[i] = t.slots[j]
			i = j
		}
	}
	t.slots[i] = slot{}
	t.count--
	if recent := t.recently(&f.key); *recent == f {
		*recent = nil
	}
}
