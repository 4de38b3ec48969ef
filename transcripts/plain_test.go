package transcripts

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlainNotations(t *testing.T) {
	const want = `connected -> 220
EHLO me -> 250*2
MAIL FROM:<a@b> -> 250
QUIT -> 221
`
	for _, c := range []struct{ name, in string }{
		{"ours", "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 SIZE\nC: MAIL FROM:<a@b>\nS: 250 ok\nC: QUIT\nS: 221 bye\n"},
		{"exact octets", `S= "220 mx\r\n"
C= "EHLO me\r\n"
S= "250-mx\r\n"
S= "250 SIZE\r\n"
C= "MAIL FROM:<a@b>\r\n"
S= "250 ok\r\n"
C= "QUIT\r\n"
S= "221 bye\r\n"
`},
		{"words", "Server: 220 mx\nClient: EHLO me\nServer: 250-mx\nServer: 250 SIZE\nClient: MAIL FROM:<a@b>\nServer: 250 ok\nClient: QUIT\nServer: 221 bye\n"},
		{"sender and receiver, as in RFC 821", "R: 220 mx\nS: EHLO me\nR: 250-mx\nR: 250 SIZE\nS: MAIL FROM:<a@b>\nR: 250 ok\nS: QUIT\nR: 221 bye\n"},
		{"arrows", "< 220 mx\n> EHLO me\n< 250-mx\n< 250 SIZE\n> MAIL FROM:<a@b>\n< 250 ok\n> QUIT\n< 221 bye\n"},
		{"longer arrows", "<-- 220 mx\n--> EHLO me\n<-- 250-mx\n<-- 250 SIZE\n--> MAIL FROM:<a@b>\n<-- 250 ok\n--> QUIT\n<-- 221 bye\n"},
		{"arrows the other way", "> 220 mx\n< EHLO me\n> 250-mx\n> 250 SIZE\n< MAIL FROM:<a@b>\n> 250 ok\n< QUIT\n> 221 bye\n"},
		{"an indented listing with broken lines", `
      S: 220
         mx
      C: EHLO me
      S: 250-mx
      S: 250 SIZE
      C: MAIL
         FROM:<a@b>
      S: 250 ok
      C: QUIT
      S: 221 bye
`},
		{"times and names of connections", "@7 10:00:00 S: 220 mx\n@7 10:00:00.25 C: EHLO me\n@7 2026-01-02T10:00:00Z S: 250-mx\n@7 S: 250 SIZE\n" +
			"@7 C: MAIL FROM:<a@b>\n@7 S: 250 ok\n@7 C: QUIT\n@7 S: 221 bye\n"},
		{"carriage returns", "S: 220 mx\r\nC: EHLO me\r\nS: 250-mx\r\nS: 250 SIZE\r\nC: MAIL FROM:<a@b>\r\nS: 250 ok\r\nC: QUIT\r\nS: 221 bye"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got strings.Builder
			for s, err := range Read(strings.NewReader(c.in), Plain, Hints{}) {
				if err != nil {
					t.Fatal(err)
				}
				got.WriteString(outline(s))
			}
			if d := cmp.Diff(want, got.String()); d != "" {
				t.Errorf("exchanges (-want +got):\n%s", d)
			}
		})
	}
}

// TestSwappedLabels reads a recording whose labels stand the wrong way round
// as it was meant.
func TestSwappedLabels(t *testing.T) {
	for in, want := range map[string]string{
		"C: 220 mx\nS: EHLO me\nC: 250 mx\nS: QUIT\nC: 221 bye\n":                         "connected -> 220\nEHLO me -> 250\nQUIT -> 221\n! swapped-labels at -1\n",
		"Client: 220 mx\nServer: EHLO me\nClient: 250 mx\n":                               "connected -> 220\nEHLO me -> 250\n! swapped-labels at -1\n",
		"S: 220 mx\nC: EHLO me\nS: 250 mx\nC: 250 reasons\nC: QUIT\nS: 221 bye\n":         "connected -> 220\nEHLO me -> 250\n250 reasons(250 reasons) -> adrift\nQUIT early -> 221 adrift\n! unanswered at 2\n",
		"C: DATA\nS: 354 go\nC: 250 reasons\nC: 354 more\nC: 220 times\nC: .\nS: 250 k\n": "DATA -> 354\ncontent [3 lines, dot] -> 250\n",
	} {
		for s, err := range Read(strings.NewReader(in), Plain, Hints{}) {
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, outline(s)); d != "" {
				t.Errorf("%s(-want +got):\n%s", in, d)
			}
		}
	}
}

