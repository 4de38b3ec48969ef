package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/smtplint/smtplint/lint"
)

// A progress is a line on the terminal that tells how far a long run has come.
// It exists only where standard error is a terminal and the work lasts. What
// pre-commit gives its hooks looks like a terminal, but is a file.
type progress struct {
	out     io.Writer // nil: nobody watches
	files   int
	size    int64 // of all recordings; 0 where it is not known
	done    atomic.Int64
	octets  atomic.Int64
	mu      sync.Mutex // held while others write
	visible bool
	end     chan struct{}
}

// When progress first shows, and how often it changes.
const patience, beat = time.Second, 200 * time.Millisecond

// watch begins to count what is read of the inputs.
func (f *outputFlags) watch(s *streams, inputs []lint.Input) *progress {
	p := &progress{files: len(inputs), end: make(chan struct{})}
	if f.Quiet || !terminal(s.err) || os.Getenv("TERM") == "dumb" || os.Getenv("PRE_COMMIT") != "" {
		return p
	}
	p.out = s.err
	for i := range inputs {
		open := inputs[i].Open
		inputs[i].Open = func(path string) (io.ReadCloser, error) {
			src, err := open(path)
			if err != nil {
				return nil, err
			}
			return &counted{src, p}, nil
		}
	}
	go p.run(inputs)
	return p
}

// counted is a recording whose octets are counted as they are read.
type counted struct {
	io.ReadCloser
	p *progress
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.p.octets.Add(int64(n))
	return n, err
}

func (p *progress) run(inputs []lint.Input) {
	select {
	case <-p.end:
		return
	case <-time.After(patience):
	}
	p.size = sizeOf(inputs)
	ticks := time.NewTicker(beat)
	defer ticks.Stop()
	for {
		p.mu.Lock()
		p.show()
		p.mu.Unlock()
		select {
		case <-p.end:
			return
		case <-ticks.C:
		}
	}
}

// sizeOf adds the recordings up, if all of them are regular files.
func sizeOf(inputs []lint.Input) (n int64) {
	for _, in := range inputs {
		info, err := os.Stat(in.Path)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		n += info.Size()
	}
	return n
}

func (p *progress) show() {
	of := ""
	if p.size > 0 {
		of = " of " + amount(p.size)
	}
	fmt.Fprintf(p.out, "\r\x1b[Kread %s%s, %d of %d recordings done", amount(p.octets.Load()), of, p.done.Load(), p.files)
	p.visible = true
}

func amount(n int64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.2f GiB", float64(n)/(1<<30))
}

// pause takes the line off the terminal while a recording's findings are
// written.
func (p *progress) pause() {
	p.mu.Lock()
	p.done.Add(1)
	p.hide()
}

// resume lets it come again.
func (p *progress) resume() { p.mu.Unlock() }

// stop ends it.
func (p *progress) stop() {
	close(p.end)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hide()
	p.out = io.Discard
}

func (p *progress) hide() {
	if p.visible {
		io.WriteString(p.out, "\r\x1b[K")
		p.visible = false
	}
}
