package transcripts

import (
	"bytes"
	"io"
	"slices"
	"testing"
)

// TestPack: what was unwrapped is wrapped again, with other content.
func TestPack(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want []Wrapping
	}{
		"as it is":             {[]byte(packed), nil},
		"gzip":                 {gzipped([]byte(packed)), []Wrapping{Gzip}},
		"zstd":                 {zstded([]byte(packed)), []Wrapping{Zstd}},
		"UTF-8 with a mark":    {append([]byte("\ufeff"), packed...), []Wrapping{ByteOrderMark}},
		"UTF-16 little":        {utf16ed(1, 0), []Wrapping{UTF16Little}},
		"UTF-16 big":           {utf16ed(1, 1), []Wrapping{UTF16Big}},
		"UTF-16 without mark":  {utf16ed(0, 0), []Wrapping{UTF16Unmarked}},
		"UTF-16 in gzip":       {gzipped(utf16ed(1, 0)), []Wrapping{Gzip, UTF16Little}},
		"gzip in zstd in gzip": {gzipped(zstded(gzipped([]byte(packed)))), []Wrapping{Gzip, Zstd, Gzip}},
	} {
		inside, off := Unwrap(bytes.NewReader(c.data))
		text, err := io.ReadAll(inside)
		if err != nil || string(text) != packed || !slices.Equal(off, c.want) {
			t.Errorf("%s: unwrapped %v, %v: %q", name, off, err, text)
		}
		var again bytes.Buffer
		w, err := Pack(&again, off)
		if err != nil {
			t.Fatal(err)
		}
		for i := range text { // an octet at a time: characters come in parts
			if _, err := w.Write(text[i : i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		first := off
		if text, err = io.ReadAll(Unpack(bytes.NewReader(again.Bytes()))); err != nil || string(text) != packed {
			t.Errorf("%s: packed and unpacked: %v: %q", name, err, text)
		}
		if _, off := Unwrap(&again); !slices.Equal(off, first) {
			t.Errorf("%s: packed in %v, want %v", name, off, first)
		}
	}
}
