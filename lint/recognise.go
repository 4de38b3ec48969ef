package lint

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// ErrNotSMTP says that an input is in no notation known here.
var ErrNotSMTP = errors.New("not recognised as a recording of SMTP")

// ErrNoSession says that an input has no line of a conversation in it.
var ErrNoSession = errors.New("holds no SMTP session")

// Recognise returns how to read a recording: as it says itself, or judged by
// its head. Where that shows no notation, one may come later.
func Recognise(rec *transcripts.Recording, hints transcripts.Hints) (*transcripts.Format, error) {
	head := rec.Head()
	if f := named(head); f != nil && !hints.Deaf {
		return f, nil
	}
	if err := rec.Err(); err != nil && formats.Detect(head) == nil {
		return nil, err // whatever it would have been
	}
	if len(head) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrNotSMTP)
	}
	if f := formats.Detect(head); f != nil {
		return f, nil
	}
	if len(head) < transcripts.HeadLength {
		return nil, notSMTP(head)
	}
	return formats.Search, nil
}

// named returns the notation that a recording names in its first comments, or
// nil.
func named(head []byte) *transcripts.Format {
	if len(head) == 0 || head[0] != '#' {
		return nil
	}
	for _, hint := range transcripts.HintsOf(head) {
		for _, word := range strings.Fields(hint) {
			name, ok := strings.CutPrefix(word, "format=")
			if f := formats.ByName(name); ok && f != nil && takesComments(f, head) {
				return f
			}
		}
	}
	return nil
}

// takesComments reports whether a notation tells comments from the
// conversation. What another one says in a comment may be a party's words.
func takesComments(f *transcripts.Format, head []byte) bool {
	if f.New == nil {
		return false
	}
	c, ok := f.New(head).(transcripts.Commenter)
	return f == transcripts.Plain || ok && c.TakesComments()
}

// passedOver reports whether what was found in a directory is no recording, as
// far as its head shows.
func passedOver(f *File) bool {
	return errors.Is(f.Err, ErrNotSMTP) || f.Err == nil && f.Format.Name == ""
}

// noSession says that nothing was found in a notation.
func noSession(f *transcripts.Format, head []byte) error {
	if f.Name == "" {
		return notSMTP(head)
	}
	if f == transcripts.Plain {
		return fmt.Errorf(`%w: in plain notation what was said has "C:" or "S:" in front, and no line here has`, ErrNoSession)
	}
	return fmt.Errorf("%w: read as %s, of which a recording is made with: %s; if it is something else, name the notation with --input-format",
		ErrNoSession, f.Name, f.Record)
}

// FormatNamed returns the notation with a name.
func FormatNamed(name string) (*transcripts.Format, error) {
	if f := formats.ByName(name); f != nil {
		return f, nil
	}
	return nil, fmt.Errorf("there is no notation %q%s", name, cmp.Or(DidYouMean(name, formats.Names()), `; "smtplint formats" lists them`))
}

// ParsePort reads the number of a port.
func ParsePort(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 65535 {
		return 0, fmt.Errorf("%q is no port: it is a number from 1 to 65535", text)
	}
	return n, nil
}

// notSMTP tells what was looked for, or how to have recorded what a log does
// not hold.
func notSMTP(head []byte) error {
	if log := formats.SilentLog(head); log != nil {
		return fmt.Errorf("%w: this is %s, which does not hold what was said; to have that recorded: %s", ErrNotSMTP, log.Log, log.Format.Record)
	}
	return fmt.Errorf(`%w: no line has the marks of any of the %d notations that "smtplint formats" lists; if it is one of them, name it with --input-format`,
		ErrNotSMTP, len(formats.All))
}
