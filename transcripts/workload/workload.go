// Package workload makes recordings of any size, to measure with. The same kind
// and size give the same octets. Nearly all sessions are clean; one in a hundred
// has a fault of the client.
package workload

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Kinds lists what there is: plain notation with messages of some 25 KiB; the
// same as swaks shows it; a Postfix log of a thousand sessions at once, half of
// its lines noise; plain notation of sessions that are commands only; one
// message of lines, or of one line, as large as all the rest; and captures of two
// hundred connections at once, with messages and without.
var Kinds = []string{"text", "swaks", "syslog", "chatty", "bigbody", "bigline", "pcap", "pcap-chatty"}

// Write writes a recording of one of the Kinds with at least size octets.
func Write(w io.Writer, kind string, size int64) error {
	out := &output{w: bufio.NewWriterSize(w, 1<<20)}
	g := &generator{r: rand.New(rand.NewPCG(1, uint64(len(kind)))), pieces: mailPieces}
	switch kind {
	case "text":
		writeText(out, g, plain, size)
	case "swaks":
		writeText(out, g, swaks, size)
	case "chatty":
		g.pieces = chatPieces
		writeText(out, g, plain, size)
	case "bigbody":
		writeBig(out, g, size, base64Line)
	case "bigline":
		writeBig(out, g, size, "")
	case "syslog":
		g.bodiless = true
		writeSyslog(out, g, size)
	case "pcap":
		writeCapture(out, g, size)
	case "pcap-chatty":
		g.pieces = chatPieces
		writeCapture(out, g, size)
	default:
		return fmt.Errorf("unknown workload %q: there are %q", kind, Kinds)
	}
	if out.err == nil {
		out.err = out.w.Flush()
	}
	return out.err
}

// Files writes n recordings of one small session each into folders of dir.
func Files(dir string, n int) error {
	g := &generator{r: rand.New(rand.NewPCG(1, 0)), pieces: mailPieces, short: true}
	for i := range n {
		folder := filepath.Join(dir, fmt.Sprintf("%03d", i/250))
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		f, err := os.Create(filepath.Join(folder, fmt.Sprintf("%05d.txt", i)))
		if err != nil {
			return err
		}
		out := &output{w: bufio.NewWriter(f)}
		writeText(out, g, plain, 1)
		if out.err == nil {
			out.err = out.w.Flush()
		}
		if err := f.Close(); out.err == nil {
			out.err = err
		}
		if out.err != nil {
			return out.err
		}
	}
	return nil
}

// output counts what is written and keeps the first error.
type output struct {
	w   *bufio.Writer
	n   int64
	err error
}

func (o *output) put(pieces ...string) {
	for _, p := range pieces {
		n, err := o.w.WriteString(p)
		o.n += int64(n)
		if o.err == nil {
			o.err = err
		}
	}
}
