package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// asked tracks which connections are sending content, for notations that write
// the name of the connection on commands and replies but not on content. While
// more than one sends, nobody can tell whose a line is.
type asked struct{ conns []askedConn }

type askedConn struct {
	name []byte
	torn bool // content was left out, because it could not be told from another's
}

const mostAsked = 1 << 10

// replied takes a reply: a 354 asks for content, any other ends it.
func (a *asked) replied(conn, reply []byte) {
	a.forget(conn)
	if bytes.HasPrefix(reply, []byte("354")) && len(a.conns) < mostAsked {
		a.conns = append(a.conns, askedConn{name: bytes.Clone(conn)})
	}
}

func (a *asked) forget(conn []byte) {
	for i := range a.conns {
		if string(a.conns[i].name) == string(conn) {
			a.conns = append(a.conns[:i], a.conns[i+1:]...)
			return
		}
	}
}

// sender returns the connection that a line of content belongs to, or says of
// all that may have sent it that content of theirs is left out.
func (a *asked) sender(raw *transcripts.Raw, emit func(*transcripts.Line)) (conn []byte, ok bool) {
	if len(a.conns) == 1 && !a.conns[0].torn {
		return a.conns[0].name, true
	}
	for i := range a.conns {
		if c := &a.conns[i]; !c.torn {
			c.torn = true
			emit(&transcripts.Line{
				From: transcripts.Recorder, Note: transcripts.ContentLeftOut, Conn: c.name, Span: raw.Span.Part(0, 0),
			})
		}
	}
	return nil, false
}
