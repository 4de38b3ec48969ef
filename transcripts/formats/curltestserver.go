package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// The server of curl's test suite writes what it said and heard in quotes,
// with "[CR][LF]" for the line ends of its own lines. Content is left out.
var curlServer = &transcripts.Format{
	Name:     "curl-server",
	Programs: "the server of curl's test suite (ftpserver.pl, log/server/smtp_server.log)",
	Record:   "./runtests.pl -k NUMBER in curl/tests, and log/server/smtp_server.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.ReplyEnds | transcripts.Octets |
		transcripts.Secrets | transcripts.Clock,
	First: digits,
	Sign: func(line []byte) int {
		_, mark := curlServerMark(line)
		switch {
		case mark == 0:
		case bytes.HasPrefix(line[mark:], []byte(`> "`)) && replyShaped(line[mark+3:]), bytes.HasPrefix(line[mark:], []byte("FTPD: ")):
			return transcripts.Strong
		case bytes.HasPrefix(line[mark:], []byte(`< "`)):
			return transcripts.Medium
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &curlServerDecoder{} },
}

// curlServerMark reads the time before a line and returns where the rest
// begins, 0 where there is no time.
func curlServerMark(line []byte) (transcripts.Instant, int) {
	at, n := timeOfDay(line)
	if n == 0 || n+1 >= len(line) || line[n] != ' ' {
		return 0, 0
	}
	return at, n + 1
}

type curlServerDecoder struct{ asked bool } // the last reply was a 354

func (d *curlServerDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, mark := curlServerMark(raw.Text)
	if mark == 0 {
		return
	}
	said := raw.Text[mark:]
	l := raw.Remark(transcripts.Comment, mark)
	l.At = at
	switch {
	case bytes.HasPrefix(said, []byte(`> "`)):
		l = raw.Line(transcripts.Server, mark, mark+3)
		l.At = at
		d.reply(&l, emit)
	case bytes.HasPrefix(said, []byte(`< "`)):
		l = raw.Line(transcripts.Client, mark, mark+3)
		l.At = at
		l.Text = bytes.TrimSuffix(l.Text, []byte{'"'})
		emit(&l)
	case d.asked && bytes.HasPrefix(said, []byte("> Appending ")):
		d.asked = false
		l.Note = transcripts.ContentLeftOut
		emit(&l)
	default:
		if l.Note = curlConnection(said); l.Note != transcripts.Comment {
			emit(&l)
		}
	}
}

// reply hands out the lines of what was said at once.
func (d *curlServerDecoder) reply(l *transcripts.Line, emit func(*transcripts.Line)) {
	rest := bytes.TrimSuffix(l.Text, []byte{'"'})
	d.asked = bytes.HasPrefix(rest, []byte("354"))
	for len(rest) > 0 {
		text, more, ended := bytes.Cut(rest, []byte("[LF]"))
		l.EOL = transcripts.NoEOL
		if ended {
			l.EOL = transcripts.LF
			if cut, ok := bytes.CutSuffix(text, []byte("[CR]")); ok {
				text, l.EOL = cut, transcripts.CRLF
			}
		}
		l.Text, rest = text, more
		emit(l)
	}
}

// curlConnection returns what a line of curl's servers says of the connection.
func curlConnection(said []byte) transcripts.Note {
	switch string(said) {
	case "====> Client connect":
		return transcripts.Opened
	case "====> Client disconnected", "====> Client disconnect":
		return transcripts.Closed
	}
	return transcripts.Comment
}

// sockfilt, through which that server talks, dumps what goes by: a line with
// the direction and the number of octets, then the octets in quotes, with "\r"
// and "\n" for CR and LF and a period for what cannot be printed.
var curlSockfilt = &transcripts.Format{
	Name:     "curl-sockfilt",
	Programs: "sockfilt of curl's test suite (log/server/smtp_sockfilt.log)",
	Record:   "./runtests.pl -k NUMBER in curl/tests, and log/server/smtp_sockfilt.log",
	Captured: true,
	Proves:   dumpProves &^ transcripts.Octets,
	First:    digits,
	Sign: func(line []byte) int {
		if _, mark := curlServerMark(line); mark > 0 {
			if _, _, ok := sockfiltBlock(line[mark:]); ok {
				return transcripts.Strong
			}
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return &sockfiltDecoder{} },
}

// sockfiltBlock reads "> 146 bytes data, server => client".
func sockfiltBlock(said []byte) (who transcripts.Party, octets int, ok bool) {
	if len(said) < 3 || said[1] != ' ' {
		return 0, 0, false
	}
	count, direction, ok := bytes.Cut(said[2:], []byte(" bytes data, "))
	if octets = number(count); !ok || len(count) == 0 || len(count) > 9 || octets < 0 {
		return 0, 0, false
	}
	switch string(direction) {
	case "server => client":
		return transcripts.Server, octets, true
	case "client => server":
		return transcripts.Client, octets, true
	}
	return 0, 0, false
}

type sockfiltDecoder struct {
	lines  duplex
	who    transcripts.Party // of the block
	left   int               // octets of it that are still to come
	at     transcripts.Instant
	octets []byte
}

func (d *sockfiltDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, mark := curlServerMark(raw.Text)
	if mark == 0 {
		return
	}
	said := raw.Text[mark:]
	if n := len(said); d.left > 0 && n > 1 && said[0] == '\'' && said[n-1] == '\'' {
		d.octets = unescapeSockfilt(d.octets[:0], said[1:n-1])
		d.octets = d.octets[:min(len(d.octets), d.left)]
		d.left -= len(d.octets)
		d.lines.feed(d.who, d.octets, raw.Span.Part(mark, n), func(l *transcripts.Line) {
			l.At = d.at
			emit(l)
		})
		return
	}
	if who, octets, ok := sockfiltBlock(said); ok {
		d.who, d.left, d.at = who, octets, at
		return
	}
	if note := curlConnection(said); note != transcripts.Comment {
		d.left = 0
		d.lines.end(emit)
		d.lines = duplex{}
		l := raw.Remark(note, mark)
		l.At = at
		emit(&l)
	}
}

// Flush hands out a line that was not finished.
func (d *sockfiltDecoder) Flush(emit func(*transcripts.Line)) { d.lines.end(emit) }

// unescapeSockfilt undoes the two escapes that sockfilt has.
func unescapeSockfilt(dst, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			switch text[i+1] {
			case 'r':
				c = '\r'
				i++
			case 'n':
				c = '\n'
				i++
			}
		}
		dst = append(dst, c)
	}
	return dst
}
