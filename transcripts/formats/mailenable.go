package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// MailEnable writes a row with tabs for each command and the reply to it, of
// which it shows the first line. The connector says whether it is the server
// (SMTP-IN) or the client (SMTP-OU). Content is left out.
var mailenable = &transcripts.Format{
	Name:     "mailenable",
	Programs: "MailEnable (SMTP activity log)",
	Record:   "MailEnable Administrator, SMTP, Properties, Logging: Enable Activity Log; SMTP-Activity-DATE.log",
	Proves:   transcripts.Opening | transcripts.Order | transcripts.Reaction | transcripts.Clock,
	Holds:    "/\t-",
	Sign: func(line []byte) int {
		if r := readMailenable(line); len(r.reply) > 0 {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &mailenableDecoder{} },
}

type mailenableRow struct {
	at                transcripts.Instant
	sends             bool
	socket            []byte
	verb, line, reply []byte
}

// readMailenable takes a row apart: the time, the connector, the message's
// file, the socket, the address, the verb, the line that was sent, the reply.
func readMailenable(line []byte) (r mailenableRow) {
	if len(line) < 30 || line[2] != '/' || line[5] != '/' || line[8] != ' ' || line[17] != '\t' {
		return r
	}
	fields := bytes.SplitN(line[18:], []byte{'\t'}, 8)
	if len(fields) < 7 || number(fields[2]) < 0 || !bytes.HasPrefix(fields[0], []byte("SMTP-")) {
		return r
	}
	switch string(fields[0]) {
	case "SMTP-IN":
	case "SMTP-OU":
		r.sends = true
	default:
		return r
	}
	r.at, _ = timeOfDay(line[9:17]) // which of the date's numbers is the month depends on the country
	r.socket, r.verb, r.line = fields[2], fields[4], fields[5]
	if replyShaped(fields[6]) {
		r.reply = fields[6]
	}
	return r
}

type mailenableDecoder struct{ conn, text []byte }

func (d *mailenableDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	r := readMailenable(raw.Text)
	if len(r.reply) == 0 {
		return
	}
	d.conn = append(append(d.conn[:0], r.socket...), "/in"...)
	if r.sends {
		d.conn = append(d.conn[:len(r.socket)], "/out"...)
	}
	l := raw.Line(transcripts.Client, 0, 0)
	l.At, l.Conn = r.at, d.conn
	say := func(who transcripts.Party, note transcripts.Note, text []byte) {
		said := l
		said.From, said.Note, said.Text = who, note, text
		emit(&said)
	}
	switch verb := bytes.ToUpper(r.verb); {
	case len(verb) == 0:
		say(transcripts.Recorder, transcripts.Opened, nil)
		if !r.sends {
			emitProves(raw, d.conn, mailenable.Proves&^transcripts.Reaction, emit)
		}
	case string(verb) == "DATA" && r.reply[0] != '3' && !bytes.EqualFold(r.line, verb):
		say(transcripts.Recorder, transcripts.ContentLeftOut, nil)
	case string(verb) == "AUTH", len(r.line) >= len(verb) && bytes.EqualFold(r.line[:len(verb)], verb):
		say(transcripts.Client, 0, r.line)
	default:
		d.text = append(append(d.text[:0], r.verb...), ' ')
		say(transcripts.Client, 0, bytes.TrimRight(append(d.text, r.line...), " "))
	}
	say(transcripts.Server, 0, r.reply)
	if len(r.reply) > 3 && r.reply[3] == '-' {
		say(transcripts.Recorder, transcripts.LeftOut, nil) // the other lines
	}
}
