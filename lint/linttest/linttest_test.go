package linttest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"net/textproto"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// fake is a test that fails in secret.
type fake struct {
	testing.TB
	failures, fatal []string
	cleanup         []func()
}

func (f *fake) Helper()                     {}
func (f *fake) Cleanup(do func())           { f.cleanup = append(f.cleanup, do) }
func (f *fake) Errorf(s string, all ...any) { f.failures = append(f.failures, fmt.Sprintf(s, all...)) }
func (f *fake) Fatalf(s string, all ...any) {
	f.fatal = append(f.fatal, fmt.Sprintf(s, all...))
	runtime.Goexit()
}

// run runs a test to its end, with its cleanup.
func run(t *testing.T, test func(testing.TB)) *fake {
	f := &fake{TB: t}
	var done sync.WaitGroup
	done.Go(func() { test(f) })
	done.Wait()
	for _, do := range slices.Backward(f.cleanup) {
		do()
	}
	return f
}

// serve greets, and then answers each line with the next reply. An empty one is
// no answer.
func serve(conn net.Conn, greeting string, replies ...string) {
	defer conn.Close()
	io.WriteString(conn, greeting+"\r\n")
	in := bufio.NewReader(conn)
	for _, r := range replies {
		if _, err := in.ReadString('\n'); err != nil {
			return
		}
		if r != "" {
			io.WriteString(conn, r+"\r\n")
		}
	}
}

// pipe is a connection whose server end gives these replies.
func pipe(replies ...string) net.Conn {
	ours, theirs := net.Pipe()
	go serve(theirs, "220 mx.example.org ESMTP", replies...)
	return ours
}

// talk sends each line and reads an answer of one line.
func talk(conn net.Conn, commands ...string) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	in.ReadString('\n')
	for _, c := range commands {
		io.WriteString(conn, c+"\r\n")
		in.ReadString('\n')
	}
}

// found lists the findings of all sessions.
func found(rec *Recorder) (ids []string) {
	for _, s := range rec.Sessions() {
		for _, d := range s.Findings {
			ids = append(ids, d.Rule.ID)
		}
	}
	return ids
}

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: found %q, want %q", what, got, want)
	}
}

// testVerify stands in README.md as TestVerify.
func testVerify(t testing.TB) {
	rec := linttestNew(t, lint.Settings{Side: "client"})
	c, err := smtp.NewClient(rec.Client(dial(t)), "mx.example.org")
	if err != nil {
		t.Fatal(err)
	}
	rec.Returned(c.Verify("bob@example.org"))
	c.Quit()
}

func dial(testing.TB) net.Conn {
	return pipe("250 mx.example.org", "252 2.5.0 It will be tried", "221 2.0.0 Bye")
}

// linttestNew lets testVerify look as it does outside of this package.
var linttestNew = New

// TestFailure: what a test prints says which rule, what, why, where, and how to
// learn more.
func TestFailure(t *testing.T) {
	f := run(t, testVerify)
	if len(f.failures) != 1 {
		t.Fatalf("%d failures, want one: %q", len(f.failures), f.failures)
	}
	for _, part := range []string{
		"error[vrfy-252-treated-as-failure] client: 252 is a success",
		"help: treat every 2yz reply as success",
		"RFC 5321 §3.5.3",
		"smtplint explain vrfy-252-treated-as-failure",
		"\n 5 | S: 252 2.5.0 It will be tried\n   | ^ vrfy-252-treated-as-failure\n",
		"\n 7 | C: QUIT\n 8 | S: 221 2.0.0 Bye\n   | # [client closed]\n",
	} {
		if !strings.Contains(f.failures[0], part) {
			t.Errorf("%q is missing in\n%s", part, f.failures[0])
		}
	}
}

// TestReadme: the test in README.md is testVerify.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	here, err := os.ReadFile("linttest_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(here), "func testVerify(t testing.TB) {\n")
	body, _, _ = strings.Cut(body, "\n}\n")
	want := "```go\nfunc TestVerify(t *testing.T) {\n" + strings.ReplaceAll(body, "linttestNew", "linttest.New") + "\n}\n```\n"
	if !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not have\n%s", want)
	}
}

