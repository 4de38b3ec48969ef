package transcripts

// A Session is one recorded conversation over one connection.
type Session struct {
	ID        string     // the recorder's own name for it, or "1", "2", ...
	Format    string     // the notation that it was recorded in
	Span      Span       // its first line
	End       Span       // its last line
	Exchanges []Exchange // in the order in which the client acted
	Proves    Evidence   // what this recording can prove
	Carries   Evidence   // what its notation can prove at best
	Faults    []Fault    // what could not be understood
	Remarks   []Remark   // what the recorder itself said
	Asked     []Directive
	Encrypted Span // from where on TLS hides everything, as the wire shows it; nowhere otherwise
	Ended     Note // Closed, ClientClosed or ServerClosed; zero where no end is recorded
	Port      int  // of the server; 0 where it is not known
	LMTP      bool // the conversation is stated to be LMTP (RFC 2033)
	Excerpt   bool // it is a fragment: the recording says so, or the session was cut to bound the memory
	Abandoned bool // it was cut, and what came behind is not in any session
}

// An Exchange pairs one thing that the client did with the server's answer.
type Exchange struct {
	Kind    Kind
	Command Command // zero unless Ordered or Answered
	Body    *Body   // for Content and Strayed, and for BDAT, which carries its payload; else nil
	Reply   Reply   // without Lines where no answer is recorded
	More    []Reply // LMTP: for the second and later recipients (RFC 2033 §4.2); behind EachFollows: for each, and for all; Strayed: further replies
	Before  State   // where the conversation stood when the server came to this
}

// ReplyTo returns what the end of a message was answered for the nth accepted
// recipient, from 0.
func (e *Exchange) ReplyTo(n int) *Reply {
	if e.Reply.Code == EachFollows {
		n++
		if all := int(e.Before.Accepted); len(e.More) > all && e.More[all].Code.Failed() {
			return &e.More[all] // whatever was said of some before
		}
	}
	if n > 0 && n <= len(e.More) {
		return &e.More[n-1]
	}
	return &e.Reply
}

// Kind is what the client did.
type Kind uint8

const (
	Connected Kind = iota // it connected; the reply is the greeting
	Ordered               // it sent a command; for BDAT with its payload
	Answered              // it sent a line that a 334 had asked for (RFC 4954 §4)
	Content               // it sent message content, and the reply is to its end
	Unasked               // nothing: the server spoke unasked
	Strayed               // it sent text that the server was not waiting for and took for commands

	// NumKinds is the number of kinds, for tables that are indexed by Kind.
	NumKinds = int(Strayed) + 1
)

func (k Kind) String() string {
	return [...]string{"connected", "ordered", "answered", "content", "unasked", "strayed"}[k]
}

// State is where a conversation stood. For commands that were pipelined it is
// the server's view, which comes to them in their order (RFC 2920 §3.2).
type State struct {
	Hello         Verb     // EHLO, HELO, LHLO, or NoVerb where none has succeeded
	Secure        Tristate // whether TLS is on
	Assumed       bool     // that it is on follows from a 220 to STARTTLS only, the recorder does not say so
	Authenticated bool
	Adrift        bool    // client and server are out of step; what follows may be paired wrongly
	Closing       bool    // the server has sent 221 or 421
	Mail          int32   // number of the mail transaction, from 1; 0 outside
	Accepted      int32   // recipients so far in it
	Refused       int32   // recipients that were refused in it
	Offers        *Offers // the keywords of the EHLO or LHLO reply in force; nil: unknown
	Forgotten     *Offers // those that were in force before STARTTLS or XCLIENT made the session start anew
}

// Tristate is a fact that may be unknown.
type Tristate uint8

const (
	Maybe Tristate = iota
	Yes
	No
)

func (t Tristate) String() string { return [...]string{"unknown", "yes", "no"}[t] }

// A Command is one line that the client sent, not as content.
type Command struct {
	Verb  Verb
	EOL   EOL
	Early bool   // sent before the reply to the command before it, or the greeting, was complete
	Text  string // the whole line as sent, without terminator
	Args  string // the part of Text after the verb, without the spaces around it
	At    Instant
	Span  Span
}

// A Reply is one complete answer of the server.
type Reply struct {
	Code    Code        // of its last line
	Open    bool        // its last line, with a space after the code, never came
	Verdict Verdict     // what the recorder made of it
	Unheard bool        // the client had closed the connection and did not receive it
	Lines   []ReplyLine // at least one, unless no answer is recorded
	At      Instant     // of its first line
}

// Recorded reports whether there was an answer at all.
func (r *Reply) Recorded() bool { return len(r.Lines) > 0 }

// Span returns where the reply begins, or nowhere.
func (r *Reply) Span() Span {
	if len(r.Lines) == 0 {
		return Span{}
	}
	return r.Lines[0].Span
}

// A ReplyLine is one line of a reply: code, separator, text (RFC 5321 §4.2).
type ReplyLine struct {
	Code Code // 0 where the line has none
	Sep  byte // '-' or ' '; 0 where the code stands alone; else what stands in its place
	EOL  EOL
	Text string // after the separator; the whole line where Code is 0
	At   Instant
	Span Span
}

// Malformed reports whether the line breaks the grammar of replies.
func (l *ReplyLine) Malformed() bool {
	return l.Code == 0 || l.Sep != ' ' && l.Sep != '-' && l.Sep != 0
}

// A Remark is what the recorder said for itself.
type Remark struct {
	Note  Note
	After int // index of the exchange that the remark follows; -1 before the first
	Text  string
	At    Instant
	Span  Span
}

// A Fault is something in the recording that the reader could not make sense
// of. The parser never judges: ordinary rules turn faults into findings.
type Fault struct {
	Kind     FaultKind
	Exchange int    // index of the exchange concerned; -1: none
	Count    int    // for Unanswered and Reordered: how many exchanges from there on
	Text     string // for UnreadableLine and SwappedLabels
	Span     Span
}

// FaultKind says what kind of trouble a Fault is.
type FaultKind uint8

const (
	UnreadableLine FaultKind = iota // neither command, reply, content nor words of the recorder
	SwappedLabels                   // the recording labels the two sides the wrong way round
	Unanswered                      // a later reply can only belong to a later command: the answer here is lost
	Reordered                       // the same, but the answers came behind it
	Surplus                         // a reply arrived that no command was waiting for
	SecondGreeting                  // the greeting came in the middle of another session that the recording does not keep apart
)

func (k FaultKind) String() string {
	return [...]string{"unreadable-line", "swapped-labels", "unanswered", "reordered", "surplus", "second-greeting"}[k]
}
