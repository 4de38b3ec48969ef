package lint

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// A Pass is one rule looking at one session. It is lent, like the session.
type Pass struct {
	*transcripts.Session
	rule     *Rule
	severity Severity
	found    *[]Diagnostic
	count    int // findings of this rule in this session
	limit    int // how many of them are kept
	nth      int // which session of the recording it is

	envelope  transcripts.Envelope // of exchange enveloped-1
	enveloped int
	local     transcripts.Tristate // whether the session is within one machine
}

// ask lends the pass to a rule that has reported count findings so far.
func (p *Pass) ask(a *active, count int) { p.rule, p.severity, p.count = a.rule, a.severity, count }

// perSession is how many findings of one rule in one session are kept; the
// others are counted.
const perSession = 8

// Report records a finding at a place. What it returns can be given labels,
// related places and more.
func (p *Pass) Report(at Place, format string, args ...any) *Diagnostic {
	p.count++
	if p.count > p.limit {
		return new(Diagnostic)
	}
	if !at.Span.Known() {
		at.Span = p.Span // what is missing has no place of its own
	}
	*p.found = append(*p.found, Diagnostic{
		Rule: p.rule, Side: p.rule.Side, Severity: p.severity, Confidence: Certain, Session: said(strings.Clone(p.ID)), Nth: p.nth,
		Message: said(sentence(format, args)), At: at.shown(), Refs: p.rule.Refs,
	})
	return &(*p.found)[len(*p.found)-1]
}

// Found returns how many findings this rule has in this session so far.
func (p *Pass) Found() int { return p.count }

// Command is the place of what the client sent in exchange i; where that is not
// recorded, of its reply.
func (p *Pass) Command(i int) Place {
	e := &p.Exchanges[i]
	switch {
	case e.Body != nil && e.Command.Text == "":
		return p.BodyStart(i)
	case !e.Command.Span.Known() && e.Reply.Recorded():
		return p.Reply(i)
	}
	text := e.Shown()
	if text == e.Command.Text { // and no copy with its credentials masked
		text = strings.Clone(text)
	}
	return Place{Span: e.Command.Span, Party: transcripts.Client, Text: text, To: len(text)}
}

// Part is the place of a part of the command line in exchange i. part must be
// a piece of its Text; where it is masked or empty, the place is the command.
func (p *Pass) Part(i int, part string) Place {
	at := p.Command(i)
	e := &p.Exchanges[i]
	from := offsetIn(e.Command.Text, part)
	if from < 0 || part == "" || at.Text != e.Command.Text {
		return at
	}
	if mark := int(at.Span.Length) - len(e.Command.Text); mark >= 0 { // else the recording has it in another form
		at.Span = at.Span.Part(mark+from, len(part))
	}
	at.From, at.To = from, from+len(part)
	return at
}

// Reply is the place of the code of the first line of the reply in exchange i.
func (p *Pass) Reply(i int) Place { return p.ReplyPlace(&p.Exchanges[i].Reply) }

// ReplyPlace is the place of the code of the first line of a reply.
func (p *Pass) ReplyPlace(r *transcripts.Reply) Place { return p.replyLine(r, 0) }

// ReplyLine is the place of line k of the reply in exchange i.
func (p *Pass) ReplyLine(i, k int) Place {
	at := p.replyLine(&p.Exchanges[i].Reply, k)
	at.To = len(at.Text)
	return at
}

// MoreReply is the place of a further reply in exchange i.
func (p *Pass) MoreReply(i, k int) Place { return p.ReplyPlace(&p.Exchanges[i].More[k]) }

func (p *Pass) replyLine(r *transcripts.Reply, k int) Place {
	if k >= len(r.Lines) {
		return Place{Party: transcripts.Server}
	}
	l := &r.Lines[k]
	at := Place{Span: l.Span, Party: transcripts.Server, Text: replyText(l)}
	at.To = min(3, len(at.Text))
	if l.Code == 0 {
		at.To = len(at.Text)
	}
	return at
}

// replyText copies a line of a reply as it was said.
func replyText(l *transcripts.ReplyLine) string {
	if l.Code == 0 {
		return strings.Clone(l.Text)
	}
	sep := ""
	if l.Sep != 0 {
		sep = string(rune(l.Sep))
	}
	return fmt.Sprintf("%03d%s%s", int(l.Code), sep, l.Text)
}

// BodyStart is the place of the first line of content in exchange i, or, where
// it is empty, of the line that ended it.
func (p *Pass) BodyStart(i int) Place {
	b := p.Exchanges[i].Body
	if !b.Span.Known() {
		return p.Period(i)
	}
	return Place{Span: b.Span, Party: transcripts.Client, Text: strings.Clone(b.First), To: len(b.First)}
}

// Period is the place of the line that ended the content of exchange i.
func (p *Pass) Period(i int) Place {
	return Place{Span: p.Exchanges[i].Body.Stop, Party: transcripts.Client, Text: ".", To: 1}
}

// Marked is the place of the first line with an oddity of content.
func (p *Pass) Marked(m *transcripts.Mark) Place {
	return Place{Span: m.First[0], Party: transcripts.Client, Text: strings.Clone(m.Excerpt), To: len(m.Excerpt)}
}

// Said is the place of remark k of the recorder.
func (p *Pass) Said(k int) Place {
	r := &p.Remarks[k]
	text := strings.Clone(cmp.Or(r.Text, noteWords[r.Note]))
	return Place{Span: r.Span, Party: transcripts.Recorder, Text: text, To: len(text)}
}

// Did is the place of what an exchange began with: the client's line, else the
// server's, else where the one before ends.
func (p *Pass) Did(i int) Place {
	e := &p.Exchanges[i]
	if !e.Command.Span.Known() && (e.Body == nil || !e.Body.Span.Known()) && !e.Reply.Recorded() && i > 0 {
		return p.Last(i - 1)
	}
	if !e.Command.Span.Known() && e.Body == nil {
		return p.Reply(i)
	}
	return p.Command(i)
}

// Last is the place where exchange i ends in the recording.
func (p *Pass) Last(i int) Place {
	e := &p.Exchanges[i]
	switch {
	case len(e.More) > 0:
		return p.MoreReply(i, len(e.More)-1)
	case e.Reply.Recorded():
		return p.ReplyLine(i, len(e.Reply.Lines)-1)
	case e.Body != nil && e.Body.End == transcripts.Dot && e.Body.Stop.Known():
		return p.Period(i)
	}
	return p.Did(i)
}

// Line names the line, or the packet, of a place, for use in messages.
func Line(s transcripts.Span) string {
	if s.Packet != 0 {
		return "packet " + strconv.FormatUint(uint64(s.Packet), 10)
	}
	return "line " + strconv.FormatUint(uint64(s.Line), 10)
}
