package report

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// TestRegion: octets become code units of UTF-16 where the line tells how many,
// and nothing where it does not.
func TestRegion(t *testing.T) {
	at := func(column, length uint32) transcripts.Span {
		return transcripts.Span{Line: 7, Column: column, Length: length}
	}
	for _, c := range []struct {
		name   string
		p      lint.Place
		octets region
		utf16s region
	}{
		{"ASCII", lint.Place{Span: at(4, 4), Text: "NOOP x", From: 0, To: 4}, region{7, 4, 8}, region{7, 4, 8}},
		{"before what is meant", lint.Place{Span: at(11, 1), Text: "NOOP é x", From: 8, To: 9}, region{7, 11, 12}, region{7, 10, 11}},
		{"in what is meant", lint.Place{Span: at(9, 2), Text: "NOOP é x", From: 5, To: 7}, region{7, 9, 11}, region{7, 9, 10}},
		{"a pair of surrogates", lint.Place{Span: at(9, 4), Text: "NOOP \U0001f4e7", From: 5, To: 9}, region{7, 9, 13}, region{7, 9, 11}},
		{"the whole line with its mark", lint.Place{Span: at(1, 11), Text: "NOOP é x", From: 0, To: 8}, region{7, 1, 12}, region{7, 1, 11}},
		{"another form of the text", lint.Place{Span: at(1, 5), Text: "NOOP é x", From: 0, To: 8}, region{7, 1, 6}, region{line: 7}},
		{"nowhere", lint.Place{Text: "x", To: 1}, region{line: 1}, region{line: 1}},
		{"a packet", lint.Place{Span: transcripts.Span{Line: 3, Column: 1, Length: 1, Packet: 9}, Text: "x", To: 1}, region{line: 1}, region{line: 1}},
	} {
		if got := regionOf(&c.p, octets); got != c.octets {
			t.Errorf("%s, in octets: %v, want %v", c.name, got, c.octets)
		}
		if got := regionOf(&c.p, utf16s); got != c.utf16s {
			t.Errorf("%s, in UTF-16: %v, want %v", c.name, got, c.utf16s)
		}
	}
}

// TestRungOf: a place is in the rung that begins last before it, in whatever
// order the rungs are.
func TestRungOf(t *testing.T) {
	var rungs []lint.Rung
	for _, offset := range []int64{60, 90, 20} {
		rungs = append(rungs, lint.Rung{Span: transcripts.Span{Line: 1, Column: 1, Offset: offset}})
	}
	for offset, want := range map[int64]int{10: -1, 20: 2, 59: 2, 60: 0, 95: 1} {
		if got := rungOf(&lint.File{}, rungs, &lint.Place{Span: transcripts.Span{Line: 1, Offset: offset}}); got != want {
			t.Errorf("%d: rung %d, want %d", offset, got, want)
		}
	}
}

// TestLine: of a line that is too wide, what is meant is shown, and the columns
// are those of what is meant.
func TestLine(t *testing.T) {
	long := strings.Repeat("0123456789", 6)
	for _, c := range []struct {
		name     string
		text     string
		from, to int
		want     string
		meant    string // what stands in the columns
	}{
		{"short", "250 ok", 0, 3, "S: 250 ok", "S: 250"},
		{"a part", "250 ok", 4, 6, "S: 250 ok", "ok"},
		{"cut at its end", "250 " + long, 0, 3, "S: 250 012345678901234567890123456789...", "S: 250"},
		{"meant at the end", long + " here", 61, 65, "S: ...45678901234567890123456789 here", "here"},
		{"meant in the middle", long + " here " + long, 61, 65, "S: ...45678901234567890123456789 here...", "here"},
		{"meant, and too wide itself", long + long, 30, 120, "S: ...0123456789012345678901234567890...", "0123456789012345678901234567890"},
		{"wide characters", strings.Repeat("메", 40) + "x", 120, 121, "S: ..." + strings.Repeat("메", 15) + "x", "x"},
	} {
		p := lint.Place{Party: transcripts.Server, Text: c.text, From: c.from, To: c.to}
		got, from, to := appendLine(nil, &p, 40)
		if string(got) != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
		if text.Width(got) > 40 {
			t.Errorf("%s: %d columns", c.name, text.Width(got))
		}
		if meant := skip(string(got), from); text.Clip(meant, to-from) != c.meant {
			t.Errorf("%s: %q is underlined, want %q", c.name, text.Clip(meant, to-from), c.meant)
		}
	}
}

