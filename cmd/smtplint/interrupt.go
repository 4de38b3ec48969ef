package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/smtplint/smtplint/lint"
)

// An interruption ends a run early when it is asked to stop: nothing more is
// read, and what was found so far is reported and marked. A second signal ends
// it at once.
type interruption struct {
	asked  chan struct{} // closed when it comes
	status int           // to exit with, then
}

var errInterrupted = errors.New("interrupted: what follows was not read")

// moment is how long a run lasts before it watches for interruptions: to begin
// to do so takes longer than to lint a small recording. Before, there is nothing
// to report that would be lost.
const moment = 10 * time.Millisecond

// interruptible makes the inputs end where the run is interrupted, after a while
// or at once. abandon is called where it must not even be completed.
func interruptible(inputs []lint.Input, after time.Duration, abandon func()) *interruption {
	i := &interruption{asked: make(chan struct{})}
	if after > 0 {
		time.AfterFunc(after, func() { i.watch(notified(), abandon) })
	} else {
		go i.watch(notified(), abandon)
	}
	for n := range inputs {
		open := inputs[n].Open
		inputs[n].Open = func(path string) (io.ReadCloser, error) {
			if i.came() {
				return nil, errInterrupted
			}
			src, err := open(path)
			if err != nil {
				return nil, err
			}
			return &brief{ReadCloser: src, asked: i.asked, waits: !inputs[n].Found && mayWait(src)}, nil
		}
	}
	return i
}

func notified() chan os.Signal {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals
}

func (i *interruption) watch(signals chan os.Signal, abandon func()) {
	if i.status = exitInterrupted; <-signals == syscall.SIGTERM {
		i.status = 128 + int(syscall.SIGTERM)
	}
	close(i.asked)
	<-signals
	abandon()
	os.Exit(i.status)
}

func (i *interruption) came() bool {
	select {
	case <-i.asked:
		return true
	default:
		return false
	}
}

// failure is what an interrupted run ends with.
func (i *interruption) failure(unread int) error {
	return failure{i.status, fmt.Errorf("interrupted; recordings not read to their end: %d", unread)}
}

// brief is a recording that ends when the run is interrupted.
type brief struct {
	io.ReadCloser
	asked chan struct{}
	waits bool // reading it may take for ever
	ready chan readResult
	rest  []byte
	buf   []byte
}

type readResult struct {
	n   int
	err error
}

// mayWait reports whether reading src may have to wait for somebody to write.
func mayWait(src io.Reader) bool {
	file, ok := src.(interface{ Stat() (os.FileInfo, error) })
	if !ok {
		return true
	}
	info, err := file.Stat()
	return err != nil || !info.Mode().IsRegular()
}

func (b *brief) Read(p []byte) (int, error) {
	select {
	case <-b.asked:
		return 0, errInterrupted
	default:
	}
	if !b.waits {
		return b.ReadCloser.Read(p)
	}
	return b.wait(p)
}

// wait reads in a goroutine of its own, which is left behind where the
// interruption comes first.
func (b *brief) wait(p []byte) (int, error) {
	if len(b.rest) > 0 {
		n := copy(p, b.rest)
		b.rest = b.rest[n:]
		return n, nil
	}
	if b.ready == nil {
		b.ready, b.buf = make(chan readResult, 1), make([]byte, 64<<10)
	}
	go func() {
		n, err := b.ReadCloser.Read(b.buf)
		b.ready <- readResult{n, err}
	}()
	select {
	case r := <-b.ready:
		n := copy(p, b.buf[:r.n])
		b.rest = b.buf[n:r.n]
		return n, r.err
	case <-b.asked:
		return 0, errInterrupted
	}
}
