package transcripts

import (
	"math/bits"
	"strings"
)

// Evidence is the set of things that a recording can prove. A Format grants
// at best what its notation can carry; the reader takes away what the session
// at hand falls short of. A rule that reasons from absence names what it needs
// and is not asked where that is lacking.
type Evidence uint32

const (
	Opening     Evidence = 1 << iota // the session is recorded from its greeting
	Closing                          // and to its end
	Unbroken                         // no command and no reply in between was left out
	Order                            // client and server lines stand in their true order
	Bodies                           // message content is shown in full
	Stuffing                         // and as it crossed the wire, leading periods doubled (RFC 5321 §4.5.2)
	LineEnds                         // how lines of content ended
	CommandEnds                      // how command lines ended
	ReplyEnds                        // how reply lines ended
	Octets                           // octets above 127 and control characters are unchanged
	Secrets                          // credentials are shown as they were sent
	Clock                            // every line has a time
	Segments                         // packet or write boundaries
	Outcome                          // what the client concluded is stated
	Security                         // whether TLS is on is a stated fact, at the beginning and after STARTTLS
	Reaction                         // what the client had read when it sent a line; a server's log does not show it

	// Everything is the evidence of a perfect recording.
	Everything = Reaction<<1 - 1
)

var evidenceNames = [...]string{
	"Opening", "Closing", "Unbroken", "Order", "Bodies", "Stuffing", "LineEnds", "CommandEnds",
	"ReplyEnds", "Octets", "Secrets", "Clock", "Segments", "Outcome", "Security",
	"Reaction",
}

// Has reports whether e proves everything that need names.
func (e Evidence) Has(need Evidence) bool { return e&need == need }

// Names lists the evidence in e, in the order of the constants.
func (e Evidence) Names() []string {
	names := make([]string, 0, bits.OnesCount32(uint32(e)))
	for i, name := range evidenceNames {
		if e&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

func (e Evidence) String() string { return strings.Join(e.Names(), " ") }

// evidenceNamed reads one name, in any case.
func evidenceNamed(name string) (Evidence, bool) {
	for i, known := range evidenceNames {
		if strings.EqualFold(name, known) {
			return 1 << i, true
		}
	}
	return 0, false
}

var lackWords = [...]string{
	"the beginning", "the end", "the lines without a gap", "the order of the lines", "message content",
	"dot-stuffing as sent", "line ends", "line ends of commands", "line ends of replies",
	"octets as sent", "credentials", "times", "packet boundaries", "what the client concluded",
	"whether TLS was on", "what the client had read when it spoke",
}

// Lacks says in words what a recording without e does not keep.
func (e Evidence) Lacks() string {
	var words []string
	for i, w := range lackWords {
		if e&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}
