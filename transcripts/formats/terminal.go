package formats

import (
	"bytes"
	"math/bits"
	"slices"
	"sync"

	"github.com/smtplint/smtplint/transcripts"
)

// A session that somebody typed: what the program printed and what the
// terminal echoed, between the program's own words. The CRs are the
// terminal's. openssl and gnutls-cli may do EHLO and STARTTLS on their own,
// without showing it.
var terminal = &transcripts.Format{
	Name: "terminal",
	Programs: "telnet (inetutils 2.4, BusyBox 1.35), nc (OpenBSD 1.219, traditional 1.10), Ncat 7.93, " +
		"openssl s_client 3.0, gnutls-cli 3.7.9, script 2.38",
	Record:   "script -c 'telnet HOST 25' session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Bodies | transcripts.Stuffing | transcripts.Secrets,
	Sign: func(line []byte) int {
		if b := bannerOf(line); b != nil && b.sure {
			return transcripts.Strong
		}
		return 0
	},
	Shape: shapeTerminal,
	New:   func([]byte) transcripts.Decoder { return &terminalDecoder{} },
}

// shapeTerminal looks for a conversation with the words of a program around it,
// or with the CRs that a terminal adds to those of the server.
func shapeTerminal(lines [][]byte) int {
	doubled, said := false, false
	for _, line := range lines {
		switch text := withoutCR(line); {
		case bannerOf(text) != nil:
			said = true
		case bytes.HasSuffix(text, []byte{'\r'}) && replyShaped(text):
			doubled = true
		}
	}
	if !doubled && !said {
		return 0
	}
	rest := slices.DeleteFunc(slices.Clone(lines), func(line []byte) bool { return bannerOf(withoutCR(line)) != nil })
	switch weight := shapeUnmarked(rest); {
	case weight == 0:
		return 0
	case doubled:
		return transcripts.Strong
	case said:
		return 2 * weight
	}
	return 0
}

// A banner is what a program says for itself.
type banner struct {
	prefix, suffix string
	says           transcripts.Note
	sure           bool // nobody else says it
}

var banners = []banner{
	{prefix: "Trying ", suffix: "...", says: transcripts.Opened},
	{prefix: "Connected to ", says: transcripts.Opened},
	{prefix: "Escape character is ", sure: true},
	{prefix: "telnet: "},
	{prefix: "telnet> "},
	{prefix: "Connection closed by foreign host", says: transcripts.ServerClosed},
	{prefix: "Connection closed.", says: transcripts.ClientClosed},

	{prefix: "Connection to ", suffix: " succeeded!", says: transcripts.Opened, sure: true},
	{prefix: "nc: "},
	{suffix: ") open", says: transcripts.Opened},
	{prefix: " sent ", says: transcripts.Closed},

	{prefix: "Ncat: Connected to ", says: transcripts.Opened, sure: true},
	{prefix: "Ncat: SSL connection to ", says: transcripts.Secured, sure: true},
	{prefix: "Ncat: Version ", sure: true},
	{prefix: "Ncat: ", suffix: " seconds.", says: transcripts.Closed, sure: true},
	{prefix: "Ncat: "},

	{prefix: "CONNECTED(", sure: true},
	{prefix: "CONNECTION ESTABLISHED", says: transcripts.Secured, sure: true},
	{prefix: "SSL handshake has read ", says: transcripts.Secured, sure: true},
	{prefix: "verify return:", says: transcripts.Secured, sure: true},
	{prefix: "RENEGOTIATING", says: transcripts.LeftOut},
	{prefix: "read:errno=", says: transcripts.ServerClosed},
	{prefix: "closed", suffix: "closed", says: transcripts.ServerClosed},
	{prefix: "DONE", suffix: "DONE", says: transcripts.ClientClosed},

	{prefix: "starttls: ", sure: true},
	{prefix: "- Handshake was completed", says: transcripts.Secured, sure: true},
	{prefix: "- Simple Client Mode:", sure: true},
	{prefix: "- Peer has closed the GnuTLS connection", says: transcripts.ServerClosed, sure: true},
	{prefix: "- Sent: ", suffix: " bytes", says: transcripts.LeftOut},
	{prefix: "*** "},

	{prefix: "Script started on "},
	{prefix: "Script done on ", says: transcripts.Closed},
}

// bannersFor holds, for each octet that a line can begin with, a bit for each of
// the banners.
var bannersFor = sync.OnceValue(func() *[256]uint64 {
	var sets [256]uint64
	for i, b := range banners {
		for c := range sets {
			if b.prefix == "" || b.prefix[0] == byte(c) {
				sets[c] |= 1 << i
			}
		}
	}
	return &sets
})

func bannerOf(line []byte) *banner {
	if len(line) == 0 {
		return nil
	}
	for set := bannersFor()[line[0]]; set != 0; set &= set - 1 { // but one, for most lines
		b := &banners[bits.TrailingZeros64(set)]
		if bytes.HasPrefix(line, []byte(b.prefix)) && bytes.HasSuffix(line, []byte(b.suffix)) {
			return b
		}
	}
	return nil
}