// TestPlainNotes reads comments that say more than a comment.
func TestPlainNotes(t *testing.T) {
	const in = `# excerpt
# port: 587
# mode: lmtp
# stuffing: wire
# just words
S: 220 mx
# TLS established
C: VRFY a
S: 252 maybe
# [refused] VRFY failed
garbage
# server closed the connection
`
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		got := fmt.Sprintf("excerpt=%v port=%d lmtp=%v stuffing=%v secure=%v verdict=%v ended=%d remarks=%d faults=%d",
			s.Excerpt, s.Port, s.LMTP, s.Proves.Has(Stuffing), s.Exchanges[1].Before.Secure, s.Exchanges[1].Reply.Verdict,
			s.Ended, len(s.Remarks), len(s.Faults))
		want := fmt.Sprintf("excerpt=true port=587 lmtp=true stuffing=true secure=yes verdict=refused ended=%d remarks=4 faults=1", ServerClosed)
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// TestPlainAsides: what a person says about another time is no event.
func TestPlainAsides(t *testing.T) {
	for text, want := range map[string]Note{
		"client: bounced":                                Comment,
		"an unknown recipient":                           Aside,
		"":                                               Aside,
		"client: connection lost":                        Closed,
		"client closed the connection after 5 s":         ClientClosed,
		"server closes the connection.":                  ServerClosed,
		"client closes the connection after NOOP":        Aside,
		"QUIT, then the connection is closed":            Aside,
		"the connection is not closed":                   Aside,
		"reset the connection state":                     Aside,
		"TLS on":                                         Secured,
		"now TLS is on (TLSv1.3)":                        Secured,
		"no TLS on this port":                            Aside,
		"TLS is started with STARTTLS":                   Aside,
		"without TLS the login would be on record, that": Aside,
	} {
		if got := noteIn([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, noteNames[got], noteNames[want])
		}
	}
}

// TestUnmarkedLines: a line without a mark is odd where the others have names
// for marks; between arrows, which many programs write, it is somebody's words.
func TestUnmarkedLines(t *testing.T) {
	for in, faults := range map[string]int{
		"S: 220 mx\nC: QUIT\ngarbage\nS: 221 bye\n": 1,
		"< 220 mx\n> QUIT\ngarbage\n< 221 bye\n":    0,
	} {
		for s := range Read(strings.NewReader(in), Plain, Hints{}) {
			if len(s.Faults) != faults || len(s.Exchanges) != 2 {
				t.Errorf("%q: %d faults, %d exchanges", in, len(s.Faults), len(s.Exchanges))
			}
			if slices.ContainsFunc(s.Remarks, func(r Remark) bool { return r.Note == Comment }) {
				t.Errorf("%q: %v is said to be a program's", in, s.Remarks)
			}
		}
	}
}

// TestEllipsis: where somebody shows that lines are missing, nothing is wrong,
// and nothing can be said of what is not there.
func TestEllipsis(t *testing.T) {
	for _, in := range []string{
		"S: 220 mx\nC: EHLO me\nS: 250-mx\nS: ...\nS: 250 HELP\nC: QUIT\nS: 221 bye\n",
		"S: 220 mx\nC: EHLO me\nS: 250-mx\n[...]\nS: 250 HELP\nC: QUIT\nS: 221 bye\n",
		"S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 HELP\n<snip>\n...\nC: QUIT\nS: 221 bye\n",
	} {
		for s := range Read(strings.NewReader(in), Plain, Hints{}) {
			if len(s.Faults) > 0 || len(s.Exchanges) != 3 || s.Proves.Has(Unbroken) {
				t.Errorf("%q: faults %v, %d exchanges, proves %v", in, s.Faults, len(s.Exchanges), s.Proves)
			}
		}
	}
}

// dump says all of a session but its places.
func dump(s *Session) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %v ended=%d port=%d lmtp=%v excerpt=%v\n", s.ID, s.Proves, s.Ended, s.Port, s.LMTP, s.Excerpt)
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		fmt.Fprintf(&b, "%v %q %v %v early=%v\n", e.Kind, e.Command.Text, e.Command.EOL, e.Command.At, e.Command.Early)
		for _, r := range append([]Reply{e.Reply}, e.More...) {
			fmt.Fprintf(&b, "  %d open=%v %v %v\n", r.Code, r.Open, r.Verdict, r.At)
			for _, l := range r.Lines {
				fmt.Fprintf(&b, "    %d %q %q %v %v\n", l.Code, l.Sep, l.Text, l.EOL, l.At)
			}
		}
		if body := e.Body; body != nil {
			fmt.Fprintf(&b, "  %d lines %d octets %d doubled %v %q\n", body.Lines, body.Octets, body.Doubled, body.End, body.Header)
			for _, m := range body.Marks {
				fmt.Fprintf(&b, "    %v %d %q\n", m.Kind, m.Count, m.Excerpt)
			}
		}
		before := e.Before
		before.Offers = nil
		fmt.Fprintf(&b, "  %+v\n", before)
	}
	for _, f := range s.Faults {
		fmt.Fprintf(&b, "%v at %d: %q\n", f.Kind, f.Exchange, f.Text)
	}
	for _, r := range s.Remarks {
		fmt.Fprintf(&b, "%d after %d: %q\n", r.Note, r.After, r.Text)
	}
	for _, a := range s.Asked {
		fmt.Fprintf(&b, "asked %q\n", a.Text)
	}
	return b.String()
}

