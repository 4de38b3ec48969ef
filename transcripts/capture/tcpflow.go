package capture

import (
	"io"
	"slices"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Streams is the notation of the files that tcpflow writes: one for each
// direction of a connection, with the octets as they were. What the capture
// has missed is filled with NUL. Nothing tells when one side spoke.
var Streams = &transcripts.Format{
	Name:     "tcpflow-files",
	Programs: "tcpflow 1.6.1; Wireshark and others that save one direction of a connection as it is",
	Record:   "tcpflow -r session.pcap -o DIRECTORY",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Unbroken | transcripts.Bodies | transcripts.Stuffing | transcripts.LineEnds |
		transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Secrets | transcripts.Security,
	Sign: func([]byte) int { return 0 },
	Read: func(in io.Reader, _ transcripts.Hints, to transcripts.Sink) error {
		return readStreams(in, nil, to)
	},
}

// Pair is Streams for a recording of which the server's half is a file of its
// own.
func Pair(replies func() (io.ReadCloser, error)) *transcripts.Format {
	f := *Streams
	f.Read = func(in io.Reader, _ transcripts.Hints, to transcripts.Sink) error {
		other, err := replies()
		if err != nil {
			return err
		}
		defer other.Close()
		return readStreams(in, transcripts.Unpack(other), to)
	}
	return &f
}

// Serves reports whether octets that a direction begins with are a server's.
func Serves(head []byte) bool { return replies(head) }

// A flowName is the name of a file of tcpflow's, as in
// "1795444658T127.000.000.001.57722-127.000.000.001.02526c1": when it began,
// who sent it, who received it, and which of several connections between the
// same two ends it was.
type flowName struct{ began, from, to, nth string }

func parseFlowName(name string) (f flowName, ok bool) {
	rest := name
	if n := strings.IndexByte(name, 'T'); n >= 0 {
		f.began, rest = name[:n+1], name[n+1:]
	}
	f.from, rest, ok = strings.Cut(rest, "-")
	f.to = rest
	if n := strings.IndexByte(rest, 'c'); n >= len("000.000.000.000.00000") {
		f.to, f.nth = rest[:n], rest[n:]
	}
	return f, ok && isEndpoint(f.from) && isEndpoint(f.to)
}

// isEndpoint reports whether s is an address, a period, and a port of five
// digits.
func isEndpoint(s string) bool {
	n := len(s) - len(".00000")
	if n < len("000.000.000.000") || s[n] != '.' {
		return false
	}
	hex := func(c rune) bool { return c != '.' && c != ':' && !isDigit(byte(c)) && !('a' <= c && c <= 'f') }
	digits := func(c rune) bool { return !isDigit(byte(c)) }
	return strings.IndexFunc(s[:n], hex) < 0 && strings.IndexFunc(s[n+1:], digits) < 0
}

// IsFlow reports whether a file has a name that tcpflow gives.
func IsFlow(name string) bool {
	_, ok := parseFlowName(name)
	return ok
}

// Flows puts the files of a folder that tcpflow has written in pairs, sorted
// by name. The second of a pair is "" where the other direction is not there.
func Flows(names []string) (pairs [][2]string) {
	var flows []string
	for _, name := range names {
		if IsFlow(name) {
			flows = append(flows, name)
		}
	}
	slices.Sort(flows)
	taken := map[string]bool{}
	for i, name := range flows {
		if taken[name] {
			continue
		}
		a, _ := parseFlowName(name)
		pair := [2]string{name, ""}
		for _, other := range flows[i+1:] {
			b, _ := parseFlowName(other)
			if !taken[other] && b.from == a.to && b.to == a.from && b.nth == a.nth {
				pair[1] = other
				taken[other] = true
				break
			}
		}
		pairs = append(pairs, pair)
	}
	return pairs
}
