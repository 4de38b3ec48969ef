package report

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/report/reporttest"
	"github.com/smtplint/smtplint/transcripts"
)

var variable = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6}|rgb\((\d+) (\d+) (\d+) / (\d+)%\));`)

type color struct{ r, g, b, a float64 }

// palette reads the colours of one scheme.
func palette(css string) map[string]color {
	colors := map[string]color{}
	for _, m := range variable.FindAllStringSubmatch(css, -1) {
		if m[3] != "" {
			var c [4]float64
			for i := range c {
				c[i], _ = strconv.ParseFloat(m[3+i], 64)
			}
			colors[m[1]] = color{c[0], c[1], c[2], c[3] / 100}
			continue
		}
		n, _ := strconv.ParseUint(m[2][1:], 16, 32)
		colors[m[1]] = color{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255), 1}
	}
	return colors
}

// over lays a colour over another one.
func (c color) over(back color) color {
	mix := func(a, b float64) float64 { return a*c.a + b*(1-c.a) }
	return color{mix(c.r, back.r), mix(c.g, back.g), mix(c.b, back.b), 1}
}

// luminance is relative luminance as WCAG 2.2 defines it.
func (c color) luminance() float64 {
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}

func contrast(a, b color) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: text can be read on everything that lies below it, in both
// schemes (WCAG 2.2, 1.4.3: 4.5 to 1).
func TestContrast(t *testing.T) {
	light, dark, ok := strings.Cut(stylesheet, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "* {")
	for scheme, colors := range map[string]map[string]color{"light": palette(light), "dark": palette(dark)} {
		back := colors["back"]
		tls := colors["tls"].over(back)
		grounds := map[string]color{
			"the page": back, "what is raised": colors["raised"],
			"TLS": tls, "mail": colors["mail"].over(back), "mail in TLS": colors["mail"].over(tls),
		}
		for _, severity := range []string{"error", "warning", "info"} {
			grounds[severity] = colors[severity+"-back"]
		}
		for ground, below := range grounds {
			for _, text := range []string{"text", "quiet", "link", "client", "server", "tls-edge", "mail-edge", "error", "warning", "info"} {
				if _, severity := colors[ground+"-back"]; severity && text != ground && text != "text" && text != "client" && text != "server" && text != "quiet" {
					continue // never together
				}
				if c := contrast(colors[text], below); c < 4.5 || math.IsNaN(c) {
					t.Errorf("%s: %s on %s has a contrast of %.2f", scheme, text, ground, c)
				}
			}
		}
	}
}

// TestLadderInPage: what is said inside TLS and in transactions is enclosed, the
// findings stand at their lines, and a rule's page is there once.
func TestLadderInPage(t *testing.T) {
	page, _ := write(t, ByName("html"), Options{}, recordings(t, [2]string{"x.log", quarrel}))
	for _, want := range []string{
		`<li class="tls"><p class="band">inside TLS</p>`, `<p class="band">mail transaction 1</p>`,
		`<b>AUTH</b> PLAIN ****`, `message content: 3 lines, 24 octets`, `5 min later`,
		`<mark class="error"><b>550</b></mark>`, `1 line with the leading period doubled`,
	} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, once := range []string{"<p>A NOOP changes nothing.", "<p>The server said no.", "<p>Words."} {
		if n := bytes.Count(page, []byte(once)); n != 1 {
			t.Errorf("%s: %d times", once, n)
		}
	}
	noop, card := bytes.Index(page, []byte("l\u00f6ffel &quot;quoted")), bytes.Index(page, []byte("NOOP l\u00f6ffel"))
	if noop < 0 || card < noop {
		t.Error("the finding does not follow its line")
	}
}

// TestLongSession: of a session of many exchanges the surroundings of its
// findings are drawn, and one of five hundred is drawn whole.
func TestLongSession(t *testing.T) {
	talk := func(n int) string {
		return "S: 220 mx\n" + strings.Repeat("C: RSET\nS: 250 ok\n", n) + "C: NOOP\nS: 250 ok\n" + strings.Repeat("C: RSET\nS: 250 ok\n", n)
	}
	for _, c := range []struct{ exchanges, rows int }{{250, 1003}, {3000, 2*(2000/4) + 22}} {
		out, want := write(t, ByName("html"), Options{}, recordings(t, [2]string{"x.log", talk(c.exchanges)}))
		if err := reporttest.Check("html", out, want); err != nil {
			t.Error(err)
		}
		if n := bytes.Count(out, []byte(`<li class="row `)); n != c.rows {
			t.Errorf("%d exchanges: %d rows, want %d", 2*c.exchanges, n, c.rows)
		}
	}
}

