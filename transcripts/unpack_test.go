package transcripts

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
)

const packed = "S: 220 mx\nC: EHLO me\nS: 250 mx caf\u00e9 \U0001f4e7\nC: QUIT\nS: 221 bye"

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func zstded(data []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	defer w.Close()
	return w.EncodeAll(data, nil)
}

func utf16ed(mark, low int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(packed)) {
		pair := [2]byte{}
		pair[low], pair[1-low] = byte(u), byte(u>>8)
		b = append(b, pair[:]...)
	}
	if mark == 0 {
		return b
	}
	bom := []byte{0xff, 0xfe}
	if low == 1 {
		bom = []byte{0xfe, 0xff}
	}
	return append(bom, b...)
}

func TestUnpack(t *testing.T) {
	for name, data := range map[string][]byte{
		"as it is":              []byte(packed),
		"gzip":                  gzipped([]byte(packed)),
		"zstd":                  zstded([]byte(packed)),
		"gzip in zstd":          zstded(gzipped([]byte(packed))),
		"UTF-8 mark":            []byte("\xef\xbb\xbf" + packed),
		"UTF-8 mark in gzip":    gzipped([]byte("\xef\xbb\xbf" + packed)),
		"UTF-16, little":        utf16ed(1, 0),
		"UTF-16, big":           utf16ed(1, 1),
		"UTF-16 without a mark": utf16ed(0, 0),
		"UTF-16, half an octet": append(utf16ed(1, 0), '\n'),
		"carriage returns":      []byte(strings.ReplaceAll(packed, "\n", "\r\n")),
		"a line end at the end": []byte(packed + "\n"),
	} {
		want := dumpAll(t, []byte(packed))
		if got := dumpAll(t, data); got != want {
			t.Errorf("%s reads as\n%s\nwant\n%s", name, got, want)
		}
		rec := Open(iotest.OneByteReader(bytes.NewReader(data)))
		n := 0
		if err := rec.Lines(Plain, Hints{}, func(*Line) { n++ }); err != nil || n != 5 {
			t.Errorf("%s, octet by octet: %d lines, %v", name, n, err)
		}
		rec.Close()
	}
}

// TestUnpackBroken: a damaged wrapping is an error of reading, behind what
// could be read.
func TestUnpackBroken(t *testing.T) {
	whole := gzipped([]byte(strings.Repeat(packed+"\n", 2000)))
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "no gzip at all": {0x1f, 0x8b, 1, 2, 3}} {
		rec := Open(bytes.NewReader(data))
		if err := rec.Lines(Plain, Hints{}, func(*Line) {}); err == nil {
			t.Errorf("%s: no error", name)
		}
		rec.Close()
	}
}
