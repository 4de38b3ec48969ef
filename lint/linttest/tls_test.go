package linttest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"net/smtp"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smtplint/smtplint/lint"
)

// configs are those of a client and of a server that it trusts.
func configs(t *testing.T) (client, server *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"mx.example.org"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{RootCAs: roots, ServerName: "mx.example.org"},
		&tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// serveTLS is a server with STARTTLS. above wraps what it puts on TLS.
func serveTLS(conn net.Conn, config *tls.Config, above func(net.Conn) net.Conn) {
	defer func() { conn.Close() }()
	io.WriteString(conn, "220 mx.example.org ESMTP\r\n")
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.TrimSpace(line), " "); verb {
		case "EHLO":
			io.WriteString(conn, "250-mx.example.org\r\n250 STARTTLS\r\n")
		case "STARTTLS":
			io.WriteString(conn, "220 2.0.0 Go ahead\r\n")
			conn = above(tls.Server(conn, config))
			in.Reset(conn)
		case "VRFY":
			io.WriteString(conn, "252 2.5.0 It will be tried\r\n")
		default:
			io.WriteString(conn, "221 2.0.0 Bye\r\n")
			return
		}
	}
}

func itself(c net.Conn) net.Conn { return c }

const (
	beforeTLS = `S: 220 mx.example.org ESMTP
C: EHLO localhost
S: 250-mx.example.org
S: 250 STARTTLS
C: STARTTLS
S: 220 2.0.0 Go ahead
`
	insideTLS = `# [secured]
C: EHLO localhost
S: 250-mx.example.org
S: 250 STARTTLS
C: VRFY bob@example.org
S: 252 2.5.0 It will be tried
`
)

// TestStartTLS: net/smtp puts TLS on the connection by itself. Below it, what it
// says is hidden, and what it returns is about something that nobody has seen;
// the server's end shows all.
func TestStartTLS(t *testing.T) {
	forClient, forServer := configs(t)
	for name, test := range map[string]struct {
		client, server bool // what is wrapped
		want           string
		found          []string
	}{
		"client's end": {true, false, beforeTLS + "# [encrypted]\n# [client closed]\n", nil},
		"server's end": {
			false, true,
			beforeTLS + insideTLS + "# [refused] client: error: 252 2.5.0 It will be tried\nC: QUIT\nS: 221 2.0.0 Bye\n# [server closed]\n",
			[]string{"vrfy-252-treated-as-failure"},
		},
	} {
		ours, theirs := tcp(t)
		rec := New(nil, lint.Settings{Side: "client"})
		above := itself
		if test.server {
			theirs, above = rec.Server(theirs), rec.Server
		}
		if test.client {
			ours = rec.Client(ours)
		}
		var server sync.WaitGroup
		server.Go(func() { serveTLS(theirs, forServer, above) })
		c, err := smtp.NewClient(ours, "mx.example.org")
		if err != nil {
			t.Fatal(err)
		}
		if err := c.StartTLS(forClient); err != nil {
			t.Fatal(err)
		}
		rec.Returned(c.Verify("bob@example.org"))
		c.Quit()
		c.Close()
		server.Wait()
		if got := printed(t, rec); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, test.want)
		}
		equal(t, name, found(rec), test.found...)
	}
}

// TestAboveTLS: a client that is wrapped below and above TLS is heard all the
// way, and so is one that begins with TLS.
func TestAboveTLS(t *testing.T) {
	forClient, forServer := configs(t)
	ours, theirs := tcp(t)
	var server sync.WaitGroup
	server.Go(func() { serveTLS(theirs, forServer, itself) })
	rec := New(nil, lint.Settings{})
	conn := rec.Client(ours)
	say(conn, "", "EHLO localhost", "STARTTLS")
	conn = rec.Client(tls.Client(conn, forClient))
	say(conn, "EHLO localhost", "VRFY bob@example.org")
	conn.Close()
	server.Wait()
	if got, want := printed(t, rec), beforeTLS+insideTLS+"# [client closed]\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}

	ours, theirs = tcp(t)
	server.Go(func() { serveTLS(tls.Server(theirs, forServer), nil, nil) })
	rec = New(nil, lint.Settings{})
	conn = rec.Client(tls.Client(ours, forClient))
	say(conn, "", "QUIT")
	conn.Close()
	server.Wait()
	if got, want := printed(t, rec), "# [secured]\nS: 220 mx.example.org ESMTP\nC: QUIT\nS: 221 2.0.0 Bye\n# [client closed]\n"; got != want {
		t.Errorf("TLS from the start: got\n%swant\n%s", got, want)
	}
}

// say sends commands and reads a reply to each; for "", it only reads one.
func say(conn net.Conn, commands ...string) {
	r := textproto.NewReader(bufio.NewReader(conn))
	for _, c := range commands {
		if c != "" {
			io.WriteString(conn, c+"\r\n")
		}
		r.ReadResponse(0)
	}
}

// TestHandshakeFails: TLS that does not come about is not on.
func TestHandshakeFails(t *testing.T) {
	_, forServer := configs(t)
	ours, theirs := tcp(t)
	var server sync.WaitGroup
	server.Go(func() { serveTLS(theirs, forServer, itself) })
	rec := New(nil, lint.Settings{Side: "client"})
	conn := rec.Client(ours)
	say(conn, "", "EHLO localhost", "STARTTLS")
	conn = rec.Client(tls.Client(conn, &tls.Config{ServerName: "elsewhere.example.org"}))
	if _, err := io.WriteString(conn, "EHLO localhost\r\n"); err == nil {
		t.Error("the certificate is good for nobody")
	}
	conn.Close()
	ours.Close()
	server.Wait()
	if got, want := printed(t, rec), beforeTLS+"# [closed]\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
