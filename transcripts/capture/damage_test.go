package capture

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A mutation damages a capture, but nothing that a checksum would have caught.
type mutation struct {
	name   string
	mutate func(r *rand.Rand, header []byte, records [][]byte) [][]byte
}

var mutations = []mutation{
	{"drop", func(r *rand.Rand, _ []byte, all [][]byte) [][]byte {
		n := r.IntN(len(all))
		return append(all[:n:n], all[n+1:]...)
	}},
	{"repeat", func(r *rand.Rand, _ []byte, all [][]byte) [][]byte {
		n := r.IntN(len(all))
		return slices.Insert(all, min(len(all), n+1+r.IntN(5)), all[n])
	}},
	{"delay", func(r *rand.Rand, _ []byte, all [][]byte) [][]byte {
		n := r.IntN(len(all))
		late := all[n]
		all = append(all[:n:n], all[n+1:]...)
		return slices.Insert(all, min(len(all), n+1+r.IntN(4)), late)
	}},
	{"stop", func(r *rand.Rand, _ []byte, all [][]byte) [][]byte { return all[:r.IntN(len(all))] }},
	{"start late", func(r *rand.Rand, _ []byte, all [][]byte) [][]byte { return all[r.IntN(len(all)):] }},
	{"flip", func(r *rand.Rand, header []byte, all [][]byte) [][]byte {
		n := r.IntN(len(all))
		if from, to := payloadOf(header, all[n]); from < to {
			all[n] = bytes.Clone(all[n])
			all[n][from+r.IntN(to-from)] ^= 1 << r.IntN(8)
		}
		return all
	}},
}

// reasons are why we may be right where the opinions differ.
var reasons = []struct {
	name  string
	holds func(data []byte) bool
}{
	// We keep what came first, as most receivers do and none can undo; gopacket
	// keeps now the one, now the other.
	{"sent twice with different values", conflicting},
	// A connection that was reset is over; what was captured later was never read.
	{"said after a reset", goesOnAfterReset},
	// The first packet that was captured is the beginning for us; gopacket puts
	// all of them in order at the end, and begins with the lowest.
	{"begins within a connection, out of order", beginsLater},
}

// TestSecondOpinionOnDamage compares thousands of damaged captures.
func TestSecondOpinionOnDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	all := captures(t)
	paths := slices.Sorted(maps.Keys(all))
	r := rand.New(rand.NewPCG(1, 2))
	tally := map[string]int{}
	for range 6000 {
		path := paths[r.IntN(len(paths))]
		header, records := all[path][:pcapHeader], recordsOf(all[path])
		if len(records) == 0 {
			continue
		}
		m := mutations[r.IntN(len(mutations))]
		out := bytes.Clone(header)
		for range 1 + r.IntN(3) {
			records = m.mutate(r, header, slices.Clone(records))
			if len(records) == 0 {
				break
			}
		}
		for _, rec := range records {
			out = append(out, rec...)
		}
		tally[m.name]++
		if d := opinionsOrReason(out, tally); d != "" {
			t.Errorf("%s of %s: %s", m.name, path, d)
		}
	}
	t.Log(tally)
}

// conflicting reports whether some octet was sent twice with different values.
func conflicting(data []byte) bool {
	type place struct {
		key  key
		high bool
		seq  uint32
	}
	sent := map[place]byte{}
	conflict := false
	eachSegment(data, func(_ *frame, s *segment) {
		var k key
		high := k.fill(s)
		for i, c := range s.data {
			at := place{k, high, s.seq + uint32(i)}
			if was, ok := sent[at]; ok && was != c {
				conflict = true
			}
			sent[at] = c
		}
	})
	return conflict
}

// goesOnAfterReset reports whether a connection was reset and used again.
func goesOnAfterReset(data []byte) bool {
	reset := map[key]bool{}
	on := false
	eachSegment(data, func(_ *frame, s *segment) {
		var k key
		k.fill(s)
		on = on || reset[k] && len(s.data) > 0
		reset[k] = reset[k] || s.flags&flagRST != 0
	})
	return on
}

// beginsLater reports whether our streams differ from gopacket's only in that
// they begin later.
func beginsLater(data []byte) bool {
	got, want := ourStreams(data), theirStreams(data)
	for name, w := range want {
		if !strings.HasSuffix(trimGaps(w), trimGaps(got[name])) {
			return false
		}
	}
	return true
}

func eachSegment(data []byte, each func(*frame, *segment)) {
	var inside fragments
	src := newSource(bytes.NewReader(data))
	defer src.release()
	file, err := framesOf(src)
	if err != nil {
		return
	}
	var f frame
	for {
		if more, _ := file.next(&f); !more {
			return
		}
		var s segment
		if inside.find(&f, &s) {
			each(&f, &s)
		}
	}
}

// recordsOf cuts a pcap file into its header and its records. It returns none
// for other files.
func recordsOf(data []byte) (records [][]byte) {
	order := pcapOrder(data)
	if order == nil {
		return nil
	}
	for data = data[pcapHeader:]; len(data) >= 16; {
		n := 16 + int(order.Uint32(data[8:]))
		if n > len(data) {
			break
		}
		records = append(records, data[:n:n])
		data = data[n:]
	}
	return records
}

// payloadOf returns where in a record, in a file with a header, octets of TCP
// payload lie.
func payloadOf(header, record []byte) (from, to int) {
	eachSegment(append(bytes.Clone(header), record...), func(f *frame, s *segment) {
		from = 16 + cap(f.data) - cap(s.data)
		to = from + len(s.data)
	})
	return from, to
}
