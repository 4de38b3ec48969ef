package linttest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/textproto"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/linttest"
)

// A server is recorded at its listener. This one asks for the data of BDAT with
// 354, as if it were DATA, when they have been sent already (RFC 3030 §2).
func Example_server() {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	rec := linttest.New(nil, lint.Settings{Side: "server"})
	done := make(chan bool)
	go func() {
		confused(rec.Listener(ln))
		close(done)
	}()
	c, err := textproto.Dial("tcp", ln.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	c.ReadResponse(220)
	for _, command := range []string{
		"EHLO client.example.com", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>",
		"BDAT 16 LAST\r\nSubject: hello", "QUIT",
	} {
		c.PrintfLine("%s", command)
		c.ReadResponse(0)
	}
	c.Close()
	<-done
	for _, s := range rec.Sessions() {
		fmt.Print(s.Text())
		for _, d := range s.Findings {
			fmt.Printf("line %d: %v: %s [%s]\n", d.At.Span.Line, d.Severity, d.Help, d.Rule.ID)
		}
	}
	// Output:
	// S: 220 mx.example.org ESMTP
	// C: EHLO client.example.com
	// S: 250-mx.example.org
	// S: 250 CHUNKING
	// C: MAIL FROM:<a@example.com>
	// S: 250 Ok
	// C: RCPT TO:<b@example.org>
	// S: 250 Ok
	// C: BDAT 16 LAST
	// C: Subject: hello
	// S: 354 Go ahead
	// C: QUIT
	// S: 221 Bye
	// # [server closed]
	// line 11: error: answer BDAT with 250 when it succeeds [wrong-positive-reply]
}

// confused serves one client.
func confused(ln net.Listener) {
	defer ln.Close()
	conn, err := ln.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprint(conn, "220 mx.example.org ESMTP\r\n")
	for in := bufio.NewScanner(conn); in.Scan(); {
		switch verb, _, _ := bytes.Cut(in.Bytes(), []byte(" ")); string(verb) {
		case "EHLO":
			fmt.Fprint(conn, "250-mx.example.org\r\n250 CHUNKING\r\n")
		case "MAIL", "RCPT":
			fmt.Fprint(conn, "250 Ok\r\n")
		case "BDAT":
			fmt.Fprint(conn, "354 Go ahead\r\n")
			in.Scan()
		case "QUIT":
			fmt.Fprint(conn, "221 Bye\r\n")
			return
		}
	}
}
