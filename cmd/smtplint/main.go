// Smtplint lints recorded SMTP sessions: it says who broke the protocol, on
// which line, why that matters, what to do, and which RFC says so.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/smtplint/smtplint/lint/config"
	"github.com/smtplint/smtplint/rules/codes"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // that nobody listens is noticed when something is written
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	exitClean    = 0 // every input was read; nothing at or above --fail-on
	exitFindings = 1 // every input was read; findings at or above it
	exitUsage    = 2 // usage or configuration error; nothing was read
	exitUnread   = 3 // some input could not be read, or is no recording of SMTP

	exitInterrupted = 130 // SIGINT; 143: SIGTERM
)

// streams are the standard streams, for commands to use, and the language that
// people are spoken to in.
type streams struct {
	in       io.Reader
	out, err io.Writer
	lang     codes.Lang
}

// failure is an error that asks for an exit status.
type failure struct {
	status int
	err    error // nil where all was said already
}

func (f failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit status %d", f.status)
	}
	return f.err.Error()
}

func usage(format string, args ...any) error { return failure{exitUsage, fmt.Errorf(format, args...)} }

func run(args []string, in io.Reader, out, err io.Writer) (status int) {
	defer func() {
		if e := recover(); e != nil {
			code, ok := e.(exited)
			if !ok {
				panic(e)
			}
			status = int(code)
		}
	}()
	var c cli
	s := &streams{in: in, out: out, err: err}
	ctx, fault := parse(&c, args, out, err)
	if fault == nil {
		if s.lang, fault = language(c.Lang); fault == nil {
			fault = ctx.Run(s)
		}
	} else {
		fault = failure{exitUsage, fault}
	}
	var f failure
	switch {
	case closed(fault) == nil:
		return exitClean
	case errors.As(fault, &f):
		if f.err != nil {
			complain(err, f.err)
		}
		return f.status
	}
	complain(err, fault)
	return exitUnread
}

// complain prints an error, or each of several. One that has a place in a file
// begins with that, as editors and problem matchers expect.
func complain(w io.Writer, err error) {
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range all.Unwrap() {
			complain(w, one)
		}
		return
	}
	if f, ok := err.(*config.Fault); ok && f.Line > 0 {
		fmt.Fprintf(w, "%v\n", f)
		return
	}
	fmt.Fprintf(w, "smtplint: %v\n", err)
}
