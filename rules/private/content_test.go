package private

import "testing"

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"Dear Jane, call 555-1234.": "xxxx xxxx, xxxx 000-0000.",
		"..dots and\ttabs":          "..xxxx xxx\txxxx",
		"Grüße, 用户 😀":               "xxééx, €€ 𐍈",
		"latin \xe4\xff":            "xxxxx \xe9\xe9",
		"=?utf-8?B?R3LDvMOfZQ==?=":  "=?xxx-0?x?x0xxxxxxxx==?=",
	} {
		b := []byte(in)
		Mask(b, nil)
		if string(b) != want || len(b) != len(in) {
			t.Errorf("%q becomes %q, want %q", in, b, want)
		}
		if !Masked(string(b)) || Masked(in) {
			t.Errorf("%q is told for the text, or the text for it", b)
		}
	}
	a, b := []byte("Subject: one"), []byte("Subject: two")
	Mask(a, []byte{0b10101010, 0b00001111})
	Mask(b, []byte{0b10101010, 0})
	if string(a) == string(b) || !Masked(string(a)) {
		t.Errorf("%q and %q are not told apart, or not masked", a, b)
	}
}
