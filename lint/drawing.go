package lint

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/smtplint/smtplint/transcripts"
)

// Drawing says how much of the sessions of a recording is kept for a report.
type Drawing struct {
	Around int // rungs kept before and behind each place of a finding
	Whole  int // sessions of up to so many rungs are kept whole
	Faulty int // the most sessions with findings that are kept
	Clean  int // the most sessions without
}

// Join makes a drawing that is enough for both.
func (d *Drawing) Join(e *Drawing) *Drawing {
	if d == nil || e == nil {
		return cmp.Or(d, e)
	}
	return &Drawing{max(d.Around, e.Around), max(d.Whole, e.Whole), max(d.Faulty, e.Faulty), max(d.Clean, e.Clean)}
}

// draw keeps a session that was just judged, if it is wanted. The session is
// lent, so what is kept is a copy.
func (f *File) draw(s *transcripts.Session, found []Diagnostic, d *Drawing) {
	kept := &f.clean
	most := d.Clean
	if len(found) > 0 {
		kept, most = &f.faulty, d.Faulty
	}
	if *kept >= most {
		return
	}
	*kept++
	l := Ladder{
		Nth: f.Sessions, ID: said(strings.Clone(s.ID)), Notation: s.Format, Span: s.Span,
		Exchanges: len(s.Exchanges), Port: s.Port, LMTP: s.LMTP,
	}
	steps := stepsOf(s)
	if f.Replies == "" { // else places of the two files cannot be compared
		slices.SortStableFunc(steps, func(a, b step) int { return inOrder(a.span, b.span) })
	}
	keep := keptSteps(steps, found, d, f.Replies != "")
	mails := mailsOf(s)
	for i, left := 0, 0; i <= len(steps); i++ {
		if i < len(steps) && !keep[i] {
			left++
			continue
		}
		if left > 0 {
			l.Rungs = append(l.Rungs, Rung{Kind: LeftOut, Party: transcripts.Recorder, Exchange: -1, Count: left, Span: steps[i-left].span})
			left = 0
		}
		if i < len(steps) {
			l.Rungs = append(l.Rungs, steps[i].rung(s, mails))
		}
	}
	l.embed()
	f.Ladders = append(f.Ladders, l)
}

// embed takes what the recorder says for a part of what is said next: it may say
// something between a command and the reply.
func (l *Ladder) embed() {
	var next *Rung
	for i := len(l.Rungs) - 1; i >= 0; i-- {
		r := &l.Rungs[i]
		switch {
		case r.Kind == LeftOut:
			next = nil
		case r.Party != transcripts.Recorder:
			next = r
		case next != nil:
			r.Secure, r.Assumed, r.Mail = next.Secure, next.Assumed, next.Mail
		}
	}
}

// A step is a rung to be: where it stands, and what of the session it is.
type step struct {
	span transcripts.Span
	what source
	i    int // which exchange, remark or fault
	k    int // which reply of the exchange: 0 is Reply, others are in More
	line int // of the reply
}

type source uint8

const (
	fromCommand source = iota
	fromBody
	fromReply
	fromRemark
	fromFault
	fromEncrypted
)

// stepsOf lists all that was said, by exchange.
func stepsOf(s *transcripts.Session) []step {
	var steps []step
	add := func(st step) {
		if st.span.Known() {
			steps = append(steps, st)
		}
	}
	told := 0 // remarks
	remarks := func(before int) {
		for ; told < len(s.Remarks) && s.Remarks[told].After < before; told++ {
			add(step{span: s.Remarks[told].Span, what: fromRemark, i: told})
		}
	}
	for i := range s.Exchanges {
		remarks(i)
		e := &s.Exchanges[i]
		if e.Command.Text != "" || e.Kind == transcripts.Ordered || e.Kind == transcripts.Answered {
			add(step{span: e.Command.Span, what: fromCommand, i: i})
		}
		if e.Body != nil {
			add(step{span: e.Body.Span, what: fromBody, i: i})
		}
		for k := 0; k <= len(e.More); k++ {
			r := replyOf(e, k)
			for line := range r.Lines {
				add(step{span: r.Lines[line].Span, what: fromReply, i: i, k: k, line: line})
			}
		}
	}
	remarks(math.MaxInt)
	dark := s.Encrypted.Known()
	for i := range s.Remarks {
		dark = dark && s.Remarks[i].Note != transcripts.Encrypted
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Kind == transcripts.UnreadableLine {
			add(step{span: f.Span, what: fromFault, i: i})
		}
	}
	if dark {
		add(step{span: s.Encrypted, what: fromEncrypted})
	}
	return steps
}

// inOrder compares places. What one line of text tells is left in the order in
// which it was understood: some logs name the reply before the command.
func inOrder(a, b transcripts.Span) int {
	if a.Packet == 0 && b.Packet == 0 {
		return cmp.Compare(a.Line, b.Line)
	}
	return cmp.Or(cmp.Compare(a.Packet, b.Packet), cmp.Compare(a.Offset, b.Offset))
}

