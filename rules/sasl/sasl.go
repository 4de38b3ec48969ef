// Package sasl is what smtplint knows about authentication: the mechanisms
// (RFC 4422), their messages, and how SMTP carries them (RFC 4954).
package sasl

import (
	"encoding/base64"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// At returns the mechanism of the AUTH exchange that exchange i belongs to, in
// capitals, and which response of the client i carries, from 0. The name is ""
// where the AUTH command is not on record, and where more steps were made than
// any mechanism has.
func At(s *transcripts.Session, i int) (name string, step int) {
	for ; i >= 0 && step < maxSteps; i-- {
		e := &s.Exchanges[i]
		switch {
		case e.Kind == transcripts.Answered:
			step++
		case e.Kind == transcripts.Ordered && e.Command.Verb == transcripts.AUTH:
			if step > 0 && Initial(&e.Command) == "" {
				step--
			}
			return Named(&e.Command), step
		default:
			return "", 0
		}
	}
	return "", 0
}

// maxSteps keeps a server that sends 334 for ever from costing time.
const maxSteps = 32

// Named returns the mechanism that an AUTH command names, in capitals, or ""
// where something stands in its place.
func Named(c *transcripts.Command) string {
	name, _, _ := strings.Cut(c.Args, " ")
	if transcripts.Redacted(name) {
		return ""
	}
	return strings.ToUpper(name)
}

// Initial returns the initial response of an AUTH command as it stands there,
// or "". An empty one is written "=" (RFC 4954 §4).
func Initial(c *transcripts.Command) string {
	_, initial, _ := strings.Cut(c.Args, " ")
	return strings.TrimSpace(initial)
}

// An Attempt is an AUTH command with the exchanges that belong to it.
type Attempt struct {
	Mechanism string // in capitals
	From, To  int    // the AUTH command, and the exchange with its final reply
}

// AttemptAt returns the attempt that begins with the AUTH command of exchange i.
func AttemptAt(s *transcripts.Session, i int) Attempt {
	a := Attempt{Mechanism: Named(&s.Exchanges[i].Command), From: i, To: i}
	for a.To+1 < len(s.Exchanges) && s.Exchanges[a.To+1].Kind == transcripts.Answered {
		a.To++
	}
	return a
}

// Final returns the last reply of an attempt.
func (a Attempt) Final(s *transcripts.Session) *transcripts.Reply { return &s.Exchanges[a.To].Reply }

// Sent reports whether the client sent something of its own in an attempt, be
// it shown or hidden by the recorder: not nothing, and not the "*" that ends
// the exchange.
func (a Attempt) Sent(s *transcripts.Session) bool {
	if initial := Initial(&s.Exchanges[a.From].Command); initial != "" && initial != "=" {
		return true
	}
	for i := a.From + 1; i <= a.To; i++ {
		if text := s.Exchanges[i].Command.Text; text != "" && text != "*" && text != "=" {
			return true
		}
	}
	return false
}

// Decode returns what a response or a challenge stands for, and whether it is
// base64 at all (RFC 4648 §4; RFC 4954 §4 allows no other alphabet and no
// missing padding). Blanks in it come from listings that wrap long lines.
func Decode(text string) (message string, ok bool) {
	if strings.ContainsAny(text, " \t") {
		text = strings.Join(strings.Fields(text), "")
	}
	var from, to [256]byte // enough for most, so that what is made is only the string
	b, err := base64.StdEncoding.AppendDecode(to[:0], append(from[:0], text...))
	return string(b), err == nil
}

// Plain takes the message of the PLAIN mechanism apart (RFC 4616 §2).
func Plain(message string) (user, password string, ok bool) {
	_, rest, ok := strings.Cut(message, "\x00")
	user, password, more := strings.Cut(rest, "\x00")
	if !ok || !more || strings.Contains(password, "\x00") {
		return "", "", false
	}
	return user, password, true
}

// Challenge returns what the server had sent before the response of exchange i,
// decoded, and whether it is on record and base64.
func Challenge(s *transcripts.Session, i int) (message string, ok bool) {
	if i == 0 {
		return "", false
	}
	r := &s.Exchanges[i-1].Reply
	if r.Code != 334 || len(r.Lines) != 1 {
		return "", false
	}
	return Decode(strings.TrimSpace(r.Lines[0].Text))
}

// Bearer takes the token out of the message of XOAUTH2 or OAUTHBEARER, whose
// fields are separated by octets 1 (RFC 7628 §3.1).
func Bearer(message string) (token string, ok bool) {
	for field := range strings.SplitSeq(message, "\x01") {
		value, ok := cutPrefixFold(field, "auth=")
		if !ok {
			continue
		}
		kind, token, _ := strings.Cut(value, " ")
		return strings.TrimSpace(token), strings.EqualFold(kind, "Bearer")
	}
	return "", false
}
