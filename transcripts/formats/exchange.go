package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Exchange writes tables with commas between the fields, one for receiving and
// one for sending. ">" is what Exchange sent, "<" what it received. A reply of
// several lines is one field without the codes and line ends. Content and
// most of AUTH are left out, which shows in the numbers of a session's records.
var exchange = &transcripts.Format{
	Name:     "exchange",
	Programs: "Microsoft Exchange 2010 and later (protocol logs SmtpReceive and SmtpSend)",
	Record:   "Set-ReceiveConnector NAME -ProtocolLoggingLevel Verbose, and the files in ProtocolLog",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Clock,
	First: "#" + digits,
	Sign: func(line []byte) int {
		switch {
		case bytes.HasPrefix(line, []byte("#Log-type: SMTP ")), bytes.HasPrefix(line, []byte("#Fields: date-time,connector-id,session-id,")):
			return transcripts.Certain
		case len(line) > 40 && isDigit(line[0]):
			if r := readExchange(line, nil); r.event != 0 {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &exchangeDecoder{} },
}

// exchangeRecord is a row of the table.
type exchangeRecord struct {
	at      transcripts.Instant
	session []byte
	number  int
	local   []byte // endpoint
	remote  []byte
	event   byte // one of + - > < *; 0 where the line is no row
	data    []byte
	context []byte
	from    int // where the data begins in the line
}

// readExchange reads a row. Quotes inside quoted data are undone in buf.
func readExchange(line, buf []byte) (r exchangeRecord) {
	at, n := dateTime(line)
	if n == 0 || n >= len(line) || line[n] != 'Z' {
		return r
	}
	var fields [9][]byte
	rest := line
	for i := range fields {
		if i == 7 {
			r.from = len(line) - len(rest)
		}
		if len(rest) == 0 || rest[0] != '"' {
			fields[i], rest, _ = bytes.Cut(rest, []byte{','})
			continue
		}
		fields[i], rest = quotedField(rest[1:], buf)
	}
	if len(fields[6]) != 1 || len(fields[2]) == 0 || number(fields[3]) < 0 {
		return r
	}
	switch fields[6][0] {
	case '+', '-', '<', '>', '*':
		r.event = fields[6][0]
	}
	r.at, r.session, r.number = at, fields[2], number(fields[3])
	r.local, r.remote, r.data, r.context = fields[4], fields[5], fields[7], fields[8]
	return r
}

// quotedField reads a field up to its closing quote and the comma behind that.
func quotedField(text, buf []byte) (field, rest []byte) {
	end := bytes.IndexByte(text, '"')
	if end < 0 {
		return text, nil
	}
	field, rest = text[:end], text[end+1:]
	if len(rest) > 0 && rest[0] == '"' { // a doubled quote stands for one
		buf = append(buf[:0], field...)
		for len(rest) > 0 && rest[0] == '"' {
			end = bytes.IndexByte(rest[1:], '"')
			if end < 0 {
				return append(buf, rest...), nil
			}
			buf = append(buf, rest[:end+1]...)
			rest = rest[end+2:]
		}
		field = buf
	}
	return field, bytes.TrimPrefix(rest, []byte{','})
}

type exchangeDecoder struct {
	lent     transcripts.Line
	sessions conns[exchangeSession]
	buf      []byte
	line     []byte
}

type exchangeSession struct {
	role  role
	known bool
	next  int // the number of its next record
}

func (d *exchangeDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readExchange(raw.Text, d.buf)
	if r.event == 0 {
		return
	}
	s, fresh := d.sessions.of(r.session)
	if !fresh && r.number > s.next {
		l := raw.Remark(transcripts.LeftOut, len(raw.Text))
		l.At, l.Conn = r.at, r.session
		emit(&l)
	}
	s.next = r.number + 1
	switch r.event {
	case '<', '>':
		d.said(raw, &r, s, emit)
	case '+':
		d.remark(raw, &r, transcripts.Opened, emit)
	case '-':
		d.remark(raw, &r, hungUp(s.role, r.context), emit)
		d.sessions.forget(r.session)
	default:
		if words := raw.Text[r.from:]; bytes.Contains(words, []byte("TLS protocol ")) && bytes.Contains(words, []byte(" negotiation succeeded ")) {
			d.remark(raw, &r, transcripts.Secured, emit)
		}
	}
}

func (d *exchangeDecoder) remark(raw *transcripts.Raw, r *exchangeRecord, n transcripts.Note, emit func(*transcripts.Line)) {
	l := raw.Remark(n, r.from)
	l.Text = bytes.Trim(l.Text, ",")
	l.At, l.Conn = r.at, r.session
	emit(&l)
}

// hungUp tells who closed a connection.
func hungUp(recorder role, context []byte) transcripts.Note {
	local := bytes.HasPrefix(context, []byte("Local"))
	switch {
	case !local && !bytes.HasPrefix(context, []byte("Remote")):
		return transcripts.Closed
	case local == recorder.server:
		return transcripts.ServerClosed
	}
	return transcripts.ClientClosed
}

// said takes a line of the conversation.
func (d *exchangeDecoder) said(raw *transcripts.Raw, r *exchangeRecord, s *exchangeSession, emit func(*transcripts.Line)) {
	if !s.known {
		s.known = true
		s.role.server = replyShaped(r.data) == (r.event == '>')
		endpoint := r.remote
		if s.role.server {
			endpoint = r.local
			emitProves(raw, r.session, exchange.Proves&^transcripts.Reaction, emit)
		}
		if portOf(endpoint, ':') > 0 {
			emitFact(raw, r.session, "port: "+string(endpoint[bytes.LastIndexByte(endpoint, ':')+1:]), emit)
		}
	}
	l := &d.lent
	raw.Lend(l, s.role.party(r.event == '>'), r.from, r.from)
	l.At, l.Conn, l.Text = r.at, r.session, r.data
	folded, ok := bytes.CutPrefix(r.data, []byte("250  "))
	if l.From == transcripts.Client || !ok {
		emit(l)
		return
	}
	d.line = unfoldKeywords(d.line, folded, func(line []byte) {
		l.Text = line
		emit(l)
	})
}
