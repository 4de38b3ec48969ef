package capture

// A voice is one side's unfinished line.
type voice struct {
	partial []byte
	cut     int64 // octets of it that are not in partial
	last    byte  // its last octet
	begun   origin
	offset  int64 // what had been said when it began
	tear    tear
	dropped int64 // octets behind a gap, up to the end of their line
}

type tear uint8

const (
	whole    tear = iota
	torn          // octets are missing; what comes next may be the rest of a line
	tornOff       // it is
	answered      // the server did not wait for the end of the line; what comes next is the rest of it
)

const (
	longestLine = 64 << 10 // what is longer is cut
	longCommand = 512      // octets that a server need not take (RFC 5321 §4.5.3.1.4)
)

func (v *voice) fresh() bool { return len(v.partial) == 0 && v.tear < tornOff }

// add appends octets to a line, which begins with them if it is empty.
func (v *voice) add(b []byte, at *origin, offset int64) {
	if len(v.partial) == 0 {
		at.lines++
		v.begun, v.offset = *at, offset
	}
	n := min(len(b), longestLine-len(v.partial))
	v.partial = append(v.partial, b[:n]...)
	v.cut += int64(len(b) - n)
	if len(b) > 0 {
		v.last = b[len(b)-1]
	}
}

func (v *voice) length() int64 { return int64(len(v.partial)) + v.cut }

// halfEnd takes a CR off the end of an unfinished line, which may be half of a
// CRLF, and returns how many octets that were.
func (v *voice) halfEnd() int64 {
	n := len(v.partial)
	if n == 0 || v.cut > 0 || v.partial[n-1] != '\r' {
		return 0
	}
	v.partial, v.last = v.partial[:n-1], 0
	return 1
}
