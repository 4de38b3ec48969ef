package formats

import (
	"sync"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/internal/names"
)

// conns is what a decoder remembers of each connection, by the recorder's name
// for it. It would rather forget them all than grow without bound.
type conns[T any] struct{ byName names.Table[T] }

const mostConns = 1 << 14

// of returns what is remembered of a connection, and whether it is a new one.
func (c *conns[T]) of(name []byte) (t *T, fresh bool) {
	if t = c.byName.Get(name); t != nil {
		return t, false
	}
	if c.byName.Len() >= mostConns {
		c.byName.Clear()
	}
	_, t, fresh = c.byName.Of(name)
	return t, fresh
}

// recent returns what is remembered of a connection whose name has two parts;
// nil where that takes a closer look.
func (c *conns[T]) recent(start, rest []byte) *T { return c.byName.Recent(start, rest) }

func (c *conns[T]) forget(name []byte) { c.byName.Delete(name) }

// emitProves states what a session can prove, where its notation can carry
// more than this recorder or this role writes down.
func emitProves(raw *transcripts.Raw, conn []byte, e transcripts.Evidence, emit func(*transcripts.Line)) {
	text, ok := proofs.Load(e)
	if !ok {
		text, _ = proofs.LoadOrStore(e, []byte("proves: "+e.String()))
	}
	emitText(raw, conn, text.([]byte), emit)
}

// proofs keeps how evidence is stated, by transcripts.Evidence: it is the same
// for all sessions of a log.
var proofs sync.Map

// emitFact states a fact about the session on a connection.
func emitFact(raw *transcripts.Raw, conn []byte, fact string, emit func(*transcripts.Line)) {
	emitText(raw, conn, []byte(fact), emit)
}

func emitText(raw *transcripts.Raw, conn, fact []byte, emit func(*transcripts.Line)) {
	emit(&transcripts.Line{
		From: transcripts.Recorder, Note: transcripts.Fact, Conn: conn, Text: fact, Span: raw.Span.Part(0, 0),
	})
}

// single is what a line can prove without the lines around it.
const single = transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Clock