type terminalDecoder struct {
	screen screen
	who    unmarked
	begun  bool              // the server has spoken, and has not taken its leave
	secure bool              // the program said that TLS is on
	block  bool              // in what openssl tells of a TLS session
	blank  *transcripts.Line // an empty line, the client's if the server objects
	spaced bool              // an empty line stood before the last reply: a listing with space between the turns
}

func (d *terminalDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	shown := *raw
	shown.Text = d.screen.show(bytes.TrimRight(raw.Text, "\r"))
	shown.Span.Length = min(shown.Span.Length, uint32(len(shown.Text)))
	if n := gnutlsMark(shown.Text); n > 0 {
		shown.Text, shown.Span = shown.Text[n:], shown.Span.Part(n, len(shown.Text)-n)
	}
	text := shown.Text
	if !d.who.inContent() && d.own(&shown, emit) {
		return
	}
	if !d.begun && !smtpShaped(text) {
		return // the shell's
	}
	d.said(&shown, emit)
}

// gnutlsMark returns the length of what gnutls-cli -V puts before what it has
// read, "- Received[58]: ", and before what it says and hears until TLS is on.
func gnutlsMark(text []byte) int {
	for _, mark := range [...]string{"starttls: sending: ", "starttls: received: "} {
		if bytes.HasPrefix(text, []byte(mark)) {
			return len(mark)
		}
	}
	if !bytes.HasPrefix(text, []byte("- Received[")) {
		return 0
	}
	n := bytes.Index(text, []byte("]: "))
	if n < 0 {
		return 0
	}
	return n + len("]: ")
}

// own takes a line that a program wrote for itself, or that a terminal session
// has in it for no reason.
func (d *terminalDecoder) own(raw *transcripts.Raw, emit func(*transcripts.Line)) bool {
	text := raw.Text
	switch {
	case string(text) == "---":
		d.block = !d.block && d.begun
		return true
	case d.block && len(text) == 0, d.block && !replyShaped(text) && (text[0] == ' ' || bytes.IndexByte(text, ':') > 0):
		return true
	case string(text) == "read R BLOCK":
		return true
	case bytes.Contains(text, []byte(":error:")) && d.who.due == aCommand && d.begun:
		d.begun = false
		l := raw.Remark(transcripts.ClientClosed, 0)
		emit(&l)
		return true
	case tlsMessage(text):
		return true
	case bytes.HasPrefix(text, []byte("```")): // a document goes on behind the listing
		d.begun = false
		return true
	}
	if d.who.due != aCommand || d.who.more {
		return false
	}
	b := bannerOf(text)
	if b == nil {
		return bytes.HasPrefix(text, []byte("- ")) // gnutls-cli about certificates and the session
	}
	l := raw.Remark(b.says, 0)
	switch b.says {
	case transcripts.Opened:
		d.begun, d.who = false, unmarked{}
	case transcripts.Secured:
		if d.secure {
			return true
		}
		d.secure = true
	case transcripts.Closed, transcripts.ClientClosed, transcripts.ServerClosed:
		d.begun, d.secure = false, false
	}
	emit(&l)
	return true
}

// tlsMessage recognises what openssl s_client -msg prints.
func tlsMessage(text []byte) bool {
	return bytes.HasPrefix(text, []byte("<<< TLS ")) || bytes.HasPrefix(text, []byte(">>> TLS ")) ||
		len(text) > 5 && string(text[:4]) == "    " && isHex(text[4]) && isHex(text[5])
}

func (d *terminalDecoder) said(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	if !d.begun && bytes.HasPrefix(raw.Text, []byte("250 ")) && d.secure {
		d.begun = true
		return // the end of the reply to an EHLO that openssl sent before STARTTLS
	}
	if len(raw.Text) == 0 && d.who.due == aCommand && !d.who.more {
		l := raw.Line(transcripts.Client, 0, 0)
		d.blank = &l
		return
	}
	if len(raw.Text) == 0 && d.blank == nil && (d.who.due == afterPeriod || d.who.due == newContent && d.spaced) {
		l := raw.Line(transcripts.Client, 0, 0)
		d.blank = &l
		return
	}
	reply := replyShaped(raw.Text)
	switch {
	case d.blank == nil:
	case reply && raw.Text[0] == '5' && d.who.due == aCommand:
		emit(d.blank)
	case !reply && d.who.due == afterPeriod: // the period was none
		d.who.next(nil)
		emit(d.blank)
	}
	d.spaced, d.blank = d.blank != nil, nil
	who := d.who.next(raw.Text)
	l := raw.Line(who, 0, 0)
	emit(&l)
	d.begun = who != transcripts.Server || !bytes.HasPrefix(raw.Text, []byte("221 "))
}
