package transcripts

import (
	"strings"
	"testing"
)

func TestParams(t *testing.T) {
	c := command("MAIL FROM:<a@example.com>  SIZE=1000\tBODY=8BITMIME SMTPUTF8 AUTH=<> X= =1 R=a=b")
	var got []string
	for p := range c.Params() {
		word := p.Keyword + "," + p.Value
		if flaw := p.Flaw(); !flaw.None() {
			word += " (" + flaw.Kind.String() + ": " + flaw.At + ")"
		}
		got = append(got, word)
	}
	want := []string{"SIZE,1000", "BODY,8BITMIME", "SMTPUTF8,", "AUTH,<>", "X, (the value is missing: X=)",
		",1 (this is no parameter keyword: =1)", "R,a=b (a value cannot hold this: =)"}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	if p, ok := c.Param("body"); !ok || p.Value != "8BITMIME" || !p.Valued {
		t.Errorf("body: %+v, %v", p, ok)
	}
	if p, ok := c.Param("SIZE1"); ok {
		t.Errorf("found %+v", p)
	}
}

func TestDecodeXtext(t *testing.T) {
	for _, c := range []struct {
		in, out, at string
	}{
		{"", "", ""}, {"a@example.com", "a@example.com", ""}, {"a+2Bb+3Dc+00", "a+b=c\x00", ""},
		{"a+2bc", "", "+2b"}, {"a+2", "", "+2"}, {"a=b", "", "=b"}, {"a b", "", " b"}, {"\xe9", "", "\xe9"},
	} {
		out, flaw := DecodeXtext(c.in)
		if out != c.out || flaw.At != c.at {
			t.Errorf("%q: got %q, flaw at %q, want %q, %q", c.in, out, flaw.At, c.out, c.at)
		}
	}
}
