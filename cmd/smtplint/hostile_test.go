package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// What a hostile recording may cost, whatever its size.
const (
	mostMemory = 256 << 20 // octets of resident memory
	leastShare = 192 << 20 // of them that a recording of any size may take, as bounds are the same for all
)

// TestHostile reads recordings that are made to exhaust memory or time, and
// measures the process. Usually they have a 32nd of their size, and may
// cost a little less; SMTPLINT_FULL_SIZE=1 makes them whole, which takes
// some minutes.
func TestHostile(t *testing.T) {
	scale := 32
	switch {
	case os.Getenv("SMTPLINT_FULL_SIZE") != "":
		scale = 1
	case testing.Short():
		scale = 128
	}
	program := build(t)
	for _, h := range hostiles {
		t.Run(h.name, func(t *testing.T) {
			scale := scale
			if h.whole && !testing.Short() {
				scale = 1
			}
			limit := int64(leastShare + (mostMemory-leastShare)/scale)
			quarter := measure(t, program, h, h.size/scale/4)
			whole := measure(t, program, h, h.size/scale)
			t.Logf("%d %s: %d MiB, %.2f s (a quarter: %.2f s)", h.size/scale, h.unit, whole.memory>>20, whole.time.Seconds(), quarter.time.Seconds())
			if whole.memory > limit {
				t.Errorf("took %d MiB, want %d at most", whole.memory>>20, limit>>20)
			}
			if bound := 8*quarter.time + time.Second/2; whole.time > bound {
				t.Errorf("took %v, a quarter of it took %v: that is not linear", whole.time, quarter.time)
			}
		})
	}
}

// build builds the program as users do.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "smtplint")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

// cost is what a run has cost.
type cost struct {
	memory int64         // octets, at the highest
	time   time.Duration // of processors
}

// measure runs the program with the recording on standard input.
func measure(t *testing.T, program string, h hostile, n int) cost {
	t.Helper()
	cmd := exec.Command("measured", program, "check", "--no-config", "--fail-on=never", "-")
	cmd.Env = append(os.Environ(), "GOMEMLIMIT=", "GOGC=100")
	var said bytes.Buffer
	cmd.Stderr = &said
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(in, 1<<20)
	h.write(w, n)
	w.Flush() // fails where the program has left: its status tells
	in.Close()
	err = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != h.status {
		t.Errorf("status %d (%v), want %d: %.300s", status, err, h.status, said.String())
	}
	var c cost
	words := strings.Fields(said.String())
	if len(words) < 2 {
		t.Fatalf("not measured: %q", said.String())
	}
	fmt.Sscan(strings.Join(words[len(words)-2:], " "), &c.memory, &c.time)
	return c
}

// measured runs a program and says what that has cost. It is a program of its
// own because Linux counts the memory of the process that starts another one
// as that one's.
func measured() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	cmd.Run()
	state := cmd.ProcessState
	memory := int64(state.SysUsage().(*syscall.Rusage).Maxrss) << 10
	fmt.Fprintf(os.Stderr, "\n%d %d\n", memory, state.UserTime()+state.SystemTime())
	os.Exit(state.ExitCode())
}

// hostile is a recording that is made to exhaust memory or time.
type hostile struct {
	name   string
	size   int
	unit   string
	write  func(w *bufio.Writer, n int)
	status int
	whole  bool // it is never made smaller: what must hold begins to matter at its size
}

const (
	opening = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250-mx.example.org\nS: 250 PIPELINING\n"
	mail    = "C: MAIL FROM:<a@example.com>\nS: 250 2.1.0 Ok\nC: RCPT TO:<b@example.org>\nS: 250 2.1.5 Ok\n"
	data    = "C: DATA\nS: 354 Go on\n"
	closing = "C: QUIT\nS: 221 2.0.0 Bye\n"
	message = opening + mail + data + "C: Subject: a test\nC:\n"
	sent    = "C: .\nS: 250 2.0.0 Queued\n" + closing
)

