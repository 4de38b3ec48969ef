package lint

import (
	"hash/maphash"

	"github.com/smtplint/smtplint/transcripts"
)

// A Trait is something out of the ordinary in an exchange. Nearly all have
// none, so that a rule that says what it is about (Rule.Odd) is seldom called.
type Trait uint8

const (
	// OddCommand: the command is not plain, whatever is said of parameters, see
	// transcripts.Command.Form.
	OddCommand Trait = 1 << iota
	// Params: the command may have parameters.
	Params
	// OddContent: the content is not plain, see transcripts.Body.Plain.
	OddContent
	// OddReply: the reply is not plain, see transcripts.Reply.Plain. It comes with
	// no other trait in Rule.Odd, as Rule.Hears comes with any.
	OddReply
	// OddPlace: the command may not belong where it stands. Greetings, MAIL and
	// QUIT belong outside of a transaction, MAIL behind a greeting, RCPT inside of
	// a transaction, RSET and NOOP anywhere; others take a closer look.
	OddPlace
	// Early: it was sent before the reply to the one before was complete.
	Early
	// Repeated: the client may have sent the same command again later on.
	Repeated
	// Commented: the recorder said something right behind the exchange, or took
	// its reply for a success or a failure.
	Commented

	numTraits        = 8
	everyTrait Trait = 1<<numTraits - 1
)

// traits finds those of exchange i that are asked for. What is neither command
// nor content has them all, and content those of commands; whether the reply is odd
// is not looked at here.
func (m *memory) traits(s *transcripts.Session, i int, asked Trait) (t Trait) {
	e := &s.Exchanges[i]
	if e.Reply.Verdict != transcripts.Unjudged || m.remarked(s, i) {
		t |= Commented
	}
	switch e.Kind {
	case transcripts.Ordered:
	case transcripts.Content:
		if !e.Body.Plain() {
			t |= OddContent
		}
		return t | everyTrait&^(OddContent|Commented|Repeated)
	default:
		return everyTrait
	}
	c := &e.Command
	t |= OddReply
	if e.Body != nil {
		t |= OddContent
	}
	if c.Early {
		t |= Early
	}
	if asked&(OddCommand|Params) != 0 {
		switch c.Form() {
		case transcripts.OddForm:
			t |= OddCommand | Params
		case transcripts.SizedForm:
			t |= Params
		}
	}
	if oddPlace(c.Verb, &e.Before) {
		t |= OddPlace
	}
	if asked&Repeated != 0 && m.repeated.has(s, i) {
		t |= Repeated
	}
	return t
}

func oddPlace(verb transcripts.Verb, stood *transcripts.State) bool {
	switch verb {
	case transcripts.RSET, transcripts.NOOP:
		return false
	case transcripts.RCPT:
		return stood.Mail == 0
	case transcripts.MAIL:
		return stood.Mail != 0 || stood.Hello == transcripts.NoVerb
	case transcripts.EHLO, transcripts.HELO, transcripts.LHLO, transcripts.QUIT:
		return stood.Mail != 0
	}
	return true
}

// remarked reports whether a remark directly follows exchange i. Exchanges are
// asked about in their order.
func (m *memory) remarked(s *transcripts.Session, i int) bool {
	for m.remark < len(s.Remarks) && s.Remarks[m.remark].After < i {
		m.remark++
	}
	return m.remark < len(s.Remarks) && s.Remarks[m.remark].After == i
}

// repeats knows which commands of a session may come again later on: what it
// takes for the last is the last.
type repeats struct {
	known bool     // for the session at hand
	later []uint64 // a bit for each exchange
}

const repeatBits = 12

var repeatSeed = maphash.MakeSeed()

// has reports whether the command of exchange i may come again.
func (r *repeats) has(s *transcripts.Session, i int) bool {
	if !r.known {
		r.look(s)
	}
	return r.later[i/64]>>(i%64)&1 != 0
}

// look goes through a session from its end. Commands that were seen are kept as
// bits that their hashes choose.
func (r *repeats) look(s *transcripts.Session) {
	r.known = true
	n := (len(s.Exchanges) + 63) / 64
	r.later = append(r.later[:0], make([]uint64, n)...)
	var seen [1 << repeatBits / 64]uint64
	for i := len(s.Exchanges) - 1; i >= 0; i-- {
		e := &s.Exchanges[i]
		if e.Kind != transcripts.Ordered {
			continue
		}
		switch e.Command.Verb {
		case transcripts.MAIL, transcripts.RCPT, transcripts.VRFY, transcripts.EXPN:
			h := maphash.String(repeatSeed, e.Command.Args) >> (64 - repeatBits)
			word, bit := &seen[h/64], uint64(1)<<(h%64)
			if *word&bit != 0 {
				r.later[i/64] |= 1 << (i % 64)
			}
			*word |= bit
		}
	}
}
