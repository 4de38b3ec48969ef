// Package baseline keeps findings that are known, so that only new ones fail a
// run. They are known by recording, rule and fingerprint, and counted: line
// numbers may change, and a recording may be made anew.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/smtplint/smtplint/lint"
)

// Name is the usual name of a baseline.
const Name = ".smtplint-baseline.json"

// An Entry is a number of findings that are alike.
type Entry struct {
	Path        string `json:"path"` // relative to the baseline, with slashes
	Rule        string `json:"rule"`
	Fingerprint string `json:"fingerprint"`
	Count       int    `json:"count"`
}

type key struct{ path, rule, fingerprint string }

func (e *Entry) key() key { return key{e.Path, e.Rule, e.Fingerprint} }

// A Baseline is a set of known findings, and how many of them a run has met.
type Baseline struct {
	dir   string // absolute; what paths are relative to
	known map[key]int
	met   map[key]int
	seen  map[string]bool // the recordings that the run has looked at
}

// New makes an empty baseline that is to be kept at path.
func New(path string) (*Baseline, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return &Baseline{dir: filepath.Dir(abs), known: map[key]int{}, met: map[key]int{}, seen: map[string]bool{}}, nil
}

// file is the contract. Fields are only ever added.
type file struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// Load reads a baseline.
func Load(path string) (*Baseline, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no baseline %s: \"smtplint baseline write\" makes one", path)
	}
	if err != nil {
		return nil, err
	}
	b, err := New(path)
	if err != nil {
		return nil, err
	}
	var f file
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("%s is no baseline: %w", path, err)
	}
	if f.Version != 1 {
		return nil, fmt.Errorf("%s is no baseline that this smtplint knows: its version is %d, not 1", path, f.Version)
	}
	for i := range f.Findings {
		e := &f.Findings[i]
		if e.Path == "" || e.Rule == "" || e.Fingerprint == "" || e.Count < 1 {
			return nil, fmt.Errorf("%s is no baseline: finding %d lacks its path, rule, fingerprint or count", path, i+1)
		}
		b.known[e.key()] += e.Count
	}
	return b, nil
}

// Apply suppresses the findings of a recording that are known. It is called once
// for each.
func (b *Baseline) Apply(f *lint.File) {
	path := b.pathOf(f.Path)
	b.seen[path] = true
	for i := range f.Findings {
		d := &f.Findings[i]
		if d.Suppressed != "" {
			continue
		}
		k := key{path, d.Rule.ID, d.Fingerprint()}
		b.met[k]++
		if b.met[k] <= b.known[k] {
			d.Suppressed = "baseline"
		}
	}
}

// Stale is the number of known findings that recordings do not have any more
// which the run has looked at.
func (b *Baseline) Stale() (n int) {
	for k, count := range b.known {
		if b.seen[k.path] {
			n += max(0, count-b.met[k])
		}
	}
	return n
}

// Accept makes known what the run has met, and nothing else.
func (b *Baseline) Accept() { b.known = maps.Clone(b.met) }

// Shrink forgets what recordings do not have any more which the run has looked
// at, and recordings that are gone. It returns how many findings that were.
func (b *Baseline) Shrink() (n int) {
	for k, count := range b.known {
		left := count
		switch {
		case b.seen[k.path]:
			left = min(count, b.met[k])
		case b.gone(k.path):
			left = 0
		}
		n += count - left
		if b.known[k] = left; left == 0 {
			delete(b.known, k)
		}
	}
	return n
}

func (b *Baseline) gone(path string) bool {
	_, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(path)))
	return errors.Is(err, fs.ErrNotExist)
}

// pathOf names a recording relative to the baseline, wherever smtplint runs.
func (b *Baseline) pathOf(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	rel, err := filepath.Rel(b.dir, abs)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}

// Entries lists what is known, sorted.
func (b *Baseline) Entries() []Entry {
	entries := make([]Entry, 0, len(b.known))
	for k, n := range b.known {
		entries = append(entries, Entry{k.path, k.rule, k.fingerprint, n})
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return entries
}

// Len is the number of findings that are known.
func (b *Baseline) Len() (n int) {
	for _, count := range b.known {
		n += count
	}
	return n
}

// Write writes the baseline, an entry on each line, so that changes are easy to
// review.
func (b *Baseline) Write(w io.Writer) error {
	buf := []byte("{\"version\": 1, \"findings\": [")
	for i, e := range b.Entries() {
		if i > 0 {
			buf = append(buf, ',')
		}
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		buf = append(append(buf, "\n  "...), line...)
	}
	_, err := w.Write(append(buf, "\n]}\n"...))
	return err
}