var hostiles = []hostile{
	{name: "message", size: 2 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(message)
		repeat(w, n, "C: "+strings.Repeat("QUJD", 19)+"\n")
		w.WriteString(sent)
	}},
	{name: "text message", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(message)
		repeat(w, n, "C: Lines of text, all of which begin\nC: QUIT\nC: .. with what may be a command, \xc3\xa9\nC:\n")
		w.WriteString(sent)
	}},
	{name: "header", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening + mail + data)
		repeat(w, n, "C: X-Field: a header section that does not end\n")
		w.WriteString("C:\n" + sent)
	}},
	{name: "exchanges", size: 1_000_000, unit: "exchanges", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("C: NOOP\nS: 250 2.0.0 Ok\n")
		}
		w.WriteString(closing)
	}},
	{name: "recipients", size: 1_000_000, unit: "recipients", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening + "C: MAIL FROM:<a@example.com>\nS: 250 2.1.0 Ok\n")
		for i := range n {
			fmt.Fprintf(w, "C: RCPT TO:<b%d@example.org>\nS: 550 5.1.1 unknown\n", i)
		}
		w.WriteString(closing)
	}},
	{name: "pipelined", size: 1_000_000, unit: "commands", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("C: RSET\n")
		}
		for range n {
			w.WriteString("S: 250 Ok\n")
		}
		w.WriteString(closing)
	}},
	{name: "sessions", size: 100_000, unit: "sessions at once", whole: true, write: func(w *bufio.Writer, n int) {
		interleave(w, n, strings.SplitAfter(message+"C: Hello\n"+sent, "\n"))
	}},
	{name: "connections", size: 5_000_000, unit: "connections", write: func(w *bufio.Writer, n int) {
		for i := range n {
			fmt.Fprintf(w, "@%d S: 220 mx.example.org ESMTP\n@%d C: QUIT\n@%d S: 221 Bye\n", i, i, i)
		}
	}},
	{name: "open connections", size: 500_000, unit: "connections", write: openConnections},
	{name: "line", size: 1 << 30, unit: "octets", status: 3, write: func(w *bufio.Writer, n int) {
		repeat(w, n, "x")
	}},
	{name: "command line", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening + "C: MAIL FROM:<")
		repeat(w, n, "a")
		w.WriteString("@example.org>\nS: 500 too long\n" + closing)
	}},
	{name: "reply line", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening + "C: NOOP\nS: 250 ")
		repeat(w, n, "a")
		w.WriteString("\n" + closing)
	}},
	{name: "content line", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(message + "C: ")
		repeat(w, n, "\xc3\xa9")
		w.WriteString("\n" + sent)
	}},
	{name: "long commands", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		repeat(w, n, "C: X"+strings.Repeat("a", 250<<10)+"\nS: 500 5.5.2 too long\n")
		w.WriteString(closing)
	}},
	{name: "long replies", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		repeat(w, n, "C: NOOP\nS: 25"+strings.Repeat("a", 250<<10)+"\n")
		w.WriteString(closing)
	}},
	{name: "long content lines", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(message)
		repeat(w, n, "C: NOOP "+strings.Repeat("a", 250<<10)+"\n")
		w.WriteString(sent)
	}},
	{name: "reply", size: 10_000_000, unit: "lines", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening + "C: HELP\n")
		for range n {
			w.WriteString("S: 214-more\n")
		}
		w.WriteString("S: 214 done\n" + closing)
	}},
	{name: "unasked", size: 10_000_000, unit: "replies", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("S: 250 Ok\n")
		}
		w.WriteString(closing)
	}},
	{name: "comments", size: 10_000_000, unit: "comments", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("# nothing\n")
		}
		w.WriteString(closing)
	}},
	{name: "directives", size: 5_000_000, unit: "directives", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("# smtplint: ignore[bare-lf] -- so\n")
		}
		w.WriteString(closing)
	}},
	{name: "asked sessions", size: 1_000_000, unit: "sessions", write: func(w *bufio.Writer, n int) {
		for range n {
			w.WriteString("S: 220 x\n# smtplint: ignore[bare-lf] -- so\nC: FOO\nS: 5\nC: QUIT\nS: 221 x\n")
		}
	}},
	{name: "unreadable", size: 10_000_000, unit: "lines", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("what\n")
		}
		w.WriteString(closing)
	}},
	{name: "faulty sessions", size: 5_000_000, unit: "sessions", write: func(w *bufio.Writer, n int) {
		for range n {
			w.WriteString("S: 220\nC: MAIL x\nS: 5\nC: QUIT\nS: 221 x\n")
		}
	}},
	{name: "faulty long lines", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		repeat(w, n, "S: 220 x\nC: MAIL FROM: "+strings.Repeat("<", 250<<10)+"\nS: 25x\nC: QUIT\nS: 221 x\n\n")
	}},
	{name: "pipelined answers", size: 1_000_000, unit: "commands", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("C: RSET\n")
		}
		for range n {
			w.WriteString("S: 354 Go on\nS: 220 what\n")
		}
		w.WriteString(closing)
	}},
	{name: "turns", size: 1_000_000, unit: "turns", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString("C: ATRN\nS: 250 Ok\nwhat\nS: 250 Ok\n# so\n")
		}
		w.WriteString(closing)
	}},
	{name: "messages", size: 1_000_000, unit: "messages", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		for range n {
			w.WriteString(mail + data + "C: Subject: a test\nC:\nC: MAIL is here\nC: .\nS: 250 2.0.0 Queued\n")
		}
		w.WriteString(closing)
	}},
	{name: "anything", size: 5_000_000, unit: "lines", write: func(w *bufio.Writer, n int) {
		random := rand.New(rand.NewPCG(1, 2))
		w.WriteString(opening)
		for range n {
			w.WriteString(anything[random.IntN(len(anything))])
		}
	}},
	{name: "anything on connections", size: 5_000_000, unit: "lines", write: func(w *bufio.Writer, n int) {
		random := rand.New(rand.NewPCG(3, 4))
		for range n {
			fmt.Fprintf(w, "@%d %s", random.IntN(20000), anything[random.IntN(len(anything))])
		}
	}},
	{name: "long names", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		name := strings.Repeat("n", 100<<10)
		for i := 0; n > 0; i++ {
			fmt.Fprintf(w, "@%s%d S: 220 mx.example.org ESMTP\n", name, i)
			n -= len(name)
		}
	}},
	{name: "long directives", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString(opening)
		repeat(w, n, "# smtplint: ignore["+strings.Repeat("no-such-rule", 20<<10)+"]\n")
		w.WriteString(closing)
	}},
	{name: "stray text", size: 10_000_000, unit: "lines", write: func(w *bufio.Writer, n int) {
		w.WriteString(message + "C: .\nC: more\nS: 250 Ok\n")
		for range n {
			w.WriteString("C: more\nS: 500 what\n")
		}
	}},
	{name: "gzip bomb", size: 4 << 30, unit: "octets", status: 3, write: func(w *bufio.Writer, n int) {
		outer := gzip.NewWriter(w)
		inner, _ := gzip.NewWriterLevel(outer, gzip.BestSpeed)
		zeros(inner, n)
		inner.Close()
		outer.Close()
	}},
	{name: "gzip bomb of text", size: 4 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		b := bufio.NewWriterSize(z, 1<<20)
		b.WriteString(message)
		repeat(b, n, "C: "+strings.Repeat("a", 72)+"\n")
		b.Flush()
		z.Close()
	}},
	{name: "zstd bomb", size: 4 << 30, unit: "octets", status: 3, write: func(w *bufio.Writer, n int) {
		z, _ := zstd.NewWriter(w, zstd.WithWindowSize(128<<20), zstd.WithEncoderConcurrency(1))
		zeros(z, n)
		z.Close()
	}},
	{name: "UTF-16", size: 1 << 30, unit: "octets", write: func(w *bufio.Writer, n int) {
		w.WriteString("\xff\xfe")
		wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
		w.WriteString(wide(message))
		repeat(w, n, wide("C: "+strings.Repeat("a", 72)+"\n"))
		w.WriteString(wide(sent))
	}},
}

