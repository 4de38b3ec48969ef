package lint

import "github.com/smtplint/smtplint/transcripts"

// A Ladder is a session as it is drawn for people, from the top down. It is a
// copy of a bounded part of it: credentials are masked, message content is told
// by its measures, and of a long session the surroundings of its findings are
// kept.
type Ladder struct {
	Nth       int    // which session of the recording, from 1
	ID        string // the recorder's own name for it, or "1", "2", ...
	Notation  string
	Span      transcripts.Span // its first line
	Exchanges int
	Port      int // of the server; 0 where it is not known
	LMTP      bool
	Rungs     []Rung // in the order of the recording
}

// A Rung is one line of a session, or what stands for several.
type Rung struct {
	Kind     RungKind
	Party    transcripts.Party
	Exchange int // index of the exchange that it belongs to; -1: none
	Span     transcripts.Span
	At       transcripts.Instant
	Text     string           // the line; credentials are masked, and very long ones cut
	Note     transcripts.Note // of Remarked
	Early    bool             // a command sent before the reply to the one before it
	Secure   bool             // said inside TLS
	Assumed  bool             // that it was is not stated, but follows from a 220 to STARTTLS
	Mail     int32            // number of the mail transaction that it belongs to, from 1; 0 outside
	Content  *Measure         // of SentContent
	Count    int              // of LeftOut: how many rungs are not kept here
}

// RungKind is what a Rung shows.
type RungKind uint8

const (
	SaidLine    RungKind = iota // a command, an answer to a 334, or a line of a reply
	SentContent                 // message content
	Remarked                    // what the recorder says for itself
	Unread                      // a line that could not be understood
	LeftOut                     // rungs that are not kept
)

// A Measure is what is kept of message content.
type Measure struct {
	Lines, Octets int64
	Doubled       int64 // lines whose leading period was doubled
	End           transcripts.End
	Marks         []MarkCount
}

// A MarkCount is how often content shows one oddity, and where first.
type MarkCount struct {
	Kind  transcripts.MarkKind
	Count int64
	First transcripts.Span
}

var noteWords = [...]string{
	transcripts.Opened:         "a connection was opened",
	transcripts.Closed:         "the connection was closed",
	transcripts.ClientClosed:   "the client closed the connection",
	transcripts.ServerClosed:   "the server closed the connection",
	transcripts.Secured:        "TLS is on from here",
	transcripts.LeftOut:        "lines that were said here are not in the recording",
	transcripts.ContentLeftOut: "message content is not in the recording",
	transcripts.ReplyLeftOut:   "replies are not in the recording",
	transcripts.Refused:        "taken for a failure",
	transcripts.Welcomed:       "taken for a success",
	transcripts.Encrypted:      "TLS hides what is said from here on",
	transcripts.ClientGap:      "octets of the client are missing",
	transcripts.ServerGap:      "octets of the server are missing",
	transcripts.ClientLeft:     "the client hears nothing from here on",
	transcripts.Unreadable:     "",
}

// Words is what a rung says to people.
func (r *Rung) Words() string {
	if r.Kind != Remarked || noteWords[r.Note] == "" {
		return r.Text
	}
	if r.Text == "" {
		return noteWords[r.Note]
	}
	return noteWords[r.Note] + ": " + r.Text
}
