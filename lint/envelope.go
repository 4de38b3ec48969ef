package lint

import "github.com/smtplint/smtplint/transcripts"

// Envelope takes the argument of MAIL or RCPT in exchange i apart. Many rules
// ask for the same one, one after the other, so the last one is kept; it is
// good until another is asked for.
func (p *Pass) Envelope(i int) *transcripts.Envelope {
	if p.enveloped != i+1 {
		p.enveloped, p.envelope = i+1, p.Exchanges[i].Command.Envelope()
	}
	return &p.envelope
}
