package transcripts

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// within reports whether part was cut out of whole.
func within(whole, part string) bool { return part == "" || strings.Contains(whole, part) }

// FuzzMailbox: whatever stands for a mailbox is taken apart into pieces of it.
func FuzzMailbox(f *testing.F) {
	for _, text := range []string{"a@example.com", `"a b"@[IPv6:::1]`, "a@b@c", `"a\`, "@", "a@[", "\u00e9@\u00e9.example", "a..b@-c-"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := ParseMailbox(text)
		if !within(text, m.Text) || !within(text, m.Local) || !within(text, m.Host.Text) {
			t.Errorf("%q: %+v", text, m)
		}
		m.Host.Labels()
		m.Host.Literal()
		ParseHost(text)
		DecodeXtext(text)
	})
}

// FuzzEnvelope: whatever follows MAIL, RCPT or another verb is taken apart into
// pieces of it, and every parameter is found again by its keyword.
func FuzzEnvelope(f *testing.F) {
	for _, text := range []string{
		"MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME", "RCPT TO: <@a,@b:c@d> NOTIFY=NEVER,", "MAIL FROM:<> AUTH=<> RET",
		"RCPT TO:<\"a>b\"@c> ORCPT=rfc822;a+40b", "BDAT 10 LAST", "MAIL FROM:", "VRFY <", "AUTH PLAIN =", "MAIL FROM:<a> =x =",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "\n") {
			return
		}
		d := &dialogue{}
		d.begin(facts{})
		d.feed(&Line{From: Client, Text: []byte(text), Span: Span{Line: 1}})
		for i := range d.Exchanges {
			c := &d.Exchanges[i].Command
			e := c.Envelope()
			if !within(c.Text, e.Path.Text) {
				t.Errorf("%q: path %q", text, e.Path.Text)
			}
			for p := range e.Params() {
				if !within(c.Text, p.Keyword) || !within(c.Text, p.Value) {
					t.Errorf("%q: parameter %+v", text, p)
				}
				p.Flaw()
				if _, ok := c.Param(p.Keyword); !ok {
					t.Errorf("%q: parameter %q is not found", text, p.Keyword)
				}
			}
			d.Exchanges[i].Shown()
			d.Exchanges[i].Secret()
		}
	})
}

// FuzzUnpack: what is inside of a wrapping does not depend on how much of it is
// read at a time.
func FuzzUnpack(f *testing.F) {
	f.Add([]byte("\xff\xfeC\x00:\x00 \x00a\x00\n\x00=\xd8\x00\xde\n\x00"), 3)
	f.Add([]byte("\xfe\xff\x00C\x00:\xd8\x3d\xde\x00\xd8"), 2)
	f.Add([]byte("\xef\xbb\xbfC: a\n"), 1)
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xffr\xb6RH\xe4\x02\x04\x00\x00\xff\xff\x3b\xcd\xb2\x39\x05\x00\x00\x00"), 5)
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00\x29\x00\x00C: a\n\x00\x00\x00\x00"), 4)
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		const most = 1 << 20
		whole, err := io.ReadAll(io.LimitReader(Unpack(bytes.NewReader(data)), most))
		slow := Unpack(iotest.OneByteReader(bytes.NewReader(data)))
		buf := make([]byte, 1+max(0, size)%5000)
		var parts []byte
		for len(parts) < most {
			n, slowErr := slow.Read(buf)
			parts = append(parts, buf[:n]...)
			if slowErr != nil {
				if (slowErr == io.EOF) != (err == nil) {
					t.Errorf("errors %v and %v", err, slowErr)
				}
				break
			}
		}
		if len(whole) < most && err == nil && !bytes.Equal(whole, parts) {
			t.Errorf("%d and %d octets", len(whole), len(parts))
		}
	})
}

// FuzzReader reads sessions whose memory is bounded too closely. All that a
// session holds belongs together.
func FuzzReader(f *testing.F) {
	f.Add("S: 220 mx.example.org\nC: DATA\nC: NOOP\nwhat\n# closed\nS: 354 go\nC: .\nS: 250 ok\n", 10)
	f.Add("@1 S: 220 x\n@2 S: 220 y\n@1 C: EHLO a\n@2 C: QUIT\n@1 S: 250-x\n@2 S: 221 bye\n@1 S: 250 y\n", 3000)
	f.Add("# mode: lmtp\nC: LHLO a\nS: 250 ok\nC: BDAT 5 LAST\nC: abc\nS: 250 ok\nC= \"a\\n.\\n\"\n", 0)
	f.Fuzz(func(t *testing.T, text string, held int) {
		hints := Hints{Held: max(0, held) % (1 << 20)}
		count := 0
		for s := range Read(strings.NewReader(text), Plain, hints) {
			count++
			belongs(t, s)
		}
		r := Open(strings.NewReader(text))
		defer r.Close()
		for range r.Ahead(Plain, hints) {
			count--
		}
		if count != 0 {
			t.Errorf("%d sessions more or less when they are read ahead", count)
		}
	})
}

// belongs checks that the parts of a session point at each other.
func belongs(t *testing.T, s *Session) {
	t.Helper()
	n := len(s.Exchanges)
	for _, r := range s.Remarks {
		if r.After < -1 || r.After >= n {
			t.Errorf("a remark behind exchange %d of %d", r.After, n)
		}
	}
	for _, x := range s.Faults {
		if x.Exchange < -1 || x.Exchange >= n || x.Exchange >= 0 && x.Exchange+x.Count > n {
			t.Errorf("a fault in exchange %d+%d of %d", x.Exchange, x.Count, n)
		}
	}
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		if (e.Kind == Content || e.Kind == Strayed) != (e.Body != nil) && e.Command.Verb != BDAT {
			t.Errorf("exchange %d: %v with body %v", i, e.Kind, e.Body != nil)
		}
		if e.Before.Accepted < 0 || e.Before.Refused < 0 || e.Before.Mail < 0 {
			t.Errorf("exchange %d: %+v", i, e.Before)
		}
	}
}
