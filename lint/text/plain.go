package text

// Plain returns the length of a part of s, from its start, that is plain: ASCII
// without control characters, quotes ("), backslashes and number signs. It
// looks at eight octets at once, so that what follows may begin plain, too.
func Plain[S string | []byte](s S) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		// Taking one from every octet of w^c sets the high bit of those that are
		// c. A borrow can make another octet look odd, never plain.
		odd := w | (w - 0x20*ones) | (w ^ 0x7f*ones - ones) |
			(w ^ '"'*ones - ones) | (w ^ '\\'*ones - ones) | (w ^ '#'*ones - ones)
		if odd&high != 0 {
			break
		}
	}
	return i
}
