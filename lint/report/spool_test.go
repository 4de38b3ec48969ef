package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestSpool: what goes in comes out, in memory and beyond.
func TestSpool(t *testing.T) {
	for _, pieces := range []int{0, 1, 100} { // of 64 KiB; 64 of them stay in memory
		var s spool
		var want, got bytes.Buffer
		for i := range pieces {
			piece := bytes.Repeat([]byte{byte('a' + i%26)}, 64<<10)
			want.Write(piece)
			if _, err := s.Write(piece); err != nil {
				t.Fatal(err)
			}
		}
		if s.empty() != (pieces == 0) || (s.file != nil) != (pieces == 100) {
			t.Errorf("%d pieces: empty is %v, the file %v", pieces, s.empty(), s.file)
		}
		if err := s.pour(&got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d pieces: %d octets, want %d", pieces, got.Len(), want.Len())
		}
		if !s.empty() {
			t.Error("something is left")
		}
	}
}

// TestSpoolWithoutRoom: where nothing can be kept, the report fails and says so.
func TestSpoolWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", "/nowhere")
	t.Setenv("TMP", "/nowhere")
	var s spool
	if _, err := s.Write(make([]byte, spoolKept+1)); err == nil {
		t.Error("no error")
	}
	if s.pour(new(bytes.Buffer)) == nil {
		t.Error("poured, although something is missing")
	}
}

// fullDisk is a disk with little room.
type fullDisk struct{ left int }

var errFull = errors.New("disk full")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestFullDisk: every writer says when its output could not be written, at the
// latest when it is closed.
func TestFullDisk(t *testing.T) {
	files := samples(t)
	for i := range Formats {
		format := &Formats[i]
		if format.Name == "none" {
			continue
		}
		for _, room := range []int{0, 300} {
			w := format.New(&fullDisk{room}, golden)
			var err error
			for _, f := range files {
				err = errors.Join(err, w.File(f))
			}
			if err = errors.Join(err, w.Close(Total{})); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d octets: %v", format.Name, room, err)
			}
		}
	}
}

// TestNotHeld: a writer of a format that allows it holds no more than a little
// of its output.
func TestNotHeld(t *testing.T) {
	f := repeated()
	for _, name := range []string{"checkstyle", "full", "gitlab", "jsonl", "junit", "rdjson", "sarif", "short", "tap"} {
		counter := new(largest)
		w := ByName(name).New(counter, Options{})
		for range 20 {
			if err := w.File(f); err != nil {
				t.Fatal(err)
			}
		}
		if counter.all < 1<<20 || counter.most > sinkSize+16<<10 {
			t.Errorf("%s: %d octets came before the end, up to %d at once", name, counter.all, counter.most)
		}
	}
}

// largest counts what is written.
type largest struct{ all, most int }

func (l *largest) Write(p []byte) (int, error) {
	l.all += len(p)
	l.most = max(l.most, len(p))
	return len(p), nil
}

// TestQuote: JSON and XML read back as what was written; see FuzzWriters for
// whether they can be read.
func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"a\"b\\c":         `"a\"b\\c"`,
		"tab\there\r\n":   `"tab\there\r\n"`,
		"\x00\x1b\x7f":    `"\u0000\u001b\u007f"`,
		"##[x":            `"#\u0023[x"`,
		"# #":             `"# #"`,
		"\u202e":          `"\u202e"`,
		"\U000e0001":      `"\udb40\udc01"`,
		"\xff":            `"\ufffd"`,
		"\u00e9\u3042":    "\"\u00e9\u3042\"",
		"plain plain ###": `"plain plain #\u0023\u0023"`,
	} {
		if got := string(appendJSON(nil, in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
		if got := string(appendJSON(nil, []byte(in))); got != want {
			t.Errorf("%q as octets: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"<a b='c' d=\"e\">&": "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;",
		"##[x\n":             "#&#35;[x&#10;",
		"\x00\x1b\xff\uffff": strings.Repeat("\ufffd", 4),
		"\u202e\u00a0":       "&#8238;&#160;",
	} {
		if got := string(appendXML(nil, in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestMarkdownCode: text within a line of Markdown stays code.
func TestMarkdownCode(t *testing.T) {
	for in, want := range map[string]string{
		"a":     "` a `",
		"a`b":   "`` a`b ``",
		"``` x": "```` ``` x ````",
	} {
		if got := string(appendCode(nil, in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	if got := fenceFor("x\n````\n"); got != "`````" {
		t.Errorf("fence %s", got)
	}
}
