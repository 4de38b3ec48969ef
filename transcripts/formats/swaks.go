package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// swaks marks each line with an arrow, with a tilde in it under TLS, and with
// stars where a reply is not what it expected. A body keeps its CRs; commands
// and replies have lost them.
var swaks = &transcripts.Format{
	Name:     "swaks",
	Programs: "swaks 20201014, git 2024-02",
	Record:   "swaks --server HOST --to ADDRESS > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Outcome |
		transcripts.Security,
	First: " <*=",
	Sign: func(line []byte) int {
		m, n := swaksMark(line)
		switch {
		case m.mark == "=== " && (bytes.HasPrefix(line[n:], []byte("Trying ")) || bytes.HasPrefix(line[n:], []byte("Connected to "))):
			return transcripts.Medium
		case m.from == transcripts.Recorder, m.from == transcripts.Server && !replyShaped(line[n:]):
			return 0
		case m.mark == " -> ":
			return transcripts.Medium
		}
		return transcripts.Strong
	},
	New: newSwaksDecoder,
}

type swaksKind struct {
	mark    string
	from    transcripts.Party
	secured bool
	verdict transcripts.Verdict
}

var swaksMarks = []swaksKind{
	{mark: " -> ", from: transcripts.Client},
	{mark: " ~> ", from: transcripts.Client, secured: true},
	{mark: "<-  ", from: transcripts.Server},
	{mark: "<~  ", from: transcripts.Server, secured: true},
	{mark: "<** ", from: transcripts.Server, verdict: transcripts.TakenForFailure},
	{mark: "<~* ", from: transcripts.Server, secured: true, verdict: transcripts.TakenForFailure},
	{mark: "**> ", from: transcripts.Recorder},
	{mark: "*~> ", from: transcripts.Recorder},
	{mark: "=== ", from: transcripts.Recorder},
	{mark: "*** ", from: transcripts.Recorder},
}

// swaksMark finds the mark of a line and where the text begins. The space
// behind the mark of an empty line may have been lost.
func swaksMark(line []byte) (swaksKind, int) {
	for _, k := range swaksMarks {
		if bytes.HasPrefix(line, []byte(k.mark)) || string(line) == k.mark[:3] {
			return k, min(len(k.mark), len(line))
		}
	}
	return swaksKind{from: transcripts.Recorder}, 0
}

type swaksDecoder struct {
	ends    ends
	secured bool
	asked   bool // the last reply was a 354
	body    bool // since then only the client spoke
	mark    string
	line    transcripts.Line // lent out, so that it need not be made anew

	unhinted bool // one of the parties has no marks
	client   bool // the client has
	who      unmarked
}

// TakesComments implements transcripts.Commenter.
func (d *swaksDecoder) TakesComments() bool { return !d.unhinted }

func (d *swaksDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	k, n := swaksMark(raw.Text)
	if d.unhinted {
		k, n = d.unhint(raw.Text, k, n)
	}
	if k.from == transcripts.Recorder {
		d.remark(raw, k, n, emit)
		return
	}
	if k.secured && !d.secured {
		d.secured = true
		emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: raw.Span.Part(0, n)})
	}
	l := &d.line
	raw.Lend(l, k.from, 0, n)
	l.Verdict = k.verdict
	if k.from == transcripts.Server {
		d.ends.own(raw) // replies carry no CR of the wire
		l.Text = bytes.TrimSuffix(l.Text, []byte{'\r'})
		d.asked, d.body = bytes.HasPrefix(l.Text, []byte("354")), false
		emit(l)
		return
	}
	if d.asked && !d.body && linesSent(l.Text) {
		l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
		d.asked = false
		emit(l)
		return
	}
	d.body = d.asked
	if d.body && string(l.Text) != "." {
		d.ends.of(raw, l)
		if l.EOL == transcripts.LF {
			l.EOL = transcripts.EOLUnknown // where a file is sent as it is, nothing is known of its line ends
		}
	}
	d.mark = k.mark
	emit(l)
}

// ContentForm implements transcripts.Marker.
func (d *swaksDecoder) ContentForm() (transcripts.ContentForm, bool) {
	return transcripts.ContentForm{Mark: d.mark, CRLF: transcripts.CRLF}, d.body && !d.ends.doubled
}

// linesSent recognises what swaks --suppress-data writes for a message.
func linesSent(text []byte) bool {
	n, ok := bytes.CutSuffix(text, []byte(" lines sent"))
	return ok && len(n) > 0 && number(n) >= 0
}

func (d *swaksDecoder) remark(raw *transcripts.Raw, k swaksKind, n int, emit func(*transcripts.Line)) {
	text := raw.Text
	l := raw.Remark(transcripts.Comment, 0)
	if k.mark == "=== " {
		d.ends.own(raw)
		said := text[n:]
		switch {
		case bytes.HasPrefix(said, []byte("Trying ")):
			l.Note = transcripts.Opened
			d.secured, d.asked = false, false
		case bytes.HasPrefix(said, []byte("Connection closed with ")):
			l.Note = transcripts.Closed
		case bytes.HasPrefix(said, []byte("TLS started ")):
			l.Note = transcripts.Secured
			d.secured = true
		}
	}
	if len(text) == 0 {
		return
	}
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(text, "."), emit)
	}
}

// emitPort states the server's port where text, which begins where raw does,
// ends with ":port".
func emitPort(raw *transcripts.Raw, text []byte, emit func(*transcripts.Line)) {
	if n := bytes.LastIndexByte(text, ':'); n >= 0 {
		statePort(raw, n+1, len(text), emit)
	}
}

// statePort states the server's port, which stands between two places in raw.
func statePort(raw *transcripts.Raw, from, to int, emit func(*transcripts.Line)) {
	digits := raw.Text[from:to]
	if len(digits) == 0 || len(digits) > 5 || number(digits) <= 0 {
		return
	}
	fact := append([]byte("port: "), digits...)
	emit(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Fact, Text: fact, Span: raw.Span.Part(from, len(digits))})
}
