// Package redact makes copies of recordings that can be passed on: without
// credentials, and if asked for without addresses and content.
//
// A copy reads as the recording does. It is in the same notation and has the
// same lines, and what is masked keeps its length, so that numbers of octets in
// the recording stay true. Where a line cannot be masked like that, there is no
// copy, but an error that names the line.
package redact

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

// MaxOctets is how long a recording may be, without what it is packed in.
const MaxOctets = 1 << 30

// effort bounds how many octets are compared in search of what lines say, together
// with the length of the recording.
const effort = 64 << 20

// Options says how the recording is read, and what is masked besides
// credentials.
type Options struct {
	Hints     transcripts.Hints
	Addresses bool // mail addresses, the hosts in them and in greetings, public IP addresses
	Content   bool // the text of messages
}

// Masked counts what was masked.
type Masked struct {
	Credentials int // places where they stood
	Addresses   int // different words and numbers of addresses
	Lines       int // of messages
}

// A LineError says which line of a recording could not be masked.
type LineError struct {
	Line   uint32
	Reason string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// Copy returns a copy of a recording, which is not wrapped in anything.
func Copy(data []byte, f *transcripts.Format, opts Options) ([]byte, Masked, error) {
	if f.Read != nil {
		return nil, Masked{}, fmt.Errorf("%s is not written in lines of text", f.Name)
	}
	c := &copier{data: data, out: bytes.Clone(data), format: f, opts: opts, own: map[int64]string{}}
	c.placer = placer{data: data, effort: effort + 64*len(data)}
	if err := c.learn(); err != nil {
		return nil, Masked{}, err
	}
	if err := c.maskLines(); err != nil {
		return nil, Masked{}, err
	}
	c.sortPatches()
	slices.Sort(c.spoken)
	c.maskRest()
	if c.placer.effort <= 0 {
		return nil, Masked{}, errors.New("what stands in it takes too long to be told apart")
	}
	copied := c.patched()
	if err := c.verify(copied); err != nil {
		return nil, Masked{}, err
	}
	c.masked.Addresses = c.standIns.count()
	return copied, c.masked, nil
}

// copier makes one copy.
type copier struct {
	data   []byte // the recording
	out    []byte // the copy, as far as what was masked has kept its length there
	format *transcripts.Format
	opts   Options

	secrets  secrets
	own      map[int64]string // the credentials of a line, by its offset
	standIns standIns
	bodies   bodies
	repeats  repeats
	placer   placer
	spoken   []int // lines of the recording that hold something of a conversation, by where they begin
	patches  []patch
	readings []reading // how the copy must read
	masked   Masked
}

// patch replaces n octets of the recording by text of another length.
type patch struct {
	at, n int
	text  []byte
}

func (c *copier) recording(data []byte) *transcripts.Recording {
	return transcripts.Open(bytes.NewReader(data))
}

// learn finds out what is to be masked.
func (c *copier) learn() error {
	rec := c.recording(c.data)
	defer rec.Close()
	for s, err := range rec.Sessions(c.format, c.opts.Hints) {
		if err != nil {
			return err
		}
		c.learnSecrets(s)
		if c.opts.Content {
			c.bodies.add(s)
		}
		if c.opts.Addresses {
			c.standIns.meet(s)
		}
	}
	lines := c.recording(c.data)
	defer lines.Close()
	var found transcripts.Credentials
	var prompt string
	err := lines.Lines(c.format, c.opts.Hints, func(l *transcripts.Line) {
		if secret := found.In(l); secret != "" {
			c.own[l.Span.Offset] = secret
			c.secrets.add(secret)
			if answer, ok := sasl.Decode(secret); ok && sasl.AsksPassword(prompt) {
				c.secrets.add(answer)
			}
		}
		if l.From != transcripts.Recorder {
			c.speaks(int(l.Span.Offset))
		}
		if l.From == transcripts.Server {
			_, text, _ := bytes.Cut(l.Text, []byte(" "))
			prompt, _ = sasl.Decode(string(text))
		}
		if c.opts.Addresses && l.From != transcripts.Recorder {
			c.standIns.look(l.Text)
		}
	})
	if c.opts.Addresses {
		c.standIns.lookAround(c.data)
	}
	slices.Sort(c.spoken)
	c.eachUnspoken(func(from, to int) {
		for line := range bytes.Lines(c.data[from:to]) {
			for _, password := range told(line) {
				c.secrets.add(password)
			}
		}
	})
	if err == nil && c.secrets.size > mostOf {
		err = errors.New("there are too many credentials in it")
	}
	if err == nil {
		c.secrets.index()
		c.bodies.sort()
	}
	return err
}

func (c *copier) sortPatches() {
	slices.SortFunc(c.patches, func(a, b patch) int { return a.at - b.at })
}

// patched returns the copy with its patches.
func (c *copier) patched() []byte {
	if len(c.patches) == 0 {
		return c.out
	}
	c.sortPatches()
	var copied bytes.Buffer
	at := 0
	for _, p := range c.patches {
		copied.Write(c.out[at:p.at])
		copied.Write(p.text)
		at = p.at + p.n
	}
	copied.Write(c.out[at:])
	return copied.Bytes()
}

// touched reports whether something between two places was masked already.
func (c *copier) touched(from, to int) bool {
	if !bytes.Equal(c.out[from:to], c.data[from:to]) {
		return true
	}
	n, _ := slices.BinarySearchFunc(c.patches, from, func(p patch, from int) int { return p.at + p.n - 1 - from })
	return n < len(c.patches) && c.patches[n].at < to
}

// Read reads a recording that is to be copied, with what it was wrapped in.
func Read(src io.Reader) (data []byte, off []transcripts.Wrapping, err error) {
	inside, off := transcripts.Unwrap(src)
	data, err = io.ReadAll(io.LimitReader(inside, MaxOctets+1))
	if err == nil && len(data) > MaxOctets {
		err = fmt.Errorf("the recording is longer than %d MiB", MaxOctets>>20)
	}
	return data, off, err
}