// anything is what may be said at any time.
var anything = []string{
	"C: EHLO client.example.com\n", "C: MAIL FROM:<a@example.com> SIZE=10\n", "C: RCPT TO:<b@example.org>\n", "C: DATA\n", "C: .\n",
	"C: BDAT 10 LAST\n", "C: Text\n", "C:\n", "C: RSET\n", "C: NOOP\n", "C: VRFY b\n", "C: AUTH LOGIN\n", "C: AUTH PLAIN AGEAYgBj\n",
	"C: STARTTLS\n", "C: HELO x\n", "C: RCPT TO: <b>\n", "C: ..Text \xc3\xa9\n", "C: QUIT\n",
	"S: 250 Ok\n", "S: 250-mx.example.org\n", "S: 250-SIZE 5\n", "S: 250 AUTH PLAIN\n", "S: 354 Go on\n", "S: 220 mx.example.org\n", "S: 221 Bye\n",
	"S: 334 VXNlcm5hbWU6\n", "S: 235 Ok\n", "S: 421 no\n", "S: 500 what\n", "S: 503 5.5.1 no\n", "S: 550-a\n", "S: 252 maybe\n", "S: 999\n", "S: \n",
	"# connection closed\n", "# so\n", "what\n",
}

// repeat writes s again and again, n octets in all or a little more.
func repeat(w *bufio.Writer, n int, s string) {
	if len(s) < 1<<10 {
		s = strings.Repeat(s, 1<<10)
	}
	for ; n > 0; n -= len(s) {
		w.WriteString(s)
	}
}

func zeros(w io.Writer, n int) {
	block := make([]byte, 1<<20)
	for ; n > 0; n -= len(block) {
		w.Write(block)
	}
}

// interleave writes lines of n sessions, one of each in turn.
func interleave(w *bufio.Writer, n int, lines []string) {
	for _, line := range lines {
		for i := range n {
			if line != "" {
				fmt.Fprintf(w, "@%d %s", i, line)
			}
		}
	}
}
