package extension

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

const statusCodes = "ENHANCEDSTATUSCODES"

// greets reports whether e is the greeting or a reply to EHLO, HELO or LHLO,
// which carry no enhanced status code (RFC 2034 §4). XCLIENT makes the server
// greet once more.
func greets(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Connected || e.Kind == transcripts.Ordered &&
		(e.Command.Verb.Hello() || e.Command.Verb == transcripts.XCLIENT && e.Reply.Code == 220)
}

// looksCoded reports whether text begins like an enhanced status code.
func looksCoded(text string) bool {
	return len(text) >= 5 && text[1] == '.' && '2' <= text[0] && text[0] <= '5'
}

// promised reports whether the server has promised enhanced status codes. It
// looks at the list only where something is wrong already.
func promised(e *transcripts.Exchange) bool { return e.Before.Offers.Has(statusCodes) }

// answered names what the reply of e answered.
func answered(e *transcripts.Exchange) string {
	switch {
	case e.Kind == transcripts.Content:
		return "the message"
	case e.Kind == transcripts.Answered:
		return "AUTH"
	case e.Kind == transcripts.Connected:
		return "the connection"
	case e.Kind == transcripts.Ordered && e.Command.Verb > transcripts.Unknown:
		return e.Command.Verb.String()
	}
	return "what came before"
}

// first returns the first line of a reply, or nil where there is none that has
// a code.
func first(r *transcripts.Reply) *transcripts.ReplyLine {
	if len(r.Lines) == 0 || r.Lines[0].Code == 0 {
		return nil
	}
	return &r.Lines[0]
}

// at is the place of part of the text of line k of the reply in exchange i.
func at(p *lint.Pass, i, k int, part string) lint.Place {
	place := p.ReplyLine(i, k)
	if n := strings.Index(place.Text, part); n >= 0 && part != "" {
		place.From, place.To = n, n+len(part)
	}
	return place
}

// statusOf returns the enhanced status code that a reply begins with.
func statusOf(r *transcripts.Reply) (codes.StatusCode, bool) {
	l := first(r)
	if l == nil || !looksCoded(l.Text) {
		return codes.StatusCode{}, false
	}
	status, _, ok := codes.ParseStatusCode(l.Text)
	return status, ok
}
