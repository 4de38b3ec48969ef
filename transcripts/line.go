package transcripts

import "time"

// A Line is one line of a conversation with the recorder's marks taken off.
// It is lent: Text and Conn are valid only during the call that hands it over.
type Line struct {
	From    Party
	Text    []byte  // without its terminator
	Cut     int64   // octets of a very long line that are not in Text; of a gap
	EOL     EOL     // how the line ended on the wire
	At      Instant // zero without a clock
	Conn    []byte  // the recorder's name for the connection; empty where it has none
	Note    Note    // what a Recorder line says; zero for the others
	Verdict Verdict // what the recorder made of a Server line, where its notation says
	Span    Span    // the recorder's mark and the text, up to the end of the text
}

// Party is who speaks.
type Party uint8

const (
	Client Party = iota
	Server
	Recorder // the program that wrote the recording, speaking for itself
)

func (p Party) String() string { return [...]string{"client", "server", "recorder"}[p] }

// EOL is how a line ended on the wire. The zero value is unknown: most
// notations do not say (RFC 5321 §2.3.8 allows CRLF only).
type EOL uint8

const (
	EOLUnknown EOL = iota
	CRLF
	LF
	CR
	NoEOL // the octets stop here without a terminator
)

func (e EOL) String() string { return [...]string{"unknown", "CRLF", "LF", "CR", "none"}[e] }

// Octets returns the length of the terminator. An unknown one counts as CRLF,
// the only one that SMTP knows.
func (e EOL) Octets() int { return [...]int{2, 2, 1, 1, 0}[e] }

// Note is what a Recorder line says.
type Note uint8

const (
	Comment        Note = iota // words of the recorder, kept for the rules to read
	Opened                     // a connection was opened: a session begins
	Closed                     // the connection ended; by whom is not said
	ClientClosed               // the client closed it
	ServerClosed               // the server closed it
	Secured                    // TLS is on from here
	LeftOut                    // lines that crossed the wire here are not in the recording
	ContentLeftOut             // message content that crossed the wire here is not in the recording
	ReplyLeftOut               // the replies that the client still waited for are not in the recording
	Refused                    // the recorder took the last reply for a failure
	Welcomed                   // the recorder took the last reply for a success
	Fact                       // a fact about the session, "name: value"; see the plain notation
	Notation                   // what follows is in another notation, "name: evidence"
	Swapped                    // the recording labels the two sides the wrong way round; the lines are read as they were meant
	Encrypted                  // TLS is on from here, and the recording shows nothing of what is said inside
	ClientGap                  // octets of the client's are missing from here on, Cut of them; its next line may have lost its end
	ServerGap                  // the same of the server's
	ClientLeft                 // the client closed its side and never received what the server says from here on
	Aside                      // words of a person who wrote the recording by hand: they may be about anything, also about what comes next
	Asked                      // what somebody asks of smtplint, see Directive
	Unreadable                 // not the recorder's words: a line that the format cannot explain
)

// Verdict is what the program that recorded made of a reply.
type Verdict uint8

const (
	Unjudged Verdict = iota
	TakenForSuccess
	TakenForFailure
)

func (v Verdict) String() string { return [...]string{"unjudged", "welcomed", "refused"}[v] }

// An Instant is a point in time in nanoseconds since 1970-01-01 UTC, or, where
// a recording gives a time of day without a date, since its midnight. Zero
// means that there is no clock.
type Instant int64

// At converts t. The zero time gives the zero Instant.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixNano())
}

// Time converts i to UTC. The zero Instant gives the zero time.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.Unix(0, int64(i)).UTC()
}

// Sub returns the time that passed from earlier to i, and whether both are known.
func (i Instant) Sub(earlier Instant) (time.Duration, bool) {
	return time.Duration(i - earlier), i != 0 && earlier != 0
}
