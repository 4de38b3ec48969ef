package capture

// fragments puts IP packets together that came in pieces (RFC 791 §3.2, RFC
// 8200 §4.5). The pieces may come in any order.
type fragments struct {
	open  map[fragmentKey]*puzzle
	order []fragmentKey // the one begun first comes first
	spare *puzzle
}

type fragmentKey struct {
	src, dst addr
	id       uint32
	proto    byte
}

const (
	mostPuzzles = 64
	longestIP   = 64 << 10
)

// puzzle is a packet of which pieces are missing. It is filled in units of 8
// octets, the unit that IP counts in.
type puzzle struct {
	data  [longestIP]byte
	have  [longestIP / 8]bool
	total int // octets, 0 until the last piece has come
}

// add takes a piece of which length octets were on the wire and returns the
// packet when it is whole; it is valid until the next call. A piece that was
// not captured in full makes none.
func (f *fragments) add(key fragmentKey, at int, more bool, piece []byte, length int) []byte {
	end := at + len(piece)
	if len(piece) < length || len(piece) == 0 || end > longestIP || more && len(piece)%8 != 0 {
		return nil
	}
	p := f.open[key]
	if p == nil {
		p = f.begin(key)
	}
	for from := at; from < end; from += 8 {
		if p.have[from/8] {
			continue // what came first stays
		}
		p.have[from/8] = true
		copy(p.data[from:min(from+8, end)], piece[from-at:])
	}
	if !more {
		p.total = end
	}
	if p.total == 0 {
		return nil
	}
	for _, have := range p.have[:(p.total+7)/8] {
		if !have {
			return nil
		}
	}
	f.drop(key)
	f.spare = p
	return p.data[:p.total]
}

func (f *fragments) begin(key fragmentKey) *puzzle {
	if f.open == nil {
		f.open = map[fragmentKey]*puzzle{}
	}
	if len(f.order) == mostPuzzles {
		f.spare = f.open[f.order[0]]
		f.drop(f.order[0])
	}
	p := f.spare
	if p == nil {
		p = new(puzzle)
	} else {
		f.spare = nil
		p.have, p.total = [longestIP / 8]bool{}, 0
	}
	f.open[key] = p
	f.order = append(f.order, key)
	return p
}

func (f *fragments) drop(key fragmentKey) {
	delete(f.open, key)
	for i, k := range f.order {
		if k == key {
			f.order = append(f.order[:i], f.order[i+1:]...)
			return
		}
	}
}
