// Package names finds what is known of a connection by the recorder's name for
// it.
package names

import (
	"iter"
	"maps"
	"slices"
)

// A Table maps names to values. It is a map for many connections that are
// recorded among each other: every line names one of them, nearly always one
// that was named shortly before, and what serves one session after the other
// has the same name each time.
type Table[T any] struct {
	all    map[string]*entry[T]
	live   int
	recent *[slots]*entry[T] // by the end of their names
}

type entry[T any] struct {
	name  string
	gone  bool
	value T
}

const (
	slots    = 1 << 12
	few      = 8       // names that need no slots
	mostGone = 1 << 10 // names that are remembered for those who come back
)

// Get returns the value of a name, or nil.
func (t *Table[T]) Get(name []byte) *T {
	if e := t.find(name); e != nil && !e.gone {
		return &e.value
	}
	return nil
}

// Recent returns the value of a name in two parts, if it is one of those that
// were asked for last; else nil, also for a name that has a value.
func (t *Table[T]) Recent(start, rest []byte) *T {
	if t.recent == nil {
		return nil
	}
	e, n := t.recent[slotOf(rest)], len(start)
	if e == nil || e.gone || len(e.name) != n+len(rest) || e.name[n:] != string(rest) || e.name[:n] != string(start) {
		return nil
	}
	return &e.value
}

// Of returns the value of a name, and the name to keep. A fresh one is zero.
func (t *Table[T]) Of(name []byte) (key string, v *T, fresh bool) {
	e := t.find(name)
	if e == nil {
		e = t.add(name)
	}
	if fresh = e.gone; fresh {
		e.gone = false
		t.live++
	}
	return e.name, &e.value, fresh
}

func (t *Table[T]) find(name []byte) *entry[T] {
	if t.recent == nil {
		return t.all[string(name)]
	}
	slot := &t.recent[slotOf(name)]
	if e := *slot; e != nil && e.name == string(name) {
		return e
	}
	e := t.all[string(name)]
	if e != nil {
		*slot = e
	}
	return e
}

// add adds a name as if it were gone.
func (t *Table[T]) add(name []byte) *entry[T] {
	if t.all == nil {
		t.all = map[string]*entry[T]{}
	}
	e := &entry[T]{name: string(name), gone: true}
	t.all[e.name] = e
	if t.recent == nil && len(t.all) > few {
		t.recent = new([slots]*entry[T])
	}
	if t.recent != nil {
		t.recent[slotOf(name)] = e
	}
	return e
}

// Delete forgets the value of a name, and makes it zero.
func (t *Table[T]) Delete(name []byte) {
	e := t.find(name)
	if e == nil || e.gone {
		return
	}
	var none T
	e.value, e.gone = none, true
	if t.live--; len(t.all) > mostGone+2*t.live {
		t.sweep()
	}
}

// sweep forgets the names that are gone.
func (t *Table[T]) sweep() {
	for name, e := range t.all {
		if e.gone {
			delete(t.all, name)
			if slot := &t.recent[slotOf([]byte(name))]; *slot == e {
				*slot = nil
			}
		}
	}
}

// Clear forgets all names.
func (t *Table[T]) Clear() { *t = Table[T]{} }

// Len returns how many names have a value.
func (t *Table[T]) Len() int { return t.live }

// Sorted yields the names with a value and their values in the order of the names.
func (t *Table[T]) Sorted() iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		for _, name := range slices.Sorted(maps.Keys(t.all)) {
			if e := t.all[name]; !e.gone && !yield(name, &e.value) {
				return
			}
		}
	}
}

// slotOf makes a number of the end of a name, where names that are counted up
// differ: they are numbers, or end in one in brackets.
func slotOf(name []byte) (n uint32) {
	if k := len(name) - 1; k >= 0 && name[k] == ']' {
		name = name[:k]
	}
	for _, c := range name[max(0, len(name)-4):] {
		n = n*10 + uint32(c)
	}
	return n % slots
}