// TestUnfolded: a session with findings is shown at once, and so is one that is
// all there is; many are folded, so that a browser need not lay all of them out.
func TestUnfolded(t *testing.T) {
	const unfolded = `" open><summary><h3>Session`
	const clean, faulty = "S: 220 mx\nC: QUIT\nS: 221 bye\n", "S: 220 mx\nC: NOOP\nS: 250 ok\nC: QUIT\nS: 221 bye\n"
	for _, c := range []struct {
		name  string
		files []*lint.File
		open  int
	}{
		{"one, clean", recordings(t, [2]string{"a", clean}), 1},
		{"two sessions", recordings(t, [2]string{"a", clean + clean}), 0},
		{"two recordings", recordings(t, [2]string{"a", faulty}, [2]string{"b", clean}, [2]string{"c", faulty}), 2},
	} {
		page, _ := write(t, ByName("html"), Options{}, c.files)
		if n := bytes.Count(page, []byte(unfolded)); n != c.open {
			t.Errorf("%s: %d are open, want %d", c.name, n, c.open)
		}
	}
	large := strings.Repeat("S: 220 mx\n"+strings.Repeat("C: NOOP\nS: 250 ok\n", 50)+"C: QUIT\nS: 221 bye\n", 190)
	page, _ := write(t, ByName("html"), Options{}, recordings(t, [2]string{"a", large}))
	last := bytes.LastIndex(page, []byte(unfolded)) - bytes.Index(page, []byte(`<section class="file"`))
	if !bytes.Contains(page, []byte(`class="many"`)) {
		t.Error("a browser has to lay all of it out")
	}
	if last < unfoldedDrawn/2 || last > unfoldedDrawn+100 {
		t.Errorf("sessions are unfolded up to %d", last)
	}
}

// TestNotDrawn: findings of sessions that are too many to be drawn are listed.
func TestNotDrawn(t *testing.T) {
	files := recordings(t, [2]string{"x.log", strings.Repeat("S: 220 mx\nC: NOOP\nS: 250 ok\nC: QUIT\nS: 221 bye\n", 300)})
	if len(files[0].Ladders) != htmlDrawing.Faulty {
		t.Fatalf("%d ladders", len(files[0].Ladders))
	}
	out, want := write(t, ByName("html"), Options{}, files)
	if err := reporttest.Check("html", out, want); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(out, []byte("100 sessions more not drawn")) || want.Findings != 300 {
		t.Errorf("%d findings in %d octets", want.Findings, len(out))
	}
}

// TestGitHubReadsBack: the runner gets what was meant, whatever is in it.
func TestGitHubReadsBack(t *testing.T) {
	f := typical()
	f.Path = "100%,a:b=c.log"
	f.Findings[0].Message = "50% of a::b, %0A\nand c"
	f.Findings[0].Help = "x%25"
	out, _ := write(t, ByName("github"), Options{}, []*lint.File{f})
	c, ok := reporttest.ParseCommand(string(bytes.TrimSuffix(out, []byte("\n"))))
	want := "client: 50% of a::b, %0A\\nand c\nhelp: x%25\nRFC 5321 §3.5.3, §7.3"
	if !ok || c.Name != "error" || c.Properties["file"] != f.Path || c.Message != want {
		t.Errorf("%+v", c)
	}
}

// TestOddities: each kind of oddity is told in words of its own.
func TestOddities(t *testing.T) {
	seen := map[string]bool{"": true}
	for kind := transcripts.BareLF; kind <= transcripts.Long78; kind++ {
		if seen[oddities[kind]] {
			t.Errorf("%v has none: %q", kind, oddities[kind])
		}
		seen[oddities[kind]] = true
	}
}
