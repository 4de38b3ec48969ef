package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// curl -v writes "> " and "< " before what is sent and received, "* " before
// its own words, and only the size of message content. It does not record the
// QUIT that it sends at its end.
var curl = &transcripts.Format{
	Name:     "curl",
	Programs: "curl 7.88.1, 8.22 (-v, -vv, --trace-time)",
	Record:   "curl -sv --mail-from FROM --mail-rcpt TO -T FILE smtp://HOST 2> session.log",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Unbroken | transcripts.Order | transcripts.Reaction | transcripts.CommandEnds |
		transcripts.ReplyEnds | transcripts.Octets | transcripts.Secrets | transcripts.Clock | transcripts.Outcome,
	HoldsOne: "*<>",
	Sign: func(line []byte) int {
		_, mark := curlMark(line)
		rest := line[mark:]
		switch {
		case len(rest) < 3 || rest[1] != ' ':
			return 0
		case curlSays(rest):
			return transcripts.Strong
		case rest[0] == '<' && replyShaped(rest[2:]), rest[0] == '>':
			return transcripts.Weak + 1
		}
		return 0
	},
	Shape: func(lines [][]byte) int {
		for _, line := range lines {
			if _, mark := curlMark(withoutCR(line)); curlSays(line[mark:]) {
				return 0
			}
		}
		return -transcripts.Certain // arrows alone are not curl's
	},
	New: func([]byte) transcripts.Decoder { return &curlDecoder{} },
}

var curlSigns = []string{"  Trying ", "Host ", "Connected to ", "Established connection ", "Connection #", "Re-using existing ", "Reusing existing "}

// curlSays reports whether a line is one of curl's about the connection.
func curlSays(line []byte) bool {
	if len(line) < 2 || line[0] != '*' || line[1] != ' ' {
		return false
	}
	for _, s := range curlSigns {
		if bytes.HasPrefix(line[2:], []byte(s)) {
			return true
		}
	}
	return false
}

type curlDecoder struct {
	ends  ends
	asked bool // the last reply was a 354
}

// curlMark finds the mark of a line: behind a time and ids, and behind the
// progress meter, which overwrites its own line with CRs.
func curlMark(text []byte) (at transcripts.Instant, mark int) {
	if n := bytes.LastIndexByte(text, '\r'); n >= 0 && n+1 < len(text) {
		mark = n + 1
	}
	if len(text) > mark && (text[mark] == ' ' || isDigit(text[mark])) {
		if t, n := timeOfDay(text[mark:]); n > 0 {
			at, mark = t, mark+n+1
		} else if n := bytes.IndexAny(text[mark:], "*<>{}"); n > 0 && meter(text[mark:mark+n]) {
			mark += n
		}
	}
	if mark < len(text) && text[mark] == '[' {
		if n := bytes.Index(text[mark:], []byte("] ")); n > 0 && n < 12 {
			mark += n + 2
		}
	}
	return at, min(mark, len(text))
}

// meter reports whether text is a piece of the progress meter.
func meter(text []byte) bool {
	for _, c := range text {
		if !isDigit(c) && c != ' ' && c != '-' && c != ':' && c != '.' && c != 'k' && c != 'M' && c != 'G' {
			return false
		}
	}
	return true
}

func (d *curlDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	at, mark := curlMark(raw.Text)
	rest := raw.Text[mark:]
	if len(rest) < 2 || rest[1] != ' ' {
		d.other(raw, mark, emit)
		return
	}
	var l transcripts.Line
	switch rest[0] {
	case '>':
		l = raw.Line(transcripts.Client, mark, mark+2)
		d.ends.of(raw, &l)
	case '<':
		l = raw.Line(transcripts.Server, mark, mark+2)
		d.ends.of(raw, &l)
		d.asked = bytes.HasPrefix(l.Text, []byte("354"))
	case '*':
		d.ends.own(raw)
		l = raw.Remark(curlNote(rest[2:]), mark)
	case '}':
		if !d.asked {
			return
		}
		d.asked = false
		l = raw.Remark(transcripts.ContentLeftOut, mark)
	case '{':
		return
	default:
		d.other(raw, mark, emit)
		return
	}
	l.At = at
	emit(&l)
	if l.Note == transcripts.Opened {
		emitPort(raw, bytes.TrimRight(raw.Text, "."), emit)
	}
}

// other takes a line without a mark: curl's error message is one, and so is
// the output of VRFY, which repeats the reply.
func (d *curlDecoder) other(raw *transcripts.Raw, mark int, emit func(*transcripts.Line)) {
	if rest := raw.Text[mark:]; bytes.HasPrefix(rest, []byte("curl: (")) {
		l := raw.Remark(transcripts.Comment, mark)
		emit(&l)
	}
}

func curlNote(said []byte) transcripts.Note {
	switch {
	case bytes.HasPrefix(said, []byte("  Trying ")):
		return transcripts.Opened
	case bytes.HasPrefix(said, []byte("Closing connection")), bytes.HasPrefix(said, []byte("shutting down connection")):
		return transcripts.Closed
	case bytes.HasPrefix(said, []byte("SSL connection using ")):
		return transcripts.Secured
	}
	return transcripts.Comment
}
