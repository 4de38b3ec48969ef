package lint

import (
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// passOn reads a conversation and looks at its last exchange.
func passOn(t *testing.T, text string, look func(p *Pass, last int)) {
	t.Helper()
	for s, err := range transcripts.Read(strings.NewReader(text), transcripts.Plain, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		look(&Pass{Session: s}, len(s.Exchanges)-1)
	}
}

func TestInClear(t *testing.T) {
	const hello = "S: 220 mx.example.org\nC: EHLO me\nS: 250-mx.example.org\nS: 250 "
	for _, c := range []struct {
		name, in string
		want     Confidence
	}{
		{"nothing is said", hello + "AUTH PLAIN\nC: NOOP\n", 0},
		{"off is stated", "# tls: off\n" + hello + "AUTH PLAIN\nC: NOOP\n", Certain},
		{"on is stated", "# TLS established\n" + hello + "STARTTLS\nC: NOOP\n", 0},
		{"STARTTLS is offered", hello + "STARTTLS\nC: NOOP\n", Likely},
		{"STARTTLS was done", hello + "STARTTLS\nC: STARTTLS\nS: 220 go\nC: NOOP\n", 0},
		{"port 587", "# port: 587\n" + hello + "AUTH PLAIN\nC: NOOP\n", Likely},
		{"port 587, in an excerpt", "# port: 587\n# excerpt\n" + hello + "AUTH PLAIN\nC: NOOP\n", 0},
		{"port 465", "# port: 465\n" + hello + "AUTH PLAIN\nC: NOOP\n", 0},
	} {
		passOn(t, c.in, func(p *Pass, last int) {
			if got := p.InClear(last); got != c.want {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		})
	}
}

func TestLocal(t *testing.T) {
	for in, want := range map[string]bool{
		"S: 220 mx.example.org ESMTP\nC: NOOP\n":                                   false,
		"S: 220 localhost ESMTP\nC: NOOP\n":                                        true,
		"S: 220 mx.corp.test ESMTP\nC: NOOP\n":                                     true,
		"S: 220 test ESMTP\nC: NOOP\n":                                             false,
		"# Trying 127.0.0.1:2525...\nS: 220 mx.example.org\nC: NOOP\n":             true,
		"# Trying 192.0.2.1:25...\nS: 220 mx.example.org\nC: NOOP\n":               false,
		"S: 220 mx.example.org\n# relay=127.0.0.1\nC: NOOP\n":                      false,
		"C: EHLO [127.0.0.1]\nS: 250 mx.example.org\nC: NOOP\n":                    false,
		"S: 220 ready\nC: HELO me\nS: 250 host.localhost Hello\nC: QUIT\nS: 221 x": true,
	} {
		passOn(t, in, func(p *Pass, _ int) {
			if got := p.Local(); got != want {
				t.Errorf("%q: %v", in, got)
			}
		})
	}
}
