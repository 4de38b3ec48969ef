package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report/reporttest"
	"github.com/smtplint/smtplint/transcripts"
)

// evil are texts with a meaning to something that reads reports.
var evil = []string{
	"", "::error::x", " ::set-output name=a::b", "##[error]x", "#", "##", "##vso[task.complete]", "##teamcity[x]", "a\x1b[31m\x1b]8;;x\x07b",
	"\u202e\u2066", "caf\xe9\xff\xc0\x80", "<script>alert(1)</script>", `" onload="x`, "]]>", "&amp;", "``` text\n````\n", "[x](http://y)",
	"%0A::error::x", "a\r\nb\nc", "ok 1 # SKIP", "  ...\n---", "\U0010ffff\ufffe\u2028", "\x00\x01\x7f\u0085", "{0}", strings.Repeat("\u00e9", 300),
	"C:\\a b\\c", "../up", "/abs/olute", "|", "\U0001f4e7 \ubc14\ub098", "a%2Fb?c#d", "https://user@host/",
}

// FuzzWriters: whatever a recording says, whatever it is called, and whatever
// becomes of reading it: no writer panics, and what it writes can be read back
// and does no harm.
func FuzzWriters(f *testing.F) {
	for i, e := range evil {
		f.Add("S: 220 "+e+"\nC: NOOP "+e+"\nS: 550-"+e+"\nS: 550 "+e+"\n# "+e+"\nC: DATA\nS: 354 go\nC: "+e+"\nC: .\nS: 250 ok\n", "x", e, uint16(i))
		f.Add("S: 220 mx\nC: NOOP\nS: 250 ok\n", e, e, uint16(i))
	}
	f.Add(quarrel, "quarrel.log", "", uint16(0))
	f.Fuzz(func(t *testing.T, recording, path, words string, bits uint16) {
		if len(recording) > 1<<16 || path == "" {
			return
		}
		files := recordings(t, [2]string{path, recording}, [2]string{"other", recording})
		change(files[0], words, bits)
		opts := Options{Base: Base{Root: "/abs", Dir: "sub"}, Context: int(bits>>8) % 4, Width: int(bits>>10) % 3 * 40, Verbose: bits&64 != 0, Version: words}
		for i := range Formats {
			out, want := write(t, &Formats[i], opts, files)
			if err := reporttest.Check(Formats[i].Name, out, want); err != nil {
				t.Errorf("%v\n%.3000s", err, out)
			}
		}
		opts.Color, opts.Links = true, true
		rich, want := write(t, ByName("full"), opts, files)
		if err := reporttest.Check("full", []byte(stripped(string(rich))), want); err != nil {
			t.Errorf("with colours and links: %v\n%.3000s", err, rich)
		}
		for _, format := range []*Format{statisticsFormat(false), statisticsFormat(true)} {
			out, want := write(t, format, opts, files)
			if err := reporttest.Check(format.Name, out, want); err != nil {
				t.Errorf("%v\n%.3000s", err, out)
			}
		}
	})
}

// change makes findings of a file that the rules of the tests do not make.
func change(f *lint.File, words string, bits uint16) {
	if bits&1 != 0 {
		f.Err = errors.New("open " + f.Path + ": broken " + words)
	}
	for i := range f.Findings {
		d := &f.Findings[i]
		d.Label, d.Help = words, d.Help+words
		if bits&2 != 0 && i%2 == 0 {
			d.Suppressed = "inline: " + words
		}
		if bits&4 != 0 {
			d.At.Span.Packet = uint32(i + 1)
		}
		if bits&8 != 0 {
			d.Session = words
		}
		if bits&16 != 0 {
			d.At.Span = transcripts.Span{}
		}
		if bits&32 != 0 {
			d.Nth = 0
		}
		d.Message += words
	}
}

// TestNoSecret: a credential that is in a recording is in no report.
func TestNoSecret(t *testing.T) {
	const talk = "S: 220 mx\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWxpY2U=\nS: 334 UGFzc3dvcmQ6\nC: c2VzYW1lc2VzYW1l\nS: 535 no\nC: NOOP\nS: 250 ok\nC: AUTH PLAIN AGFsaWNlAHNlc2FtZQ==\nS: 535 no\n"
	files := recordings(t, [2]string{"auth.log", talk})
	if len(files[0].Findings) < 3 {
		t.Fatalf("%d findings", len(files[0].Findings))
	}
	for i := range Formats {
		out, _ := write(t, &Formats[i], Options{Context: 9}, files)
		for _, secret := range []string{"YWxpY2U", "c2VzYW1lc2VzYW1l", "AGFsaWNlAHNlc2FtZQ", "sesame"} {
			if bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s: has %q", Formats[i].Name, secret)
			}
		}
	}
}
