// Package names finds what is known of a connection by the recorder's name for
// it.
package names

import (
	"iter"
	"maps"
	"slices"
)

// A Table maps names to values. It is a map for many connections that are
// recorded among each other: every line names one of them, and nearly always
// one that was named shortly before.
type Table[T any] struct {
	all    map[string]*entry[T]
	recent *[slots]*entry[T] // by the end of their names
}

type entry[T any] struct {
	name  string
	value T
}

const (
	slots = 1 << 12
	few   = 8 // names that need no slots
)

// Get returns the value of a name, or nil.
func (t *Table[T]) Get(name []byte) *T {
	if e := t.find(name); e != nil {
		return &e.value
	}
	return nil
}

// Of returns the value of a name, and the name to keep. A fresh one is zero.
func (t *Table[T]) Of(name []byte) (key string, v *T, fresh bool) {
	e := t.find(name)
	if e == nil {
		e, fresh = t.add(name), true
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

func (t *Table[T]) add(name []byte) *entry[T] {
	if t.all == nil {
		t.all = map[string]*entry[T]{}
	}
	e := &entry[T]{name: string(name)}
	t.all[e.name] = e
	if t.recent == nil && len(t.all) > few {
		t.recent = new([slots]*entry[T])
	}
	if t.recent != nil {
		t.recent[slotOf(name)] = e
	}
	return e
}

// Delete forgets a name.
func (t *Table[T]) Delete(name []byte) {
	delete(t.all, string(name))
	if t.recent == nil {
		return
	}
	if slot := &t.recent[slotOf(name)]; *slot != nil && (*slot).name == string(name) {
		*slot = nil
	}
}

// Clear forgets all names.
func (t *Table[T]) Clear() { *t = Table[T]{} }

// Len returns how many names there are.
func (t *Table[T]) Len() int { return len(t.all) }

// Sorted yields the names and their values in the order of the names.
func (t *Table[T]) Sorted() iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		for _, name := range slices.Sorted(maps.Keys(t.all)) {
			if !yield(name, &t.all[name].value) {
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