func dumpAll(t testing.TB, data []byte) string {
	var b strings.Builder
	for s, err := range Read(bytes.NewReader(data), Plain, Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(dump(s))
	}
	return b.String()
}

// FuzzPlain writes what it has read, and reads what it has written: the
// sessions must be the same.
func FuzzPlain(f *testing.F) {
	f.Add([]byte("S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 SIZE\nC: DATA\nS: 354 go\nC: .\nS: 250 ok\nC: QUIT\nS: 221 bye\n"))
	f.Add([]byte("# excerpt\nC= \"DATA\\r\\n\"\nS= \"354 go\\n\"\nC= \".\\n\"\nC~ \"\\x00\"\n@a 10:00:00 S: 250\n# [refused] no\n"))
	f.Add([]byte("   R: 220 mx\n   S: BDAT 3 LAST\n      abc\n# TLS on\n# [left out]\n# port: 25\n??\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		w := NewPlainWriter(&out, Plain, true)
		rec := Open(bytes.NewReader(data))
		defer rec.Close()
		if err := rec.Lines(Plain, Hints{}, w.Line); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(dumpAll(t, data), dumpAll(t, out.Bytes())); d != "" {
			t.Errorf("%q\nwas written as\n%s\nwhich reads differently (-before +after):\n%s", data, out.Bytes(), d)
		}
	})
}

// TestListing: what people are shown is in quotes only where it must be, and
// reads back as it was.
func TestListing(t *testing.T) {
	for _, test := range []struct {
		line Line
		want string
	}{
		{Line{From: Server, Text: []byte("220 mx"), EOL: CRLF}, "S: 220 mx"},
		{Line{From: Client, Text: []byte("EHLO ü"), EOL: CRLF}, "C: EHLO ü"},
		{Line{From: Client, EOL: CRLF}, "C: "},
		{Line{From: Server, Text: []byte("..."), EOL: CRLF}, `S= "...\r\n"`},
		{Line{From: Client, Text: []byte("QUIT"), EOL: LF}, `C= "QUIT\n"`},
		{Line{From: Client, Text: []byte("QUIT"), EOL: NoEOL}, `C= "QUIT"`},
		{Line{From: Client, Text: []byte("QUIT "), EOL: CRLF}, `C= "QUIT \r\n"`},
		{Line{From: Client, Text: []byte("NOOP \x1b[2J"), EOL: CRLF}, `C= "NOOP \x1b[2J\r\n"`},
		{Line{From: Client, Text: []byte("AUTH PLAIN AGEAYg=="), EOL: CRLF}, "C: AUTH PLAIN ****"},
	} {
		var out strings.Builder
		w := NewListing(&out)
		w.Line(&test.line)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != test.want+"\n" {
			t.Errorf("%q was listed as %q, want %q", test.line.Text, got, test.want)
		}
	}
}
