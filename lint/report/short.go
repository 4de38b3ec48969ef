package report

import (
	"fmt"
	"io"
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// short writes one line for each finding in the style of gcc, which editors
// and problem matchers read.
type short struct {
	out  io.Writer
	opts Options
	buf  []byte
}

func newShort(out io.Writer, opts Options) Writer { return &short{out: out, opts: opts} }

func (w *short) File(f *lint.File) error {
	w.buf = w.buf[:0]
	for i := range f.Findings {
		d := &f.Findings[i]
		w.buf = fmt.Appendf(w.buf, "%s: %s: %s [%s]\n", place(f.PathOf(d.At), d.At.Span), d.Severity, text.Clean(d.Message), d.Rule.ID)
	}
	_, err := w.out.Write(w.buf)
	return err
}

func (w *short) Close(Total) error { return nil }

// place writes "path:line:column", or "path:#packet" for captures.
func place(path string, s transcripts.Span) string {
	if s.Packet != 0 {
		return text.Clean(path) + ":#" + strconv.FormatUint(uint64(s.Packet), 10)
	}
	return text.Clean(path) + ":" + strconv.FormatUint(uint64(s.Line), 10) + ":" + strconv.FormatUint(uint64(s.Column), 10)
}
