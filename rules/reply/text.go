package reply

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// meaning says in a few words what the first digit of a code means.
var meaning = [transcripts.NumClasses]string{
	transcripts.Success:      "success",
	transcripts.Intermediate: "that the server waits for more",
	transcripts.Transient:    "a failure that will pass",
	transcripts.Permanent:    "a failure for good",
}

// status returns the enhanced code at the start of a reply's text; its class is
// 0 where there is none.
func status(r *transcripts.Reply) codes.StatusCode {
	if len(r.Lines) == 0 {
		return codes.StatusCode{}
	}
	s, _, _ := codes.ParseStatusCode(r.Lines[0].Text)
	return s
}

// forPolicy reports whether a refusal is about who asks or sends, or about what
// the message is taken for, rather than about the command.
func forPolicy(r *transcripts.Reply) bool {
	s := status(r)
	return s.Subject == 7 || s.Subject == 1 && (s.Detail == 7 || s.Detail == 8) ||
		lint.Says(r, "relay", "denied", "block", "spam", "policy", "not permitted", "prohibit", "reputation", "authenticat",
			"greylist", "spf", "dmarc", "starttls", "access", "sender", "helo", "ehlo", "ptr", "reverse") != ""
}

// tooMany reports whether a refusal is about the number of recipients of one
// message, rather than about how many came in some time, or whose they are:
// "452 4.5.3 Recipients belong to multiple regions".
func tooMany(r *transcripts.Reply) bool {
	s := status(r)
	return (s.Subject == 5 && s.Detail == 3 || lint.Says(r, "too many recipients", "too many rcpt") != "") &&
		lint.Says(r, "multiple region", "domain", "rate", "minute", "hour", "day", "daily", "today") == ""
}

// anonymous reports whether an address in the text of a reply may have been
// hidden by the recorder.
func anonymous(r *transcripts.Reply) bool {
	for i := range r.Lines {
		text := r.Lines[i].Text
		if strings.Contains(text, "**") || strings.Contains(text, "<>") || strings.Contains(text, "[") && lint.Says(r, "redacted", "hidden", "removed") != "" {
			return true
		}
	}
	return false
}

// inShort lists reply codes for a message: "250, 251 or 252".
func inShort(list []transcripts.Code) string {
	var b strings.Builder
	for i, c := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%03d", c)
	}
	return b.String()
}

// more says how many others there are of what is reported once for a session.
func more(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "; so did one other reply"
	}
	return fmt.Sprintf("; so did %d other replies", n)
}

// named is the command in an exchange, in words.
func named(e *transcripts.Exchange) string {
	switch {
	case e.Kind == transcripts.Connected:
		return "the connection"
	case e.Kind == transcripts.Answered:
		return "AUTH"
	case e.Kind == transcripts.Content:
		return "the end of the message"
	case e.Command.Verb > transcripts.Unknown:
		return e.Command.Verb.String()
	}
	return "the command"
}
