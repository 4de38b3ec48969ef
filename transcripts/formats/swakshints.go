package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// newSwaksDecoder looks for what options change in the whole recording:
// --show-raw-text adds the octets, and --no-send-hints and its like leave
// marks out.
func newSwaksDecoder(head []byte) transcripts.Decoder {
	var client, server, bareClient, bareServer bool
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte{'\n'})
		if _, row := swaksRow(line); row > 0 {
			return &swaksRawDecoder{}
		}
		k, _ := swaksMark(line)
		client = client || k.from == transcripts.Client
		server = server || k.from == transcripts.Server
		if k.mark == "" && smtpShaped(withoutCR(line)) {
			reply := replyShaped(line)
			bareServer, bareClient = bareServer || reply, bareClient || !reply
		}
	}
	return &swaksDecoder{unhinted: !client && bareClient || !server && bareServer, client: client}
}

// unhint finds out who speaks in a line without a mark.
func (d *swaksDecoder) unhint(text []byte, k swaksKind, n int) (swaksKind, int) {
	switch {
	case !d.client && d.who.due == content, k.mark == "" && (len(text) > 0 || d.who.due != aCommand):
		return swaksKind{from: d.who.next(text)}, 0
	case k.from != transcripts.Recorder:
		d.who.next(text[n:])
	}
	return k, n
}

// swaksRawDecoder reads recordings with --show-raw-text: the octets are before
// the lines of the server and behind those of the client, which repeat them.
type swaksRawDecoder struct {
	marked swaksDecoder // for what swaks says itself
	lines  duplex
	row    []byte
	dump   bool // the line is a row
}

// swaksRow recognises a row of octets, and says where they begin.
func swaksRow(line []byte) (who transcripts.Party, row int) {
	const length = len("<   0000:")
	switch {
	case len(line) <= length, line[length-1] != ':', number(line[4:length-1]) < 0:
		return 0, 0
	case string(line[:4]) == "<   ":
		return transcripts.Server, length
	case string(line[:4]) == "  > ":
		return transcripts.Client, length
	}
	return 0, 0
}

func (d *swaksRawDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	who, row := swaksRow(raw.Text)
	if d.dump = row > 0; d.dump {
		d.row = hexOctets(d.row[:0], raw.Text[row:], 16, 4)
		d.lines.feed(who, d.row, raw.Span, emit)
		return
	}
	k, n := swaksMark(raw.Text)
	switch {
	case k.from == transcripts.Recorder:
		d.marked.remark(raw, k, n, func(l *transcripts.Line) { d.lines.emit(l, emit) })
	case k.verdict == transcripts.TakenForFailure:
		l := raw.Remark(transcripts.Refused, n)
		l.Text = nil // the reply is on record
		d.lines.emit(&l, emit)
	}
}

func (d *swaksRawDecoder) dumped() bool { return d.dump }

// Flush hands out what the last line holds.
func (d *swaksRawDecoder) Flush(emit func(*transcripts.Line)) { d.lines.end(emit) }
