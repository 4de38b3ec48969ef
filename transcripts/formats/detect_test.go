package formats

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

// conversation reads a recording and says what was said in it, with the lines
// where it stands.
func conversation(t testing.TB, data []byte) string {
	t.Helper()
	f := detected(data)
	if f == nil {
		f = Search
	}
	var b strings.Builder
	rec := transcripts.Open(bytes.NewReader(data))
	defer rec.Close()
	err := rec.Lines(f, transcripts.Hints{}, func(l *transcripts.Line) {
		switch {
		case l.From != transcripts.Recorder:
			fmt.Fprintf(&b, "%d %v %s\n", l.Span.Line, l.From, l.Text)
		case l.Note == transcripts.Notation:
			name, _, _ := strings.Cut(string(l.Text), ":")
			fmt.Fprintf(&b, "%d now %s\n", l.Span.Line, name)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var bareSwaks = strings.Split(`=== Trying 192.0.2.1:25...
=== Connected to 192.0.2.1.
<-  220 mx ESMTP
 -> EHLO me
<-  250-mx
<-  250 SIZE
 -> QUIT
<-  221 bye
=== Connection closed with remote host.`, "\n")

// TestPrefixTimes: the time and the name in a prefix are not lost.
func TestPrefixTimes(t *testing.T) {
	var b strings.Builder
	for i, line := range bareSwaks {
		fmt.Fprintf(&b, "web-1  | 2026-11-24T10:00:%02dZ %s\nnoise | whatever\n", i, line)
	}
	data := []byte(b.String())
	n := 0
	for s, err := range transcripts.Read(bytes.NewReader(data), detected(data), transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		took, known := s.Exchanges[2].Reply.At.Sub(s.Exchanges[1].Command.At)
		if s.ID != "web-1" || !s.Proves.Has(transcripts.Clock) || !known || took.Seconds() != 4 {
			t.Errorf("session %s, %v, from EHLO to 221 %v", s.ID, s.Proves, took)
		}
	}
	if n != 1 {
		t.Errorf("%d sessions", n)
	}
}

// TestSeveralNotations reads a CI log that holds recordings of two programs and
// noise, each where it stands.
func TestSeveralNotations(t *testing.T) {
	smtplib, err := os.ReadFile("testdata/smtplib-level-2.log")
	if err != nil {
		t.Fatal(err)
	}
	noise := strings.Repeat("ok  \tsome/package\t0.01s\nRun tests, 250 of them\n", 5)
	log := noise + strings.Join(bareSwaks, "\n") + "\n" + noise + string(smtplib) + noise
	got := conversation(t, []byte(log))
	for _, want := range []string{"14 client EHLO me\n", "30 now smtplib\n", "client mail FROM:<alice@example.com> size=345\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	var formats []string
	for s := range transcripts.Read(strings.NewReader(log), detected([]byte(log)), transcripts.Hints{}) {
		formats = append(formats, s.Format)
		if want := ByName(s.Format).Proves; s.Carries != want {
			t.Errorf("%s carries %v, want %v", s.Format, s.Carries, want)
		}
	}
	if d := cmp.Diff([]string{"swaks", "smtplib"}, formats); d != "" {
		t.Errorf("formats of the sessions (-want +got):\n%s", d)
	}
}

// TestLateConversation finds a conversation that begins long after the head.
func TestLateConversation(t *testing.T) {
	log := strings.Repeat("nothing to see here, move on\n", 5000) + strings.Join(bareSwaks, "\n")
	got := conversation(t, []byte(log))
	if !strings.HasPrefix(got, "5001 now swaks\n5003 server 220 mx ESMTP\n5004 client EHLO me\n") {
		t.Errorf("got\n%.300s", got)
	}
}

// TestNoRecording: text that is about mail is no recording.
func TestNoRecording(t *testing.T) {
	for _, text := range []string{
		"Buy milk.\n",
		"# A manual\n\nSend `MAIL FROM:<a@example.com>` and the server answers 250.\n\n- 220 is the greeting\n- 354 asks for the message\n",
		"Nov 24 10:00:00 mail postfix/qmgr[1]: 4B1F2: from=<a@example.com>, size=345, nrcpt=1 (queue active)\n",
		strings.Repeat("\x00\xff", 1000),
	} {
		if f := detected([]byte(text)); f != nil {
			t.Errorf("%.40q is read as %s", text, f.Name)
		}
	}
}

// BenchmarkDetect shows that the size of a recording does not matter.
func BenchmarkDetect(b *testing.B) {
	data, err := os.ReadFile("testdata/swaks-starttls.log")
	if err != nil {
		b.Fatal(err)
	}
	for _, times := range []int{1, 1000} {
		long := bytes.Repeat(data, times)
		b.Run(fmt.Sprintf("%dKB", len(long)>>10), func(b *testing.B) {
			for b.Loop() {
				if f := detected(long); f.Name != "swaks" {
					b.Fatal(f.Name)
				}
			}
		})
	}
}