// TestSettings: what the settings say decides what fails.
func TestSettings(t *testing.T) {
	const id = "vrfy-252-treated-as-failure"
	own := &lint.Rule{
		ID: "no-quit", Title: "QUIT was sent", Area: lint.Session, Side: lint.ByClient, Severity: lint.Warning, Default: true,
		On:       []transcripts.Verb{transcripts.QUIT},
		Exchange: func(p *lint.Pass, i int) { p.Report(p.Command(i), "QUIT") },
	}
	for name, test := range map[string]struct {
		settings lint.Settings
		more     []*lint.Rule
		want     []string // of what is printed
	}{
		"the client":            {lint.Settings{Side: "client"}, nil, []string{id}},
		"the server":            {lint.Settings{Side: "server"}, nil, nil},
		"both":                  {lint.Settings{}, nil, []string{id}},
		"accepted for a reason": {lint.Settings{Side: "client", Ignored: map[string]string{id: "net/smtp is frozen"}}, nil, nil},
		"not severe enough": {
			lint.Settings{Side: "client", Severities: map[string]lint.Severity{id: lint.Warning}, FailOn: lint.Error}, nil, nil,
		},
		"another rule": {lint.Settings{Side: "client", Only: []string{own.ID}}, []*lint.Rule{own}, []string{own.ID}},
		"as in tests":  {lint.Settings{Side: "client", Severities: map[string]lint.Severity{id: lint.Off}, FailOn: lint.Info}, nil, nil},
		"not as in tests": {
			lint.Settings{Side: "client", Only: []string{"hello-not-fqdn"}, FailOn: lint.Info}, nil, []string{"hello-not-fqdn"},
		},
	} {
		f := run(t, func(tb testing.TB) {
			rec := New(tb, test.settings, test.more...)
			c, err := smtp.NewClient(rec.Client(dial(tb)), "mx.example.org")
			if err != nil {
				t.Error(err)
				return
			}
			rec.Returned(c.Verify("bob@example.org"))
			c.Quit()
		})
		if len(f.failures) != min(1, len(test.want)) {
			t.Errorf("%s: failures are %q, want %q", name, f.failures, test.want)
		}
		for _, id := range test.want {
			if !strings.Contains(strings.Join(f.failures, ""), "["+id+"]") {
				t.Errorf("%s: %s is missing in %q", name, id, f.failures)
			}
		}
	}
}

// TestMisspelt: a test whose settings make no sense does not run.
func TestMisspelt(t *testing.T) {
	for want, settings := range map[string]lint.Settings{
		`did you mean "hello-not-fqdn"?`: {Only: []string{"helo-not-fqdn"}},
		`no rule "x"`:                    {Ignored: map[string]string{"x": "why"}},
		`not "both"`:                     {Side: "both"},
		`without a reason`:               {Ignored: map[string]string{"hello-not-fqdn": ""}},
	} {
		f := run(t, func(tb testing.TB) { New(tb, settings) })
		if len(f.fatal) != 1 || !strings.Contains(f.fatal[0], want) {
			t.Errorf("%q, want %s", f.fatal, want)
		}
	}
}

// TestReturned: what a call returned is about the reply that it had.
func TestReturned(t *testing.T) {
	refused := &textproto.Error{Code: 252, Msg: "It will be tried"}
	for name, test := range map[string]struct {
		returned error
		want     []string
	}{
		"its reply":       {refused, []string{"vrfy-252-treated-as-failure"}},
		"wrapped":         {fmt.Errorf("verify: %w", refused), []string{"vrfy-252-treated-as-failure"}},
		"another's reply": {&textproto.Error{Code: 450, Msg: "4.2.0 Greylisted"}, nil},
		"no error":        {nil, nil},
		"no reply":        {io.EOF, nil},
	} {
		for _, at := range []transcripts.Party{transcripts.Client, transcripts.Server} {
			rec := New(nil, lint.Settings{Side: "client", Only: []string{"vrfy-252-treated-as-failure"}})
			ours, theirs := net.Pipe()
			if at == transcripts.Client {
				ours = rec.Client(ours)
			} else {
				theirs = rec.Server(theirs)
			}
			var server sync.WaitGroup
			server.Go(func() {
				serve(theirs, "220 mx.example.org ESMTP", "250 mx.example.org", "252 It will be tried", "250 Ok", "221 Bye")
			})
			in := bufio.NewReader(ours)
			in.ReadString('\n')
			for _, command := range []string{"EHLO client.example.com", "VRFY bob@example.org", "NOOP", "QUIT"} {
				io.WriteString(ours, command+"\r\n")
				in.ReadString('\n')
				if strings.HasPrefix(command, "VRFY") {
					rec.Returned(test.returned)
				}
			}
			ours.Close()
			server.Wait()
			equal(t, fmt.Sprint(name, " at the ", at, "'s end"), found(rec), test.want...)
		}
	}
}

// TestReturnedLate: the call returns when the connection is closed already.
// Where several are open, the code must tell which one it was about.
func TestReturnedLate(t *testing.T) {
	rec := New(nil, lint.Settings{Side: "client", Only: []string{"vrfy-252-treated-as-failure"}})
	talk(rec.Client(pipe("250 mx.example.org", "252 It will be tried")), "EHLO client.example.com", "VRFY bob@example.org")
	rec.Returned(&textproto.Error{Code: 252})
	equal(t, "closed", found(rec), "vrfy-252-treated-as-failure")

	for _, both := range []bool{false, true} {
		rec = New(nil, lint.Settings{Side: "client", Only: []string{"vrfy-252-treated-as-failure"}})
		code, want := "250", []string{"vrfy-252-treated-as-failure"}
		if both {
			code, want = "252", nil
		}
		for _, reply := range []string{"252 It will be tried", code + " bob@example.org"} {
			conn := rec.Client(pipe("250 mx.example.org", reply))
			defer conn.Close()
			in := bufio.NewReader(conn)
			in.ReadString('\n')
			for _, command := range []string{"EHLO client.example.com", "VRFY bob@example.org"} {
				io.WriteString(conn, command+"\r\n")
				in.ReadString('\n')
			}
		}
		rec.Returned(nil) // from nobody knows which
		rec.Returned(&textproto.Error{Code: 252})
		for _, s := range rec.Sessions() {
			if strings.Contains(s.Text(), "[welcomed]") {
				t.Errorf("two open: the verdict is on another connection in\n%s", s.Text())
			}
		}
		equal(t, "two open", found(rec), want...)
	}
}
