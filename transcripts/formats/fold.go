package formats

import "bytes"

// unfold hands out the lines of a reply that a recorder has put into one, with
// line feeds between them and the code only before the first: each gets its
// code again. It builds them in buf, and returns that for the next time.
func unfold(buf, reply []byte, each func(line []byte)) []byte {
	if !replyShaped(reply) {
		return buf
	}
	code, rest := reply[:3], bytes.TrimLeft(bytes.TrimSuffix(reply[3:], []byte{'\n'}), " ")
	for {
		one, more, goesOn := bytes.Cut(rest, []byte{'\n'})
		sep := byte(' ')
		if goesOn {
			sep = '-'
		}
		buf = append(append(append(buf[:0], code...), sep), one...)
		each(buf)
		if !goesOn {
			return buf
		}
		rest = more
	}
}