func replyOf(e *transcripts.Exchange, k int) *transcripts.Reply {
	if k == 0 {
		return &e.Reply
	}
	return &e.More[k-1]
}

// keptSteps says which steps are kept: all of a short session; of a long one
// its beginning, its end and what is around its findings.
func keptSteps(steps []step, found []Diagnostic, d *Drawing, apart bool) []bool {
	keep := make([]bool, len(steps))
	mark := func(from, to int) {
		for i := max(0, from); i < min(to, len(steps)); i++ {
			keep[i] = true
		}
	}
	if len(steps) <= d.Whole {
		mark(0, len(steps))
		return keep
	}
	mark(0, d.Whole/4)
	mark(len(steps)-d.Whole/4, len(steps))
	around := func(at *Place) {
		if at.Span.Known() {
			i := stepAt(steps, at, apart)
			mark(i-d.Around, i+d.Around+1)
		}
	}
	for i := range found {
		around(&found[i].At)
		for k := range found[i].Related {
			around(&found[i].Related[k].At)
		}
	}
	return keep
}

// stepAt is the index of the step in which a place lies. Where what the server
// said is in a file apart, steps of one file have to be looked for.
func stepAt(steps []step, at *Place, apart bool) int {
	if !apart {
		return max(0, sort.Search(len(steps), func(i int) bool { return inOrder(steps[i].span, at.Span) > 0 })-1)
	}
	found := 0
	for i := range steps {
		if served := steps[i].what == fromReply; served == (at.Party == transcripts.Server) && inOrder(steps[i].span, at.Span) <= 0 {
			found = i
		}
	}
	return found
}

// mailsOf numbers the mail transaction of each exchange. MAIL itself and its
// reply belong to the transaction that they open.
func mailsOf(s *transcripts.Session) []int32 {
	mails := make([]int32, len(s.Exchanges))
	var opened int32
	for i := range s.Exchanges {
		e := &s.Exchanges[i]
		if mails[i] = e.Before.Mail; mails[i] > 0 || e.Kind != transcripts.Ordered || !e.Reply.Code.OK() {
			continue
		}
		switch e.Command.Verb {
		case transcripts.MAIL, transcripts.SEND, transcripts.SOML, transcripts.SAML:
			opened++
			mails[i] = opened
		}
	}
	return mails
}

// rung copies what a step stands for.
func (st *step) rung(s *transcripts.Session, mails []int32) Rung {
	r := Rung{Span: st.span, Exchange: st.i}
	switch st.what {
	case fromRemark:
		m := &s.Remarks[st.i]
		r.Kind, r.Party, r.Note, r.At, r.Text, r.Exchange = Remarked, transcripts.Recorder, m.Note, m.At, cut(m.Text), m.After
	case fromEncrypted:
		r.Kind, r.Party, r.Note, r.Exchange = Remarked, transcripts.Recorder, transcripts.Encrypted, len(s.Exchanges)-1
	case fromFault:
		f := &s.Faults[st.i]
		r.Kind, r.Party, r.Text, r.Exchange = Unread, transcripts.Recorder, cut(f.Text), f.Exchange
	case fromCommand:
		c := &s.Exchanges[st.i].Command
		r.Text, r.At, r.Early = cut(s.Exchanges[st.i].Shown()), c.At, c.Early
	case fromBody:
		b := s.Exchanges[st.i].Body
		r.Kind, r.Content = SentContent, measure(b)
	case fromReply:
		reply := replyOf(&s.Exchanges[st.i], st.k)
		l := &reply.Lines[st.line]
		r.Party, r.At, r.Text = transcripts.Server, l.At, cut(replyText(l))
	}
	r.state(s, mails)
	return r
}

// state says where the conversation stood: for what the recorder says at the
// end, it is how the last exchange left it.
func (r *Rung) state(s *transcripts.Session, mails []int32) {
	i := r.Exchange
	if r.Party == transcripts.Recorder {
		i++
	}
	if last := len(mails) - 1; i <= last {
		r.Mail = mails[i]
	} else {
		i = last
	}
	if i >= 0 {
		r.Secure, r.Assumed = s.Exchanges[i].Before.Secure == transcripts.Yes, s.Exchanges[i].Before.Assumed
	}
}

func measure(b *transcripts.Body) *Measure {
	m := &Measure{Lines: b.Lines, Octets: b.Octets, Doubled: b.Doubled, End: b.End}
	for i := range b.Marks {
		m.Marks = append(m.Marks, MarkCount{b.Marks[i].Kind, b.Marks[i].Count, b.Marks[i].First[0]})
	}
	return m
}

// rungKept is how many octets of a line a drawing keeps.
const rungKept = 1000

// cut copies a line, and shortens it where it is very long.
func cut(text string) string {
	if len(text) <= rungKept {
		return strings.Clone(text)
	}
	end := rungKept
	for end > rungKept-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "..."
}
