package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// InClear says how sure it is that exchange i crossed the wire without
// encryption: Certain where the recording states it; Likely where the server
// still offered STARTTLS, which it must not do inside TLS (RFC 3207 §4.2), or
// where the session is on record from its greeting on a port where that comes
// in clear text. It is 0 where TLS was on, and where nothing is known.
func (p *Pass) InClear(i int) Confidence {
	before := &p.Exchanges[i].Before
	switch {
	case before.Secure == transcripts.No:
		return Certain
	case before.Secure == transcripts.Yes:
		return 0
	case before.Offers.Has("STARTTLS"):
		return Likely
	case (p.Port == 25 || p.Port == 587) && p.Proves.Has(transcripts.Opening|transcripts.Unbroken|transcripts.Order):
		return Likely
	}
	return 0
}

// Local reports whether nothing secret or public can be at stake: the recorder
// says that it connected to its own machine, or the server's name is one that
// is kept for tests (RFC 6761 §6.2, §6.3).
func (p *Pass) Local() bool {
	if p.local == transcripts.Maybe {
		p.local = transcripts.No
		if p.opensLocally() {
			p.local = transcripts.Yes
		}
	}
	return p.local == transcripts.Yes
}

func (p *Pass) opensLocally() bool {
	for k := range p.Remarks[:min(len(p.Remarks), remarksOfOpening)] {
		if m := &p.Remarks[k]; m.After < 0 && loopback(m.Text) {
			return true
		}
	}
	for i := range p.Exchanges[:min(len(p.Exchanges), exchangesOfOpening)] {
		e := &p.Exchanges[i]
		names := e.Kind == transcripts.Connected || e.Kind == transcripts.Ordered && e.Command.Verb.Hello()
		if names && e.Reply.Code.OK() && forTests(e.Reply.Lines[0].Text) {
			return true
		}
	}
	return false
}

// How far into a session its opening is looked for.
const remarksOfOpening, exchangesOfOpening = 32, 4

func loopback(text string) bool {
	for _, name := range [...]string{"127.0.0.", "localhost", "[::1]", "(::1)", "unix socket"} {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// forTests reports whether the first word of a reply is a host name that
// exists in tests only.
func forTests(text string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	if strings.EqualFold(name, "localhost.localdomain") {
		return true
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	return strings.EqualFold(last, "localhost") || strings.EqualFold(last, "test") && len(last) < len(name)
}
