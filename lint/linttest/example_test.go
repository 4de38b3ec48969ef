package linttest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/smtp"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/linttest"
)

// Verify of Go's own net/smtp returns an error for 252, with which a server says
// that it will take mail for the address (RFC 5321 §3.5.3). In a test, the
// Recorder is made by linttest.New(t, ...), and the test fails with this output.
func Example() {
	ours, theirs := net.Pipe()
	go serve(theirs)
	rec := linttest.New(nil, lint.Settings{Side: "client"})
	c, err := smtp.NewClient(rec.Client(ours), "mx.example.org")
	if err != nil {
		fmt.Println(err)
		return
	}
	rec.Returned(c.Verify("bob@example.org"))
	c.Quit()
	for _, s := range rec.Sessions() {
		fmt.Print(s)
	}
	// Output:
	// smtplint: conversation from pipe to pipe
	//
	// error[vrfy-252-treated-as-failure] client: 252 is a success, yet the client took it for a failure of "bob@example.org"
	//   --> conversation:6:1
	//    |
	//  6 | S: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
	//    | ^^^^^^ the server will accept mail for this address
	//  7 | # client: error: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
	//    | ----------------------------------------------------------------------------------------- it says so here
	//    |
	//    = help: treat every 2yz reply as success; let RCPT decide
	//    = rfc: RFC 5321 §3.5.3, §7.3, §4.2.2 · smtplint explain vrfy-252-treated-as-failure
	//
	//  1 | S: 220 mx.example.org ESMTP
	//  2 | C: EHLO localhost
	//  3 | S: 250-mx.example.org
	//  4 | S: 250 ENHANCEDSTATUSCODES
	//  5 | C: VRFY bob@example.org
	//  6 | S: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
	//    | ^ vrfy-252-treated-as-failure
	//  7 | # [refused] client: error: 252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery
	//  8 | C: QUIT
	//  9 | S: 221 2.0.0 Bye
	//    | # [client closed]
}

// serve is a server that does not say which addresses it knows.
func serve(conn net.Conn) {
	defer conn.Close()
	fmt.Fprint(conn, "220 mx.example.org ESMTP\r\n")
	for in := bufio.NewScanner(conn); in.Scan(); {
		switch verb, _, _ := bytes.Cut(in.Bytes(), []byte(" ")); string(verb) {
		case "EHLO":
			fmt.Fprint(conn, "250-mx.example.org\r\n250 ENHANCEDSTATUSCODES\r\n")
		case "VRFY":
			fmt.Fprint(conn, "252 2.5.0 Cannot VRFY user, but will accept message and attempt delivery\r\n")
		case "QUIT":
			fmt.Fprint(conn, "221 2.0.0 Bye\r\n")
			return
		}
	}
}