// skip leaves a number of columns out.
func skip(s string, columns int) string { return s[len(text.Clip(s, columns)):] }

// FuzzLine: no line is wider than there is room for, and what is underlined is
// in it.
func FuzzLine(f *testing.F) {
	f.Add("250 ok \u202e", 4, 6, 80)
	f.Add(strings.Repeat("\uba54", 100), 150, 160, 40)
	f.Fuzz(func(t *testing.T, s string, from, to, width int) {
		if from < 0 || to < from || len(s) < to || width < 30 || width > 500 {
			return
		}
		got, a, b := appendLine(nil, &lint.Place{Text: s, From: from, To: to}, width)
		if n := text.Width(got); n > width || a < 0 || b < a || b > n {
			t.Errorf("%q in %d of %d columns, %d to %d", got, n, width, a, b)
		}
	})
}

func TestBase(t *testing.T) {
	for _, c := range []struct {
		base       Base
		path, want string
	}{
		{Base{}, "a.log", "a.log"},
		{Base{}, "./a//b.log", "a/b.log"},
		{Base{}, "/tmp/a.log", "/tmp/a.log"},
		{Base{Root: "/repo"}, "./a.log", "a.log"},
		{Base{Root: "/repo", Dir: "sub/dir"}, "a.log", "sub/dir/a.log"},
		{Base{Root: "/repo", Dir: "sub"}, "../a.log", "a.log"},
		{Base{Root: "/repo", Dir: "sub"}, "/repo/x/a.log", "x/a.log"},
		{Base{Root: "/repo"}, "/repository/a.log", "/repository/a.log"},
		{Base{Root: "/repo"}, "<stdin>", "<stdin>"},
	} {
		if got := c.base.Rel(c.path); got != c.want {
			t.Errorf("%+v, %s: %s, want %s", c.base, c.path, got, c.want)
		}
	}
}

// TestColumns: a label that the terminal has no room for stands below its
// marks; without a terminal it stands behind them, whatever the width.
func TestColumns(t *testing.T) {
	f := typical()
	f.Findings[0].At.From, f.Findings[0].At.To = 40, 60
	narrow, _ := write(t, ByName("full"), Options{Width: 70}, []*lint.File{f})
	wide, _ := write(t, ByName("full"), Options{}, []*lint.File{f})
	if !strings.Contains(string(narrow), "^^^\n   | the server") || !strings.Contains(string(wide), "^^^ the server") {
		t.Errorf("%s%s", narrow, wide)
	}
	for line := range strings.Lines(string(narrow)) {
		if strings.Contains(line, " | ") && text.Width(strings.TrimSuffix(line, "\n")) > 70 {
			t.Errorf("wider than the terminal: %q", line)
		}
	}
}

// TestColoursAndLinks: they are there when asked for, and then the words are
// the same.
func TestColoursAndLinks(t *testing.T) {
	files := []*lint.File{typical()}
	bare, _ := write(t, ByName("full"), Options{}, files)
	rich, _ := write(t, ByName("full"), Options{Color: true, Links: true}, files)
	const link = "\x1b]8;;https://www.rfc-editor.org/rfc/rfc5321#section-3.5.3\x1b\\RFC 5321 §3.5.3\x1b]8;;\x1b\\"
	if !strings.Contains(string(rich), link) || !strings.Contains(string(rich), "\x1b[31merror[") {
		t.Errorf("%q", rich)
	}
	// Linked references name the document each time.
	if got, want := stripped(string(rich)), strings.ReplaceAll(string(bare), ", §", ", RFC 5321 §"); got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// stripped takes escape sequences out.
func stripped(s string) string {
	var b strings.Builder
	for s != "" {
		before, after, found := strings.Cut(s, "\x1b")
		b.WriteString(before)
		if !found {
			break
		}
		if after[0] == '[' {
			_, s, _ = strings.Cut(after, "m")
		} else {
			_, s, _ = strings.Cut(after, "\x1b\\")
		}
	}
	return b.String()
}
