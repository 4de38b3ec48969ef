package redact

import (
	"bytes"
	"encoding/base64"
)

// cell is where one octet stands in a row of a dump.
type cell struct {
	octet byte
	at    int  // its two digits; in base64, the four characters that it shares
	text  int  // the character for it beside the digits; -1 where there is none
	upper bool // its digits are capitals
	third int8 // in base64, from 1, which of the octets in four characters; else 0
}

const (
	rowOctets = 32 // in a row at most
	rowWords  = 3 + rowOctets
	half      = 8 // octets of a row, behind which there may be a gap
)

// dumpRow appends the octets of a row of a dump, which stands at an offset of the
// recording. A row is known by the text beside its digits, which says the same.
//
//	0000: 45 48 4c 4f 20 63 6c 69 65 6e 74 2e 65 78 61 6d  EHLO client.exam
//	0x0040:  6578 616d 706c 652e 6f72 670d 0a         example.org..
func dumpRow(cells []cell, line []byte, offset int) []cell {
	var words [rowWords][2]int
	if row, ok := hexLine(cells, line, offset); ok {
		return row
	}
	if row, ok := line64(cells, line, offset); ok {
		return row
	}
	for first, n := 0, splitHex(line, &words); first < n; first++ {
		width := words[first][1] - words[first][0]
		if width != 2 && width != 4 {
			continue
		}
		var row [rowOctets]cell
		most, ends, upper := 0, [rowOctets + 1]int{}, false
		for _, w := range words[first:n] {
			got := w[1] - w[0]
			if got != width && got != 2 || most+got/2 > rowOctets {
				break
			}
			for at := w[0]; at < w[1]; at += 2 {
				v, _ := number(line[at:at+2], 16)
				row[most] = cell{octet: byte(v), at: at, text: -1}
				upper = upper || isCapital(line[at]) || isCapital(line[at+1])
				most++
			}
			ends[most] = w[1]
			if got < width { // the last octet of an odd number
				break
			}
		}
		for n := most; n > 0; n-- {
			if ends[n] > 0 && beside(line, ends[n], row[:n]) {
				for i := range row[:n] {
					row[i].at += offset
					row[i].upper = upper
					if row[i].text >= 0 {
						row[i].text += offset
					}
				}
				return append(cells, row[:n]...)
			}
		}
		if first > 2 {
			break
		}
	}
	return cells
}

// hexLine appends the octets of a line that has nothing but digits in it.
func hexLine(cells []cell, line []byte, offset int) (row []cell, ok bool) {
	row = cells
	for at := 0; at < len(line); at++ {
		if line[at] == ' ' || line[at] == '\t' || line[at] == '\r' {
			continue
		}
		if at+1 == len(line) || !isHex(line[at]) || !isHex(line[at+1]) {
			return nil, false
		}
		v, _ := number(line[at:at+2], 16)
		row = append(row, cell{octet: byte(v), at: offset + at, text: -1, upper: isCapital(line[at]) || isCapital(line[at+1])})
		at++
	}
	return row, len(row) > len(cells)+1
}

// line64 appends the octets of a line that has nothing but base64 in it.
func line64(cells []cell, line []byte, offset int) (row []cell, ok bool) {
	line = bytes.TrimRight(line, " \r")
	text := bytes.TrimLeft(line, " \t")
	if len(text) < least64 || len(text)%4 != 0 {
		return nil, false
	}
	for _, c := range text {
		if !in64(c) {
			return nil, false
		}
	}
	offset += len(line) - len(text)
	row = cells
	for at := 0; at < len(text); at += 4 {
		var octets [3]byte
		n, err := base64.StdEncoding.Decode(octets[:], text[at:at+4])
		if err != nil || n < 3 && at+4 < len(text) {
			return nil, false
		}
		for i, octet := range octets[:n] {
			row = append(row, cell{octet: octet, at: offset + at, text: -1, third: int8(i + 1)})
		}
	}
	return row, true
}

const least64 = 8 // characters

// splitHex finds words of hexadecimal digits, two or four each, and returns
// their number. It stops where something else follows the first of them.
func splitHex(line []byte, words *[rowWords][2]int) (n int) {
	for at := 0; at < len(line) && n < len(words); {
		if line[at] == ' ' || line[at] == '-' || line[at] == '\t' {
			at++
			continue
		}
		end := at
		for end < len(line) && isHex(line[end]) {
			end++
		}
		whole := end == len(line) || line[end] == ' ' || line[end] == '-'
		if length := end - at; whole && (length == 2 || length == 4) {
			words[n] = [2]int{at, end}
			n++
		} else if n > 1 {
			return n
		}
		for end < len(line) && line[end] != ' ' {
			end++
		}
		at = end + 1
	}
	return n
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isCapital(c byte) bool { return 'A' <= c && c <= 'F' }

// beside finds the text beside a row, from the end of its digits on, and reports
// whether it fits. Blanks may stand in its middle, and be missing at its end.
func beside(line []byte, from int, row []cell) bool {
	at := from
	for at < len(line) && (line[at] == ' ' || line[at] == '#' || line[at] == '|') && at-from < 80 {
		at++
	}
	if at == len(line) {
		return blank(row)
	}
	// Blanks at the start of the text look like those before it.
	for start := at; start > from; start-- {
		if fits(line, start, row, false) || len(row) > half && fits(line, start, row, true) {
			return true
		}
		if line[start-1] != ' ' {
			break
		}
	}
	return false
}

func fits(line []byte, at int, row []cell, parted bool) bool {
	for i := range row {
		if parted && i == half && at < len(line) && line[at] == ' ' {
			at++
		}
		c := row[i].octet
		switch {
		case at >= len(line):
			return blank(row[i:])
		case c > 0x20 && c < 0x7f && line[at] != c, c == ' ' && line[at] != ' ' && line[at] != '.', (c < 0x20 || c == 0x7f) && line[at] != '.':
			return false
		}
		row[i].text = at
		at++
	}
	return at >= len(line) || line[at] == ' ' || line[at] == '|' || line[at] == '\r'
}

// blank reports whether a row has nothing in it that can be seen.
func blank(row []cell) bool {
	for i := range row {
		if c := row[i].octet; c != ' ' && c != '\r' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// end returns the place behind an octet of a dump, as far as it is told from that
// of the next one.
func (c *cell) end() int {
	switch c.third {
	case 0:
		return c.at + 2
	case 3:
		return c.at + 4
	}
	return c.at + int(c.third)
}

// put overwrites an octet of a dump.
func (c *cell) put(out []byte, octet byte) {
	if c.third > 0 {
		var octets [3]byte
		if n, err := base64.StdEncoding.Decode(octets[:], out[c.at:c.at+4]); err == nil && n >= int(c.third) {
			octets[c.third-1] = octet
			base64.StdEncoding.Encode(out[c.at:], octets[:n])
		}
		return
	}
	digits := "0123456789abcdef"
	if c.upper {
		digits = "0123456789ABCDEF"
	}
	out[c.at], out[c.at+1] = digits[octet>>4], digits[octet&15]
	if c.text >= 0 && octet >= 0x20 && octet < 0x7f {
		out[c.text] = octet
	}
}
