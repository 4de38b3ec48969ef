package workload

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A step is one line that one side sent.
type step struct {
	server bool
	text   string
}

// A generator makes sessions.
type generator struct {
	r        *rand.Rand
	pieces   []func(*generator) // what a session is made of, between greeting and QUIT
	bodiless bool               // content is not shown
	short    bool               // one piece, and short messages
	steps    []step
	count    int
}

var (
	mailPieces = []func(*generator){(*generator).message, (*generator).message, (*generator).message, (*generator).refused}
	chatPieces = []func(*generator){(*generator).chat}
)

// session makes the next session. Its steps are good until another is made.
func (g *generator) session() []step {
	g.steps = g.steps[:0]
	g.count++
	host, client := g.host(), g.host()
	g.server("220 ", host, " ESMTP ready")
	g.client("EHLO ", client)
	g.server("250-", host)
	for _, keyword := range [...]string{"PIPELINING", "SIZE 52428800", "VRFY", "ETRN", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN"} {
		g.server("250-", keyword)
	}
	g.server("250 CHUNKING")
	if g.count%100 == 0 {
		g.client("RCPT TO:<", g.word(), "@", host, ">")
		g.server("503 5.5.1 Need MAIL first")
	}
	n := 1
	if !g.short {
		n += g.r.IntN(3)
	}
	for range n {
		g.pieces[g.r.IntN(len(g.pieces))](g)
	}
	g.client("QUIT")
	g.server("221 2.0.0 Bye")
	return g.steps
}

func (g *generator) client(pieces ...string) { g.say(false, pieces) }
func (g *generator) server(pieces ...string) { g.say(true, pieces) }

func (g *generator) say(server bool, pieces []string) {
	text := pieces[0]
	if len(pieces) > 1 {
		text = strings.Join(pieces, "")
	}
	g.steps = append(g.steps, step{server, text})
}

// message sends one message to some recipients.
func (g *generator) message() {
	g.mail()
	for range 1 + g.r.IntN(3) {
		g.recipient()
	}
	g.client("DATA")
	g.server("354 End data with <CR><LF>.<CR><LF>")
	if !g.bodiless {
		g.client("From: ", g.word(), " <", g.word(), "@", g.host(), ">")
		g.client("Subject: ", g.word(), " ", g.word())
		g.client("MIME-Version: 1.0")
		g.client("Content-Transfer-Encoding: base64")
		g.client("")
		lines := 4 + g.r.IntN(40)
		if !g.short {
			lines = 16 << g.r.IntN(7)
		}
		for range lines {
			g.client(base64Line)
		}
		g.client(".")
	}
	g.server(fmt.Sprintf("250 2.0.0 Ok: queued as %010X", g.r.Uint32()))
}

// base64Line is a line of the most usual length.
var base64Line = strings.Repeat("VGhlIHF1aWNr", 6) + "IGJy"

func (g *generator) mail() {
	g.client("MAIL FROM:<", g.word(), "@", g.host(), ">")
	g.server("250 2.1.0 Ok")
}

func (g *generator) recipient() {
	g.client("RCPT TO:<", g.word(), "@", g.host(), ">")
	g.server("250 2.1.5 Ok")
}

// refused is a transaction whose recipient is not known.
func (g *generator) refused() {
	g.mail()
	who := g.word() + "@" + g.host()
	g.client("RCPT TO:<", who, ">")
	g.server("550 5.1.1 <", who, ">: Recipient address rejected: User unknown")
	g.client("RSET")
	g.server("250 2.0.0 Ok")
}

// chat is a run of commands that send no message.
func (g *generator) chat() {
	for range 8 {
		g.mail()
		for range g.r.IntN(4) {
			g.recipient()
		}
		g.client("RSET")
		g.server("250 2.0.0 Ok")
		g.client("NOOP")
		g.server("250 2.0.0 Ok")
	}
}

const consonants, vowels = "bdfghjklmnprstvwz", "aeiou"

func (g *generator) word() string {
	var b [8]byte
	n := 2 * (2 + g.r.IntN(3))
	for i := 0; i < n; i += 2 {
		b[i], b[i+1] = consonants[g.r.IntN(len(consonants))], vowels[g.r.IntN(len(vowels))]
	}
	return string(b[:n])
}

var tops = [...]string{".example.com", ".example.org", ".example.net"}

// host makes one of a few hundred names.
func (g *generator) host() string {
	n := g.r.IntN(256)
	return string([]byte{'m', 'x', consonants[n%16], vowels[n/16%4], consonants[n/64], vowels[n%5]}) + tops[n%3]
}
