package transcripts

import "unsafe"

// An arena holds the text of one session. It is reused for the next one, so
// that reading a clean file makes no garbage; whoever wants to keep a piece
// of a Session must copy it.
type arena struct {
	blocks [][]byte
	used   int // blocks in use; the last of them is being filled
	kept   int // octets
}

// Blocks grow, so that a hundred thousand short sessions at once stay small.
const (
	firstBlock = 512
	lastBlock  = 32 << 10
	mostBlocks = 16 // that are kept for the next session: a long line passes over those that are too small for it
)

// poison makes arenas overwrite text that is handed back, so that tests see at
// once what was kept beyond its session.
var poison = false

// keep copies b into the arena.
func (a *arena) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	a.kept += len(b)
	block := a.room(len(b))
	start := len(*block)
	*block = append(*block, b...)
	return lend((*block)[start:])
}

// room returns a block with space for n more octets, so that appending to it
// never moves what it holds.
func (a *arena) room(n int) *[]byte {
	for a.used > 0 && a.used <= len(a.blocks) {
		b := &a.blocks[a.used-1]
		if cap(*b)-len(*b) >= n {
			return b
		}
		if a.used == len(a.blocks) {
			break
		}
		a.used++
	}
	size := firstBlock
	if k := len(a.blocks); k > 0 {
		size = min(2*cap(a.blocks[k-1]), lastBlock)
	}
	a.blocks = append(a.blocks, make([]byte, 0, max(n, size)))
	a.used = len(a.blocks)
	return &a.blocks[a.used-1]
}

func (a *arena) reset() {
	kept := a.blocks[:0]
	for _, b := range a.blocks {
		if poison {
			full := b[:cap(b)]
			for i := range full {
				full[i] = '!'
			}
			continue // never reused: a string that was kept stays broken
		}
		if cap(b) <= lastBlock && len(kept) < mostBlocks {
			kept = append(kept, b[:0])
		}
	}
	a.blocks, a.used, a.kept = kept, min(1, len(kept)), 0
}

// lend gives b as a string without copying it. What b holds must not change
// while the string is in use.
func lend(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	return unsafe.String(&b[0], len(b))
}
