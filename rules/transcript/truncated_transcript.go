package transcript

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var truncatedTranscript = &lint.Rule{
	ID:       "truncated-transcript",
	Title:    "The recording ends before the session does",
	Area:     lint.Transcript,
	Side:     lint.ByRecording,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.1.4"), lint.RFC(5321, "4.2")},
	Adrift:   true,
	Session: func(p *lint.Pass) {
		last := len(p.Exchanges) - 1
		if p.Abandoned {
			p.Report(p.Last(last), "there is more of this session than can be held at once; what follows was not judged").
				Helpf("nothing is wrong with the recording; where many sessions go on at the same time, lint fewer of them")
			return
		}
		if p.Excerpt || p.Encrypted.Known() || p.Ended != transcripts.Comment || closing(p) || !p.Proves.Has(transcripts.Unbroken) {
			return
		}
		why := owed(&p.Exchanges[last])
		switch {
		case why != "" && (p.Carries.Has(transcripts.Closing) || p.Exchanges[last].Command.Verb != transcripts.QUIT):
		case !p.Carries.Has(transcripts.Closing):
			return // this notation does not record how sessions end
		case last == 0:
			return // the client may have left after the greeting
		case p.Exchanges[last].Command.Verb == transcripts.QUIT:
			return // it was answered, if not with 221
		default:
			why = "no QUIT and no close was recorded"
		}
		if overtaken(p) {
			return // what is still owed is not known
		}
		p.Report(p.Last(last), "the recording ends here: %s", why).
			Helpf("record until the connection is closed, or mark the recording with a line \"# excerpt\" in plain notation")
	},
	Doc: `
The recording stops while SMTP still owes something: an answer, the end of a
message, or QUIT. What happened afterwards is unknown, so rules that look at how
a session ends are not judged.

A session that takes up tens of megabytes beside its messages, or one of a hundred
thousand at a time, is not read to its end either, and that is said here, too.

# What to do

Let the recorder run until the connection is closed, and flush its log.

# When it stays silent

Where a close is recorded, after 221 or 421, in formats that never record the
end of a session, where one side is not recorded at all, where TLS hides the end,
and where the recording says that it is an excerpt. Where replies came out of order,
so that what is last is not known.
`,
	Examples: []lint.Example{
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250-mx.example.org
		# want
		`),
		lint.Bad(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		# want
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		# connection closed
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP
		C: EHLO client.example.com
		S: 250 mx.example.org
		C: NOOP
		S: 421 4.4.2 mx.example.org Timeout
		`),
		lint.Good(`
		# TLS from the beginning, as on port 465.
		C= "\x16\x03\x01\x02\x00\x01"
		`),
	},
}

// overtaken reports whether a command was answered before an earlier one.
func overtaken(p *lint.Pass) bool {
	var answered int64
	for i := range p.Exchanges {
		if r := &p.Exchanges[i].Reply; r.Recorded() {
			at := r.Lines[0].Span.Offset
			if at < answered {
				return true
			}
			answered = at
		}
	}
	return false
}

// closing reports whether the server has said that it closes the connection.
func closing(p *lint.Pass) bool {
	for i := len(p.Exchanges) - 1; i >= 0; i-- {
		if r := &p.Exchanges[i].Reply; r.Recorded() && !r.Open {
			return r.Code == 421 || r.Code == 221
		}
	}
	return false
}

// owed says what the last exchange of a session still lacks, or "".
func owed(e *transcripts.Exchange) string {
	switch {
	case e.Reply.Open:
		return "the last line of the reply is missing"
	case e.Body != nil && e.Body.End == transcripts.Cut:
		return "the message is not finished"
	case e.Reply.Code == 354:
		return "the message that 354 asks for is missing"
	case e.Reply.Code == 334:
		return "the response that 334 asks for is missing"
	case e.Reply.Recorded():
		return ""
	case e.Kind == transcripts.Content:
		return "the reply to the message is missing"
	case e.Kind == transcripts.Ordered && e.Command.Verb > transcripts.Unknown:
		return "the reply to " + e.Command.Verb.String() + " is missing"
	}
	return "a reply is missing"
}
