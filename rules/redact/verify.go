package redact

import (
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

const cannot = "what stands here cannot be masked in this notation"

// verify makes sure of a copy: it is in the same notation, reads as the
// recording does but for what was masked, and no secret is left in it.
func (c *copier) verify(copied []byte) error {
	if detected(copied) != detected(c.data) {
		return &LineError{1, "without what must be masked, the notation is not recognised any more"}
	}
	if err := c.verifyLines(copied); err != nil {
		return err
	}
	spoken, words := c.spoken, c.secrets.common
	if len(c.patches) > 0 {
		spoken = nil // lines begin somewhere else
		words = false
	}
	var fault error
	c.scan(copied, spoken, words, func(from, n int, cells []cell) {
		if cells != nil {
			from = cells[0].at
		}
		if fault == nil {
			fault = &LineError{lineOf(copied, from), cannot}
		}
	})
	return fault
}

// detected returns the name of the notation that a recording is recognised as.
func detected(data []byte) string {
	if f := formats.Detect(data[:min(len(data), transcripts.HeadLength)]); f != nil {
		return f.Name
	}
	return ""
}

func lineOf(data []byte, offset int) uint32 {
	n := uint32(1)
	for _, c := range data[:offset] {
		if c == '\n' {
			n++
		}
	}
	return n
}

// verifyLines compares how the lines read.
func (c *copier) verifyLines(copied []byte) error {
	rec := c.recording(copied)
	defer rec.Close()
	i := 0
	var fault error
	err := rec.Lines(c.format, c.opts.Hints, func(l *transcripts.Line) {
		switch {
		case fault != nil:
			return
		case i == len(c.readings):
			fault = &LineError{l.Span.Line, cannot}
			return
		}
		want := c.readings[i]
		got := read(l, l.Text)
		switch {
		case got.line == want.line && want.secret && l.From == transcripts.Client: // see verifySecrets
		case got.line != want.line || got.hash != want.hash:
			fault = &LineError{want.line, cannot}
		}
		i++
	})
	if fault == nil && i < len(c.readings) {
		fault = &LineError{c.readings[i].line, cannot}
	}
	if fault == nil {
		fault = err
	}
	if fault != nil {
		return fault
	}
	return c.verifySecrets(copied)
}

// verifySecrets makes sure that no credentials can be read in a copy.
func (c *copier) verifySecrets(copied []byte) error {
	rec := c.recording(copied)
	defer rec.Close()
	for s, err := range rec.Sessions(c.format, c.opts.Hints) {
		if err != nil {
			return err
		}
		for i := range s.Exchanges {
			if secrets := sasl.Secrets(s, i); len(secrets) > 0 && !masked(s, i) {
				return &LineError{s.Exchanges[i].Command.Span.Line, cannot}
			}
		}
	}
	return nil
}

// masked reports whether what a client has sent has a mask inside: some
// recorders print messages decoded, and they are encoded again when read.
func masked(s *transcripts.Session, i int) bool {
	message, ok := sasl.Decode(s.Exchanges[i].Secret())
	name, step := sasl.At(s, i)
	proof := sasl.Proof(name, step, message)
	return ok && proof != "" && transcripts.Redacted(proof)
}
