package transcripts

import (
	"strconv"
	"strings"
)

// facts is what is known about a session without its conversation.
type facts struct {
	format  string   // the notation
	grants  Evidence // what it can carry
	port    int
	lmtp    bool
	excerpt bool
}

// note takes a fact as recorders state it, "name: value". Unknown ones are
// left alone. Those known are:
//
//	excerpt            the recording is a fragment
//	mode: lmtp         it is LMTP, not SMTP
//	port: 587          the server's port
//	tls: off           TLS is off until the recorder says that it is on
//	stuffing: wire     content is shown as it crossed the wire; "none": as before
//	proves: Order ...  the recording is evidence of just this
func (f *facts) note(text string) bool {
	name, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch strings.TrimSpace(name) {
	case "excerpt":
		f.excerpt = true
	case "mode":
		if !strings.EqualFold(value, "lmtp") {
			return false
		}
		f.lmtp = true
	case "port":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 65535 {
			return false
		}
		f.port = n
	case "stuffing":
		switch value {
		case "wire":
			f.grants |= Stuffing
		case "none":
			f.grants &^= Stuffing
		default:
			return false
		}
	case "tls":
		if value != "off" {
			return false
		}
		f.grants |= Security // off until the recorder says that it is on
	case "proves":
		all, ok := parseEvidence(value)
		if !ok {
			return false
		}
		f.grants = all
	default:
		return false
	}
	return true
}

// hint takes the facts out of a directive: "port=587", "lmtp".
func (f *facts) hint(text string) {
	for word := range strings.FieldsSeq(text) {
		if port, ok := strings.CutPrefix(word, "port="); ok {
			f.note("port:" + port)
		}
		if word == "lmtp" {
			f.lmtp = true
		}
	}
}

// switchTo takes a Notation, "name: evidence".
func (f *facts) switchTo(text string) bool {
	name, value, _ := strings.Cut(text, ":")
	all, ok := parseEvidence(value)
	if ok {
		f.format, f.grants = name, all
	}
	return ok
}

func parseEvidence(words string) (all Evidence, ok bool) {
	for word := range strings.FieldsSeq(words) {
		e, ok := evidenceNamed(word)
		if !ok {
			return 0, false
		}
		all |= e
	}
	return all, true
}
