package formats

import (
	"bytes"

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
		if b := bannerOf(line); b != nil {
			return b.sign
		}
		return 0
	},
	Shape: func(lines [][]byte) int {
		for _, line := range lines {
			if bytes.HasSuffix(line, []byte("\r\r")) && replyShaped(line) {
				return transcripts.Strong + shapeUnmarked(lines)
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &terminalDecoder{} },
}

// A banner is what a program says for itself.
type banner struct {
	prefix, suffix string
	says           transcripts.Note
	sign           int
}

var banners = []banner{
	{prefix: "Trying ", suffix: "...", says: transcripts.Opened, sign: transcripts.Medium},
	{prefix: "Connected to ", says: transcripts.Opened, sign: transcripts.Medium},
	{prefix: "Escape character is ", sign: transcripts.Strong},
	{prefix: "telnet: ", sign: transcripts.Medium},
	{prefix: "telnet> ", sign: transcripts.Medium},
	{prefix: "Connection closed by foreign host", says: transcripts.ServerClosed, sign: transcripts.Medium},
	{prefix: "Connection closed.", says: transcripts.ClientClosed, sign: transcripts.Medium},

	{prefix: "Connection to ", suffix: " succeeded!", says: transcripts.Opened, sign: transcripts.Strong},
	{prefix: "nc: ", sign: transcripts.Medium},
	{suffix: ") open", says: transcripts.Opened, sign: 2 * transcripts.Medium},
	{prefix: " sent ", says: transcripts.Closed, sign: transcripts.Medium},

	{prefix: "Ncat: Connected to ", says: transcripts.Opened, sign: transcripts.Strong},
	{prefix: "Ncat: SSL connection to ", says: transcripts.Secured, sign: transcripts.Strong},
	{prefix: "Ncat: Version ", sign: transcripts.Strong},
	{prefix: "Ncat: ", suffix: " seconds.", says: transcripts.Closed, sign: transcripts.Strong},
	{prefix: "Ncat: ", sign: transcripts.Medium},

	{prefix: "CONNECTED(", sign: transcripts.Strong},
	{prefix: "CONNECTION ESTABLISHED", says: transcripts.Secured, sign: transcripts.Strong},
	{prefix: "SSL handshake has read ", says: transcripts.Secured, sign: transcripts.Strong},
	{prefix: "verify return:", says: transcripts.Secured, sign: transcripts.Strong},
	{prefix: "RENEGOTIATING", says: transcripts.LeftOut, sign: transcripts.Medium},
	{prefix: "read:errno=", says: transcripts.ServerClosed, sign: transcripts.Medium},
	{prefix: "closed", suffix: "closed", says: transcripts.ServerClosed},
	{prefix: "DONE", suffix: "DONE", says: transcripts.ClientClosed},

	{prefix: "- Handshake was completed", says: transcripts.Secured, sign: transcripts.Strong},
	{prefix: "- Simple Client Mode:", sign: transcripts.Strong},
	{prefix: "- Peer has closed the GnuTLS connection", says: transcripts.ServerClosed, sign: transcripts.Strong},
	{prefix: "- Sent: ", suffix: " bytes", says: transcripts.LeftOut, sign: transcripts.Medium},
	{prefix: "*** "},

	{prefix: "Script started on ", sign: transcripts.Medium},
	{prefix: "Script done on ", says: transcripts.Closed, sign: transcripts.Medium},
}

func bannerOf(line []byte) *banner {
	for i := range banners {
		if b := &banners[i]; bytes.HasPrefix(line, []byte(b.prefix)) && bytes.HasSuffix(line, []byte(b.suffix)) {
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
}

func (d *terminalDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	shown := *raw
	shown.Text = d.screen.show(bytes.TrimRight(raw.Text, "\r"))
	shown.Span.Length = min(shown.Span.Length, uint32(len(shown.Text)))
	text := shown.Text
	if !d.who.inContent() && d.own(&shown, emit) {
		return
	}
	if !d.begun && !smtpShaped(text) {
		return // the shell's
	}
	if bytes.HasPrefix(text, []byte("- Received[")) {
		if n := bytes.Index(text, []byte("]: ")); n > 0 {
			shown = transcripts.Raw{Text: text[n+3:], Span: shown.Span.Part(n+3, len(text)-n-3)}
		}
	}
	d.said(&shown, emit)
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
	case string(text) == "read R BLOCK", bytes.HasPrefix(text, []byte("- Status: ")):
		return true
	case bytes.Contains(text, []byte(":error:")) && d.who.due == aCommand && d.begun:
		d.begun = false
		l := raw.Remark(transcripts.ClientClosed, 0)
		emit(&l)
		return true
	case tlsMessage(text):
		return true
	}
	b := bannerOf(text)
	if b == nil || d.who.due != aCommand || d.who.more {
		return false
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
	if d.blank != nil && replyShaped(raw.Text) && raw.Text[0] == '5' {
		emit(d.blank)
	}
	d.blank = nil
	who := d.who.next(raw.Text)
	l := raw.Line(who, 0, 0)
	emit(&l)
	d.begun = who != transcripts.Server || !bytes.HasPrefix(raw.Text, []byte("221 "))
}
