package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// .NET Framework's tracing of System.Net.Sockets dumps what a program sends
// and receives in hexadecimal, up to a bound for each call. Under TLS that is
// ciphertext, and other protocols are there as well: a connection is read if a
// reply comes first, and until TLS begins.
var systemNet = &transcripts.Format{
	Name:     "system-net",
	Programs: ".NET Framework 2 to 4.8 (System.Net.Sockets tracing)",
	Record:   "<source name=\"System.Net.Sockets\" maxdatasize=\"1048576\"> with a TextWriterTraceListener in app.config",
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.Bodies |
		transcripts.Stuffing | transcripts.LineEnds | transcripts.CommandEnds | transcripts.ReplyEnds |
		transcripts.Octets | transcripts.Secrets,
	First: "S",
	Sign: func(line []byte) int {
		_, n := netThread(line)
		if n > 0 && bytes.HasPrefix(line[n:], []byte(netData)) {
			return transcripts.Certain // the dumps look like other programs'
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &netDecoder{} },
}

const netData = "Data from Socket#"

// netThread finds the thread on a line of the trace, and where what it did
// begins; 0 where the line is none.
func netThread(line []byte) (thread []byte, did int) {
	if !bytes.HasPrefix(line, []byte("System.Net.Sockets ")) {
		return nil, 0
	}
	from := bytes.Index(line, []byte(": ["))
	if from < 0 {
		return nil, 0
	}
	from += len(": [")
	end := bytes.Index(line[from:], []byte("] "))
	if end < 0 {
		return nil, 0
	}
	return line[from : from+end], from + end + 2
}

// netSocket is a connection.
type netSocket struct {
	name    []byte
	said    duplex
	begun   bool
	foreign bool // not SMTP, or not any more
	asked   bool // the last reply was a 354
	cut     bool // content was cut off: what follows of it is not read
}

// netDump is what a thread is dumping.
type netDump struct {
	socket *netSocket
	who    transcripts.Party
}

type netDecoder struct {
	sockets conns[netSocket]
	dumps   conns[netDump] // by thread
	place   uint32         // the line where what was handed out last begins
}

func (d *netDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	thread, n := netThread(raw.Text)
	if n == 0 {
		return
	}
	did := raw.Text[n:]
	switch {
	case bytes.HasPrefix(did, []byte(netData)):
		d.data(raw, thread, did[len(netData):], emit)
	case len(did) > 11 && bytes.Equal(did[8:11], []byte(" : ")):
		if dump, _ := d.dumps.of(thread); dump.socket != nil {
			d.octets(dump, raw, did, emit)
		}
	case bytes.HasPrefix(did, []byte("Socket#")):
		d.event(raw, n, emit)
	}
}

// data begins a dump: "51213311::Receive", and how much of it is printed.
func (d *netDecoder) data(raw *transcripts.Raw, thread, what []byte, emit func(*transcripts.Line)) {
	name, call, _ := bytes.Cut(what, []byte("::"))
	s, _ := d.sockets.of(name)
	s.name = append(s.name[:0], name...)
	dump, _ := d.dumps.of(thread)
	dump.socket, dump.who = s, transcripts.Server
	if bytes.Contains(call, []byte("Send")) {
		dump.who = transcripts.Client
	}
	if bytes.Contains(call, []byte("(printing ")) && !s.foreign {
		s.cut = dump.who == transcripts.Client
		note := transcripts.LeftOut
		if s.cut && s.asked {
			note = transcripts.ContentLeftOut
		}
		emit(&transcripts.Line{From: transcripts.Recorder, Note: note, Conn: s.name, Span: raw.Span})
		d.place = raw.Span.Line
	}
}

// octets takes up to 16 octets in hexadecimal: "00000000 : 32 32 30-2D : text".
func (d *netDecoder) octets(dump *netDump, raw *transcripts.Raw, row []byte, emit func(*transcripts.Line)) {
	s := dump.socket
	tell := func(l *transcripts.Line) {
		if l.Span.Line < d.place {
			l.Span = raw.Span // another thread's dump came in between
		}
		d.place = l.Span.Line
		if l.From == transcripts.Server {
			s.asked, s.cut = bytes.HasPrefix(l.Text, []byte("354")), false
		}
		l.Conn = s.name
		emit(l)
	}
	first, text := string(row[:8]) == "00000000", row[11:]
	octets := make([]byte, 0, 16)
	for len(octets) < 16 && len(text) >= 3 && isHex(text[0]) && isHex(text[1]) && (text[2] == ' ' || text[2] == '-') {
		octets = append(octets, byte(hex(text[0])<<4|hex(text[1])))
		text = text[3:]
	}
	if first && len(octets) > 1 {
		s.begin(dump.who, octets, raw, tell)
	}
	if !s.foreign && (!s.cut || dump.who == transcripts.Server) {
		s.said.feed(dump.who, octets, raw.Span, tell)
	}
}

// begin looks at the first octets of a dump. SMTP begins with the digit of a
// reply, and ends for a reader with a record of TLS (RFC 8446 §5.1).
func (s *netSocket) begin(who transcripts.Party, octets []byte, raw *transcripts.Raw, tell func(*transcripts.Line)) {
	if !s.begun {
		s.begun = true
		s.foreign = who == transcripts.Client || octets[0] < '2' || octets[0] > '5'
	}
	if !s.foreign && 0x14 <= octets[0] && octets[0] <= 0x17 && octets[1] == 3 {
		s.foreign = true
		tell(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.Secured, Span: raw.Span})
		tell(&transcripts.Line{From: transcripts.Recorder, Note: transcripts.LeftOut, Span: raw.Span})
	}
}

func (d *netDecoder) event(raw *transcripts.Raw, n int, emit func(*transcripts.Line)) {
	rest := raw.Text[n+len("Socket#"):]
	digits := 0
	for digits < len(rest) && isDigit(rest[digits]) {
		digits++
	}
	l := raw.Remark(transcripts.Comment, n)
	l.Conn = rest[:digits]
	switch did := rest[digits:]; {
	case bytes.HasPrefix(did, []byte(" - Created connection from ")):
		l.Note = transcripts.Opened
	case bytes.HasPrefix(did, []byte("::Close(")), bytes.HasPrefix(did, []byte("::Dispose(")):
		if s, fresh := d.sockets.of(l.Conn); fresh || s.foreign {
			return
		}
		d.sockets.forget(l.Conn)
		l.Note = transcripts.ClientClosed
	default:
		return
	}
	emit(&l)
	d.place = raw.Span.Line
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(raw.Text, "."), func(fact *transcripts.Line) {
			fact.Conn = l.Conn
			emit(fact)
		})
	}
}
