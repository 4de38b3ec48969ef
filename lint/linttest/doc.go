// Package linttest finds faults of SMTP clients and servers in Go tests: it
// records what they say over a real connection, and what smtplint finds in it
// fails the test, with the conversation printed.
//
//	func TestSubmission(t *testing.T) {
//		rec := linttest.New(t, lint.Settings{Side: "client"})
//		conn, err := net.Dial("tcp", testServer)
//		...
//		c, err := smtp.NewClient(rec.Client(conn), "mx.example.org")
//		...
//		rec.Returned(c.Verify("bob@example.org"))
//	}
//
// Which end of a connection is wrapped, and which side is tested, need not be
// the same: a client that dials by itself is recorded at the listener of the
// test's server.
//
// # What is recorded
//
// Every octet that passed, when it did, and in which order the wrapped end saw
// it. At the client's end that is what the client had read when it wrote, and
// so whether it waited. At the server's end, what the client had read is not
// known, and rules that need it are not judged. Octets of a Write that failed
// count as far as they were sent.
//
// A reply that lies there when the client gets round to reading it counts as
// having come at once: how late a server is shows only where somebody waits.
//
// What a program made of a reply does not cross the wire: tell it with Returned.
//
// # TLS
//
// A conversation can be heard where it is not encrypted. Wrapped below TLS, it
// is judged up to the handshake. Wrapped above it, it is judged inside:
//
//	conn = rec.Client(tls.Client(rec.Client(conn), config))
//
// goes on with the same conversation behind STARTTLS. Programs that make the
// tls.Conn themselves, as net/smtp does in StartTLS, leave no room for that;
// wrap the other end. A tls.Conn that is wrapped is no *tls.Conn any more to
// those who look: net/smtp's PlainAuth then takes it for a connection without
// TLS and refuses to send passwords, unless the host is localhost.
//
// # Costs
//
// Messages are measured, not kept, so that memory grows with the number of
// commands alone. Of a long run of lines, the first and the last are printed.
package linttest
