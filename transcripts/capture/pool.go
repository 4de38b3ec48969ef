package capture

// pool lends buffers for octets that must be kept. There are a few sizes, so
// that what many connections keep stays small.
type pool struct{ spare [len(poolSizes)][][]byte }

var poolSizes = [...]int{256, 2 << 10, 16 << 10, 64 << 10}

const mostSpare = 256 << 10 // octets of each size

// copy returns a copy of b in a lent buffer.
func (p *pool) copy(b []byte) []byte {
	for i, size := range poolSizes {
		if len(b) > size {
			continue
		}
		if len(b) == 0 {
			return nil
		}
		var buf []byte
		if n := len(p.spare[i]); n > 0 {
			buf, p.spare[i] = p.spare[i][n-1], p.spare[i][:n-1]
		} else {
			buf = make([]byte, 0, size)
		}
		return append(buf, b...)
	}
	return append([]byte(nil), b...)
}

// free takes a buffer back.
func (p *pool) free(b []byte) {
	for i, size := range poolSizes {
		if cap(b) == size && len(p.spare[i])*size < mostSpare {
			p.spare[i] = append(p.spare[i], b[:0])
		}
	}
}
