package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var vrfyRcptContradiction = &lint.Rule{
	ID:       "vrfy-rcpt-contradiction",
	Title:    "VRFY and RCPT say the opposite about one address",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Refs:     []lint.Ref{lint.RFC(5321, "3.5.3"), lint.RFC(5321, "7.3")},
	On:       []transcripts.Verb{transcripts.VRFY},
	Session: func(p *lint.Pass) {
		var asked map[string]int // by address: the VRFY that was decided last
		for i := range p.Exchanges {
			e := &p.Exchanges[i]
			if opinion(e, transcripts.VRFY) != transcripts.Maybe {
				if asked == nil {
					asked = map[string]int{}
				}
				asked[e.Command.Path().Mailbox.Text] = i
			}
			if asked == nil {
				continue
			}
			other := opinion(e, transcripts.RCPT)
			if other == transcripts.Maybe {
				continue
			}
			address := e.Command.Path().Mailbox.Text
			j, ok := asked[address]
			if !ok || opinion(&p.Exchanges[j], transcripts.VRFY) == other {
				continue
			}
			delete(asked, address)
			p.Report(p.Reply(i), "VRFY was answered %03d for %q, RCPT was answered %03d", p.Exchanges[j].Reply.Code, address, e.Reply.Code).
				Note(p.Reply(j), "the other answer").
				Helpf("answer VRFY with 252 unless it looks addresses up as RCPT does")
		}
	},
	Doc: `
VRFY said that an address is good and RCPT refused it as unknown, or the other
way round. One of the two is wrong, and a client that trusted VRFY gave up mail
that could have been delivered, or sent what could not.

# What to do

Use the same lookup for both, or answer 252 to VRFY.

# When it stays silent

On 252, which decides nothing; where one of the two was refused for policy, for
now, for the sender, or for the number of recipients; where the enhanced code is
about something else than the address, such as a full mailbox; where VRFY is
switched off; and where VRFY did not name a full address.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: VRFY bob@example.org
		S: 550 5.1.1 Unknown user
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<bob@example.org>
		S: 250 2.1.5 Ok
		# want
		`),
		lint.Bad(`
		# excerpt
		C: VRFY <bob@example.org>
		S: 250 Bob <bob@example.org>
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<bob@example.org>
		S: 550 5.1.1 Unknown user
		# want
		`),
		lint.Good(`
		# excerpt
		C: VRFY bob@example.org
		S: 250 2.1.5 <bob@example.org>
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<bob@example.org>
		S: 550 5.2.2 Mailbox full
		`),
		lint.Good(`
		# excerpt
		C: VRFY bob@example.org
		S: 252 2.5.0 Cannot verify, but try
		C: VRFY carol
		S: 550 5.1.1 Unknown user
		C: VRFY dave@example.org
		S: 250 Dave <dave@example.org>
		C: VRFY frank@example.org
		S: 250 Frank <frank@example.org>
		C: VRFY eve@example.org
		S: 550 5.7.1 VRFY is not allowed
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<bob@example.org>
		S: 550 5.1.1 Unknown user
		C: RCPT TO:<carol@example.org>
		S: 250 2.1.5 Ok
		C: RCPT TO:<dave@example.org>
		S: 550 5.7.1 Not from your address
		C: RCPT TO:<frank@example.org>
		S: 450 4.2.0 Greylisted, come back later
		C: RCPT TO:<eve@example.org>
		S: 250 2.1.5 Ok
		`),
	},
}

// opinion returns what the reply to a command says about the address in it: Yes,
// it is good; No, it is not; or nothing.
func opinion(e *transcripts.Exchange, verb transcripts.Verb) transcripts.Tristate {
	if e.Kind != transcripts.Ordered || e.Command.Verb != verb || e.Before.Adrift || strings.IndexByte(e.Command.Args, '@') < 0 {
		return transcripts.Maybe
	}
	switch e.Reply.Code {
	case 250, 251:
		return transcripts.Yes
	case 550, 551, 553:
		if s := status(&e.Reply); s.Class != 0 && s.Subject > 1 {
			return transcripts.Maybe // the mailbox is full, say, or cannot take UTF-8
		}
		if !forPolicy(&e.Reply) && !switchedOff(&e.Reply) && !tooMany(&e.Reply) {
			return transcripts.No
		}
	}
	return transcripts.Maybe
}
