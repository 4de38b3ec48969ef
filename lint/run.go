package lint

import (
	"bytes"
	"cmp"
	"io"
	"iter"
	"sync"

	"github.com/smtplint/smtplint/transcripts"
)

// An Input is a recording to be linted, and how.
type Input struct {
	Path    string // as the user named it
	Open    func(path string) (io.ReadCloser, error)
	Format  *transcripts.Format // where the input is known to be in one; else nil
	Replies string              // path of what the server said, where that is a file of its own
	Found   bool                // in a directory, not named: what is no recording is passed over
	Linter  *Linter
	Options Options
}

// A File is what became of one Input.
type File struct {
	Result
	Path     string
	Replies  string              // path of what the server said, where that is a file of its own
	Format   *transcripts.Format // how it was read; nil where it was not
	Notation string              // of its first session; "" where there is none
	FailOn   Severity            // from where on its findings fail a run; Off: none does
	Err      error               // the input could not be read, or not to its end
	Ladders  []Ladder            // the sessions, as far as Options.Draw asks for them

	faulty, clean int // ladders of sessions with findings, and without
}

// Fails reports whether a finding is severe enough to fail a run.
func (f *File) Fails() bool {
	for i := range f.Findings {
		if d := &f.Findings[i]; d.Suppressed == "" && d.Severity >= f.FailOn && f.FailOn != Off {
			return true
		}
	}
	return false
}

// Status is "ok", "partial" where an error came after something was read, or
// "failed".
func (f *File) Status() string {
	switch {
	case f.Err == nil:
		return "ok"
	case f.Sessions > 0:
		return "partial"
	}
	return "failed"
}

// PathOf returns the path of the file that a place is in.
func (f *File) PathOf(at Place) string {
	if at.Party == transcripts.Server && f.Replies != "" {
		return f.Replies
	}
	return f.Path
}

// Options says how an input is read.
type Options struct {
	Format *transcripts.Format // nil: recognise it
	Hints  transcripts.Hints
	Draw   *Drawing // what is kept of the sessions for a report; nil: nothing
}

// A turn is the place of an input in the queue.
type turn struct {
	input *Input
	done  chan *File // nil: passed over
}

// waiting is how many inputs for each worker are under way: a large one does
// not keep those behind it from being read.
const waiting = 32

// Run lints inputs, some of them at the same time, and yields what became of
// each in their order. Inputs that are found and are no recordings are left out.
func Run(inputs []Input, jobs int) iter.Seq[*File] {
	ahead := jobs > len(inputs) // a processor is left to read while another judges
	if min(jobs, len(inputs)) <= 1 {
		return func(yield func(*File) bool) {
			for i := range inputs {
				if f := inputs[i].lint(ahead); f != nil && !yield(f) {
					return
				}
			}
		}
	}
	return func(yield func(*File) bool) {
		turns := jobs * waiting
		free, queue, order := make(chan *turn, turns), make(chan *turn, turns), make(chan *turn, turns)
		for range turns {
			free <- &turn{done: make(chan *File, 1)}
		}
		stop := make(chan struct{})
		var workers sync.WaitGroup
		defer workers.Wait()
		defer close(stop)
		for range jobs {
			workers.Go(func() {
				for t := range queue {
					t.done <- t.input.lint(ahead)
				}
			})
		}
		workers.Go(func() {
			defer close(order)
			defer close(queue)
			for i := range inputs {
				select {
				case t := <-free:
					t.input = &inputs[i]
					queue <- t
					order <- t
				case <-stop:
					return
				}
			}
		})
		for t := range order {
			f := <-t.done
			free <- t
			if f != nil && !yield(f) {
				return
			}
		}
	}
}

// lint lints the input; a large one is read ahead, where that is asked for. It
// returns nil for one that is to be passed over.
func (in *Input) lint(ahead bool) *File {
	f := &File{Path: in.Path, Replies: in.Replies, FailOn: in.Linter.settings.FailOn}
	src, err := in.Open(in.Path)
	if err != nil {
		f.Err = err
		return f
	}
	defer src.Close()
	rec := transcripts.Open(src)
	defer rec.Close()
	if f.Format = cmp.Or(in.Format, in.Options.Format); f.Format == nil {
		f.Format, f.Err = Recognise(rec, in.Options.Hints)
		if in.Found && passedOver(f) {
			return nil
		}
		if f.Err != nil {
			return f
		}
	}
	var head []byte // of what is not known to be a recording, to say what it is
	if f.Format.Name == "" {
		head = bytes.Clone(rec.Head())
	}
	sessions := rec.Sessions
	if ahead && len(rec.Head()) == transcripts.HeadLength {
		sessions = rec.Ahead
	}
	for s, err := range sessions(f.Format, in.Options.Hints) {
		if err != nil {
			f.Err = err
			break
		}
		if f.Sessions == 0 {
			f.Notation = s.Format
		}
		from := len(f.Findings)
		in.Linter.Session(s, &f.Result)
		if in.Options.Draw != nil {
			f.draw(s, f.Findings[from:], in.Options.Draw)
		}
	}
	if f.Err == nil && f.Sessions == 0 {
		if in.Found {
			return nil
		}
		f.Err = noSession(f.Format, head)
	}
	in.Linter.Finish(&f.Result)
	return f
}
