package codes

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// dispute completes the entry of a code that no specification defines and about
// which lists on the Internet disagree: its first digit is all there is to
// know, so that is what the entry says, where it has been met, and which code
// a server should send instead.
func (r *Reply) dispute() {
	r.Status, r.Title = Vendor, "No agreed meaning"
	r.Meaning = "No specification defines this code, and lists on the Internet disagree about it. Only its first digit can be relied on."
	r.Fix = "Read the text: it alone says what is meant. Server: send " + r.instead + "."
	r.Use = "Never: send " + r.instead + "."
	r.Misread = "Explained with confidence by lists on the Internet, each in its own way."
	r.Refs = []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.2.1")}
	if r.Code.Class() == transcripts.Transient {
		r.Client = "Act on the first digit: keep the message and try again later."
		r.Done = "The command was given up for now. The session goes on, unless the text says otherwise."
	} else {
		r.Client = "Act on the first digit: do not repeat the same request, and tell the sender."
		r.Done = "The command was refused. The session goes on, unless the text says otherwise."
	}
}

// Where families of disputed codes are met.
const (
	leaked   = "It names a state of delivery that belongs in a bounce, and leaks from programs that write bounces into replies."
	bounced  = "Programs that write bounces, and lists of causes for them, use it for bad addresses. Servers in wide use do not send it."
	filtered = "Content filters and blocklists send it. Its second digit is outside the grammar of replies."
)
