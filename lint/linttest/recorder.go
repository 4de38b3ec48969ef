package linttest

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/textproto"
	"slices"
	"sync"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/transcripts"
)

// A Recorder records the connections of a test and judges them at its end. Its
// methods may be called at the same time.
type Recorder struct {
	linter *lint.Linter
	side   string
	failOn lint.Severity

	mu      sync.Mutex
	tracks  []*track
	several bool // connections were open at the same time
	judged  []Session
}

// New makes a Recorder for a test. When the test is over, each conversation
// with findings that matter fails it. t may be nil, for use outside of tests.
//
// The settings say what matters. Side is who is tested, "client" or "server";
// without it, both are. FailOn is Warning unless it is set, Ignored gives the
// reason for each rule whose findings are accepted, and Only narrows to some
// rules. All of smtplint's rules are known, and those in more. Where the client
// is tested, the profile test-double holds as far as Only and Severities say
// nothing else: a server made for a test need not be a good one.
func New(t testing.TB, settings lint.Settings, more ...*lint.Rule) *Recorder {
	known := slices.Concat(rules.All, more)
	if err := check(&settings, known); err != nil {
		if t == nil {
			panic("linttest: " + err.Error())
		}
		t.Helper()
		t.Fatalf("linttest: %v", err)
	}
	if settings.FailOn == lint.Off {
		settings.FailOn = lint.Warning
	}
	if settings.Side == "client" {
		settings.Severities = forClients(&settings)
	}
	r := &Recorder{linter: lint.New(known, settings), side: settings.Side, failOn: settings.FailOn}
	if t != nil {
		t.Helper()
		t.Cleanup(func() {
			t.Helper()
			for _, s := range r.Sessions() {
				if s.fails(r.failOn) {
					t.Errorf("%v", s)
				}
			}
		})
	}
	return r
}

// forClients are the severities where a client is tested: those of the profile,
// as far as the settings do not ask for a rule themselves.
func forClients(s *lint.Settings) map[string]lint.Severity {
	severities := maps.Clone(lint.FindProfile("test-double").Rules)
	for _, id := range s.Only {
		delete(severities, id)
	}
	maps.Copy(severities, s.Severities)
	return severities
}

// check looks for what is misspelt in settings.
func check(s *lint.Settings, known []*lint.Rule) error {
	switch s.Side {
	case "", "client", "server":
	default:
		return fmt.Errorf("the side must be client or server, not %q", s.Side)
	}
	named := slices.Concat(s.Only, slices.Sorted(maps.Keys(s.Severities)), slices.Sorted(maps.Keys(s.Ignored)))
	for _, id := range named {
		if _, err := lint.Select(known, id); err != nil {
			return err
		}
	}
	for id, reason := range s.Ignored {
		if reason == "" {
			return fmt.Errorf("%s is ignored without a reason", id)
		}
	}
	return nil
}

// Client records a connection at the client's end.
func (r *Recorder) Client(conn net.Conn) net.Conn { return r.wrap(conn, transcripts.Client) }

// Server records a connection at the server's end.
func (r *Recorder) Server(conn net.Conn) net.Conn { return r.wrap(conn, transcripts.Server) }

// Listener records the connections that a server accepts, at its end.
func (r *Recorder) Listener(ln net.Listener) net.Listener { return &listener{ln, r} }

type listener struct {
	net.Listener
	rec *Recorder
}

func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.rec.Server(conn), nil
}

// Returned tells what a call to the client has returned: what the client made
// of the server's last reply. A *textproto.Error with the code of that reply
// says that the client took it for a failure, nil that it took it for a success,
// and other errors stand in the conversation as words of the client.
//
// It is about the connection that was made last. Where several were open at the
// same time, nobody knows: then it is about the one whose last reply has the
// code of the error, and if that is not one alone, nothing is noted. So where
// several clients are at work, give each a Recorder of its own.
func (r *Recorder) Returned(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	code := codeOf(err)
	meant := r.tracks[max(0, len(r.tracks)-1):]
	if r.several {
		meant = slices.DeleteFunc(slices.Clone(r.tracks), func(t *track) bool { return code == 0 || t.code() != code })
	}
	if len(meant) == 1 {
		meant[0].returned(err, code)
	}
}

// codeOf returns the reply code that an error carries, or 0.
func codeOf(err error) int {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return reply.Code
	}
	return 0
}

// Sessions judges what was recorded, and returns a Session for each connection
// over which something was said, in the order in which they were wrapped. What
// is said from then on over those that are still open is not recorded.
func (r *Recorder) Sessions() []Session {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.tracks {
		if s, ok := t.judge(r); ok {
			r.judged = append(r.judged, s)
		}
	}
	r.tracks = nil
	return slices.Clone(r.judged)
}
