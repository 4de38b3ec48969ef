package linttest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"

	"github.com/smtplint/smtplint/transcripts"
)

// A conn is one end of a connection, which tells what passes.
type conn struct {
	net.Conn
	track *track
	level int // how many layers of TLS this program has put below
}

// A closer is a conn that can be closed for writing alone.
type closer struct{ *conn }

func (c *conn) recorded() *conn { return c }

// wrap begins to record a connection, or goes on with it above TLS.
func (r *Recorder) wrap(inner net.Conn, end transcripts.Party) net.Conn {
	c := &conn{Conn: inner}
	if below := belowTLS(inner); below != nil && below.track.end == end {
		c.track, c.level = below.track, below.level+1
		c.track.rise(c.level)
	} else {
		c.track = r.begin(inner, end)
	}
	if _, ok := inner.(interface{ CloseWrite() error }); ok {
		return closer{c}
	}
	return c
}

// belowTLS returns the recorded connection that a connection puts TLS on.
func belowTLS(c net.Conn) *conn {
	secure, ok := c.(interface{ NetConn() net.Conn })
	if !ok {
		return nil
	}
	if below, ok := secure.NetConn().(interface{ recorded() *conn }); ok {
		return below.recorded()
	}
	return nil
}

// isTLS reports whether what is said over a connection is encrypted below it.
func isTLS(c net.Conn) bool {
	_, ok := c.(interface{ ConnectionState() tls.ConnectionState })
	return ok
}

func (c *conn) Read(b []byte) (int, error) {
	began := now()
	n, err := c.Conn.Read(b)
	c.track.said(c.level, b[:n], began)
	if errors.Is(err, io.EOF) {
		c.track.closed(by(1 - c.track.end))
	} else {
		c.failed(err)
	}
	return n, err
}

// Write tells what it writes before it does, so that an answer which is read
// meanwhile stands behind it, and afterwards how much of it was sent.
func (c *conn) Write(b []byte) (int, error) {
	e := c.track.writes(c.level, b)
	n, err := c.Conn.Write(b)
	c.track.wrote(e, n)
	c.failed(err)
	return n, err
}

// failed tells of an error after which nothing more passes. Nobody knows who
// has closed the connection then, unless it was closed before.
func (c *conn) failed(err error) {
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.track.closed(transcripts.Closed)
	}
}

func (c *conn) Close() error {
	c.track.closed(by(c.track.end))
	c.track.ended()
	return c.Conn.Close()
}

func (c closer) CloseWrite() error {
	c.track.closed(by(c.track.end))
	return c.Conn.(interface{ CloseWrite() error }).CloseWrite()
}

// by says that a side closed the connection.
func by(side transcripts.Party) transcripts.Note {
	if side == transcripts.Client {
		return transcripts.ClientClosed
	}
	return transcripts.ServerClosed
}
