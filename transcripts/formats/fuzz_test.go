package formats

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// FuzzDecoders reads anything in every notation. Nothing may panic, and places
// lie in the recording and never run backwards.
func FuzzDecoders(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.log")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range append(All[:len(All):len(All)], Search) {
			readAll(t, data, format)
		}
		if f := detected(data); f != nil {
			readAll(t, data, f)
		}
	})
}

func readAll(t testing.TB, data []byte, f *transcripts.Format) {
	t.Helper()
	inside, _ := io.ReadAll(transcripts.Unpack(bytes.NewReader(data))) // places are those inside
	rec := transcripts.Open(bytes.NewReader(data))
	last := transcripts.Span{}
	rec.Lines(f, transcripts.Hints{}, func(l *transcripts.Line) {
		s := l.Span
		if !s.Known() || s.Line < last.Line || s.Offset < 0 || s.Offset+int64(s.Length) > int64(len(inside)) {
			t.Errorf("%s: %q at %+v after %+v in %d octets", f.Name, l.Text, s, last, len(inside))
		}
		last = s
	})
	rec.Close()
	for range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		// That a wrapping is damaged is an error, not a panic.
	}
}

// TestCutSamples cuts every sample at every 64 octets, as a recorder that was
// stopped would, and reads it in the format that it is recognised in.
func TestCutSamples(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	paths, _ := filepath.Glob(samples + "/*/*/*")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	const most = 400 // cuts of one file
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a directory
		}
		step := max(64, len(data)/most/64*64)
		for n := 0; n <= len(data); n += step {
			if f := detected(data[:n]); f != nil {
				readAll(t, data[:n], f)
			}
		}
	}
}
