package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// An Input is a recording to be linted.
type Input struct {
	Path    string // as the user named it
	Open    func() (io.ReadCloser, error)
	Format  *transcripts.Format // where the input is known to be in one; else nil
	Replies string              // path of what the server said, where that is a file of its own
}

// A File is what became of one Input.
type File struct {
	Result
	Path     string
	Replies  string              // path of what the server said, where that is a file of its own
	Format   *transcripts.Format // how it was read; nil where it was not
	Notation string              // of its first session; "" where there is none
	Err      error               // the input could not be read, or not to its end
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

// Options says how inputs are read.
type Options struct {
	Format *transcripts.Format // nil: recognise it
	Hints  transcripts.Hints
	Jobs   int // inputs read at the same time; at least 1
}

// ErrNotSMTP says that an input is in no notation known here.
var ErrNotSMTP = errors.New("not recognised as a recording of SMTP")

// ErrNoSession says that an input has no line of a conversation in it.
var ErrNoSession = errors.New("holds no SMTP session")

// Run lints inputs and yields what became of each, in the order of the inputs.
func (l *Linter) Run(inputs []Input, opts Options) iter.Seq[*File] {
	return func(yield func(*File) bool) {
		done := make([]chan *File, len(inputs))
		for i := range done {
			done[i] = make(chan *File, 1)
		}
		next := make(chan int)
		stop := make(chan struct{})
		var workers sync.WaitGroup
		defer workers.Wait()
		defer close(stop)
		for range max(1, min(opts.Jobs, len(inputs))) {
			workers.Add(1)
			go func() {
				defer workers.Done()
				for i := range next {
					done[i] <- l.file(inputs[i], opts)
				}
			}()
		}
		go func() {
			defer close(next)
			for i := range inputs {
				select {
				case next <- i:
				case <-stop:
					return
				}
			}
		}()
		for i := range inputs {
			if !yield(<-done[i]) {
				return
			}
		}
	}
}

// file lints one input.
func (l *Linter) file(in Input, opts Options) *File {
	f := &File{Path: in.Path, Replies: in.Replies}
	src, err := in.Open()
	if err != nil {
		f.Err = err
		return f
	}
	defer src.Close()
	rec := transcripts.Open(src)
	defer rec.Close()
	if f.Format = cmp.Or(in.Format, opts.Format); f.Format == nil {
		if f.Format, f.Err = Recognise(rec); f.Err != nil {
			return f
		}
	}
	for s, err := range rec.Sessions(f.Format, opts.Hints) {
		if err != nil {
			f.Err = err
			break
		}
		if f.Sessions == 0 {
			f.Notation = s.Format
		}
		l.Session(s, &f.Result)
	}
	switch {
	case f.Err != nil || f.Sessions > 0:
	case f.Format == formats.Search:
		f.Err = notSMTP()
	default:
		f.Err = fmt.Errorf("%w: read as %s; if that is wrong, name the notation with --input-format", ErrNoSession, f.Format.Name)
	}
	f.Finish()
	return f
}

// Recognise returns how to read a recording, judged by its head. Where that
// shows no notation, one may come later.
func Recognise(rec *transcripts.Recording) (*transcripts.Format, error) {
	head := rec.Head()
	if len(head) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrNotSMTP)
	}
	if f := formats.Detect(head); f != nil {
		return f, nil
	}
	if len(head) < transcripts.HeadLength {
		return nil, notSMTP()
	}
	return formats.Search, nil
}

// notSMTP tells what was looked for.
func notSMTP() error {
	return fmt.Errorf(`%w: no line has the marks of any of the %d notations that "smtplint formats" lists; if it is one of them, name it with --input-format`,
		ErrNotSMTP, len(formats.All))
}
