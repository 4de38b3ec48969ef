package redact

import (
	"bytes"
	"hash/maphash"

	"github.com/smtplint/smtplint/transcripts"
)

// reading is how a line of the copy must read.
type reading struct {
	hash   uint64
	line   uint32
	secret bool // credentials were masked in it
}

var hashSeed = maphash.MakeSeed()

// read takes down how a line reads. The recorder's own words may change.
func read(l *transcripts.Line, text []byte) reading {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	h.Write([]byte{byte(l.From), byte(l.Note), byte(l.EOL), byte(l.Verdict)})
	if l.From != transcripts.Recorder {
		h.Write(text)
	}
	return reading{hash: h.Sum64(), line: l.Span.Line}
}

// maskLines masks the lines of the conversations.
func (c *copier) maskLines() (fault error) {
	rec := c.recording(c.data)
	defer rec.Close()
	var text []byte
	err := rec.Lines(c.format, c.opts.Hints, func(l *transcripts.Line) {
		if fault != nil {
			return
		}
		text = append(text[:0], l.Text...)
		secret := c.maskSecrets(l, text)
		if c.opts.Addresses && l.From != transcripts.Recorder {
			c.standIns.mask(text)
		}
		content := c.bodies.holds(l)
		if content != nil {
			if l.Cut > 0 {
				fault = &LineError{l.Span.Line, "the line is too long to be masked"}
			}
			c.bodies.mask(content, text, l.EOL)
			c.repeats.add(l.Text, text)
			c.masked.Lines++
		}
		r := read(l, text)
		r.secret = secret
		c.readings = append(c.readings, r)
		if l.From == transcripts.Recorder {
			return
		}
		changes := !bytes.Equal(text, l.Text)
		if changes || c.opts.Content || c.secrets.common {
			pieces := c.placer.place(l)
			if pieces == nil {
				pieces = c.placer.placeEnd(l, text)
			}
			for i := range pieces {
				c.speaks(pieces[i].at)
			}
			if changes {
				c.write(pieces, l.Text, text)
			}
		}
	})
	if line := c.bodies.missed(); fault == nil && line > 0 {
		fault = &LineError{line, cannot}
	}
	if fault == nil {
		fault = err
	}
	return fault
}

// maskSecrets masks the credentials in a line, and reports whether the line was
// sent to tell them.
func (c *copier) maskSecrets(l *transcripts.Line, text []byte) (own bool) {
	if secret := c.own[l.Span.Offset]; l.From == transcripts.Client && secret != "" {
		if at := bytes.LastIndex(text, []byte(secret)); at >= 0 {
			stars(text[at : at+len(secret)])
			c.masked.Credentials++
			own = true
		}
	}
	if l.From != transcripts.Recorder {
		c.secrets.mask(text, false)
	}
	return own
}

// speaks remembers that something of a conversation stands on a line of the
// recording.
func (c *copier) speaks(offset int) {
	begin := lineBegin(c.data, min(offset, len(c.data)))
	if len(c.spoken) == 0 || c.spoken[len(c.spoken)-1] != begin {
		c.spoken = append(c.spoken, begin)
	}
}

// write writes new text in the place of what a line said.
func (c *copier) write(pieces []piece, old, text []byte) {
	for i := range pieces {
		p := &pieces[i]
		was, is := old[p.from:p.from+p.octets], text[p.from:p.from+p.octets]
		switch {
		case bytes.Equal(was, is):
		case p.how == paired:
			p.cell.put(c.out, is[0])
		default:
			c.replace(p.at, p.n, spell(is, p.how))
		}
	}
}

// replace puts text in the place of n octets of the recording.
func (c *copier) replace(at, n int, text []byte) {
	if len(text) == n {
		copy(c.out[at:], text)
		return
	}
	c.patches = append(c.patches, patch{at, n, text})
}
