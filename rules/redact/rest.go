package redact

// maskRest masks what stands outside of the conversations, or in them in
// another way than the decoder reads: the recorder's own words and the dumps
// beside them.
func (c *copier) maskRest() {
	c.scan(c.data, c.spoken, c.secrets.common, func(from, n int, cells []cell) {
		switch {
		case cells == nil && !c.touched(from, from+n):
			stars(c.out[from : from+n])
		case cells != nil && !c.touched(cells[0].at, cells[n-1].end()):
			for i := range cells[:n] {
				cells[i].put(c.out, '*')
			}
		default:
			return
		}
		c.masked.Credentials++
	})
	if c.opts.Content {
		c.eachUnspoken(c.maskRepeats)
		c.sortPatches()
	}
	if !c.opts.Addresses {
		return
	}
	for at := 0; at < len(c.data); {
		end := lineEnd(c.data, at)
		c.standIns.each(c.data[at:end], func(from int, standIn []byte) {
			if !c.touched(at+from, at+from+len(standIn)) {
				copy(c.out[at+from:], standIn)
			}
		})
		at = end + 1
	}
	c.maskDumps()
}

// eachUnspoken calls each for the parts of the recording where no party speaks.
func (c *copier) eachUnspoken(each func(from, to int)) {
	from := 0
	for _, begin := range append(c.spoken, len(c.data)) {
		if begin > from {
			each(from, begin)
		}
		if begin >= from && begin < len(c.data) {
			from = min(lineEnd(c.data, begin)+1, len(c.data))
		}
	}
}

// maskDumps masks addresses in dumps.
func (c *copier) maskDumps() {
	eachDump(c.data, func(cells []cell) {
		text := make([]byte, len(cells))
		for i := range cells {
			text[i] = cells[i].octet
		}
		c.standIns.each(text, func(from int, standIn []byte) {
			if c.touched(cells[from].at, cells[from+len(standIn)-1].end()) {
				return
			}
			for i, octet := range standIn {
				cells[from+i].put(c.out, octet)
			}
		})
	})
}

// scan finds the secrets in a recording: n octets of it from a place on, or n
// cells of a dump. Words that may mean something else are no secrets in the lines
// of the conversations, by where they begin, and where words is false.
func (c *copier) scan(data []byte, spoken []int, words bool, each func(from, n int, cells []cell)) {
	if len(c.secrets.known) == 0 {
		return
	}
	for begin := 0; begin < len(data); {
		end := lineEnd(data, begin)
		line := data[begin:end]
		for len(spoken) > 0 && spoken[0] < begin {
			spoken = spoken[1:]
		}
		words := words && (len(spoken) == 0 || spoken[0] != begin)
		for at, n := c.secrets.find(line, 0, words); n > 0; at, n = c.secrets.find(line, at+n, words) {
			each(begin+at, n, nil)
		}
		begin = end + 1
	}
	eachDump(data, func(cells []cell) {
		text := make([]byte, len(cells))
		for i := range cells {
			text[i] = cells[i].octet
		}
		for at, n := c.secrets.find(text, 0, false); n > 0; at, n = c.secrets.find(text, at+n, false) {
			each(0, n, cells[at:])
		}
	})
}

// eachDump calls each for the octets of rows of a dump that follow each other.
// Of very many of them the last are shown again with the next.
func eachDump(data []byte, each func(cells []cell)) {
	var cells []cell
	for begin := 0; begin < len(data); {
		end := lineEnd(data, begin)
		before := len(cells)
		cells = dumpRow(cells, data[begin:end], begin)
		switch {
		case len(cells) == before && before > 0:
			each(cells)
			cells = cells[:0]
		case len(cells) > widest:
			each(cells)
			cells = append(cells[:0], cells[len(cells)-longest:]...)
		}
		begin = end + 1
	}
	if len(cells) > 0 {
		each(cells)
	}
}

const longest = 12 << 10 // the octets of a secret, about (RFC 4954 §4.7)
