package extension

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/esmtp"
	"github.com/smtplint/smtplint/transcripts"
)

// ends are the exchanges that end a message: content, and the last chunk.
var (
	endsByVerb = []transcripts.Verb{transcripts.BDAT}
	endsByKind = []transcripts.Kind{transcripts.Content}
)

// measured returns the octets of the message that ends with exchange i as they
// are counted for SIZE: CRLF is two, doubled periods are one, the end is none
// (RFC 1870 §5). It returns 0 where the recording does not show them all.
func measured(p *lint.Pass, i, mail int) uint64 {
	e := &p.Exchanges[i]
	b := e.Body
	if b == nil {
		return 0
	}
	if e.Kind == transcripts.Content {
		n := b.Octets
		if p.Proves.Has(transcripts.Stuffing) {
			n -= b.Doubled
		}
		if !b.Complete() || !p.Proves.Has(transcripts.Bodies) {
			return 0
		}
		return uint64(n)
	}
	if !b.Last {
		return 0
	}
	n := uint64(0)
	for j := mail + 1; j <= i; j++ {
		if o := &p.Exchanges[j]; o.Kind == transcripts.Ordered {
			switch o.Command.Verb {
			case transcripts.BDAT:
				if o.Body == nil {
					return 0
				}
				n += uint64(o.Body.Chunk)
			case transcripts.BURL:
				return 0
			}
		}
	}
	return n
}

// blurred is by how many octets the measure of content may be off: recorders
// that do not keep octets write several in the place of one.
func blurred(p *lint.Pass, i int, n uint64) uint64 {
	if p.Exchanges[i].Kind == transcripts.Content && !p.Proves.Has(transcripts.Octets) {
		return n/10 + 1024
	}
	return 0
}

// declared returns what MAIL in exchange mail says of the size of its message,
// and whether it says anything that can be read.
func declared(p *lint.Pass, mail int) (param transcripts.Param, octets uint64, ok bool) {
	param, ok = p.Exchanges[mail].Command.Param("SIZE")
	if !ok || esmtp.FindParameter("SIZE", "").Value(param.Value) != "" {
		return param, 0, false
	}
	return param, esmtp.Number(param.Value), true
}

// offer is the place of an offered extension, for use as a note.
func offer(o *transcripts.Offers, keyword string) lint.Place {
	for k := range o.Len() {
		if word, params := o.Line(k); esmtp.Find(word) == esmtp.Find(keyword) {
			text := "250-" + word
			if params != "" {
				text += " " + params
			}
			return lint.Place{Span: o.At(k), Party: transcripts.Server, Text: text, To: len(text)}
		}
	}
	return lint.Place{Party: transcripts.Server}
}
