package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Postfix's probe for TLS marks lines with an arrow behind its name.
var posttlsFinger = &transcripts.Format{
	Name:     "posttls-finger",
	Programs: "posttls-finger of Postfix 3.7",
	Record:   "posttls-finger -lmay -Ldebug HOST > session.log 2>&1",
	Captured: true,
	Proves: transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Reaction |
		transcripts.Security | transcripts.Clock,
	Holds: "-:", HoldsOne: "<>",
	Sign: func(line []byte) int {
		if _, who, text := readPosttls(line); text > 0 && who != transcripts.Recorder {
			return transcripts.Strong
		}
		return 0
	},
	New: func([]byte) transcripts.Decoder { return posttlsDecoder{} },
}

// readPosttls reads "posttls-finger: < ", in the system log with the process
// id, and returns where the text begins; 0 where the line is none of its.
func readPosttls(line []byte) (pid []byte, who transcripts.Party, text int) {
	const name = "posttls-finger"
	n := bytes.Index(line[:min(len(line), 100)], []byte(name))
	if n < 0 || n > 0 && line[n-1] != ' ' && line[n-1] != '/' {
		return nil, 0, 0
	}
	n += len(name)
	if n < len(line) && line[n] == '[' {
		end := bytes.IndexByte(line[n:], ']')
		if end < 0 {
			return nil, 0, 0
		}
		pid, n = line[n+1:n+end], n+end+1
	}
	rest := line[n:]
	switch {
	case !bytes.HasPrefix(rest, []byte(": ")):
		return nil, 0, 0
	case bytes.HasPrefix(rest, []byte(": < ")):
		return pid, transcripts.Server, n + 4
	case bytes.HasPrefix(rest, []byte(": > ")):
		return pid, transcripts.Client, n + 4
	}
	return pid, transcripts.Recorder, n + 2
}

type posttlsDecoder struct{}

func (posttlsDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	pid, who, n := readPosttls(raw.Text)
	if n == 0 {
		return
	}
	l := raw.Line(who, n-4, n)
	said := raw.Text[n:]
	if who == transcripts.Recorder {
		l = raw.Remark(transcripts.Comment, n)
		switch {
		case bytes.HasPrefix(said, []byte("Connected to ")):
			l.Note = transcripts.Opened
		case bytes.Contains(said, []byte("TLS connection established to ")):
			l.Note = transcripts.Secured
		}
	}
	if r, ok := readSyslog(raw.Text); ok {
		l.At = r.at
	}
	l.Conn = pid
	emit(&l)
	if l.Note == transcripts.Opened {
		if port := bytes.LastIndexByte(said, ':'); port > 0 {
			emitFact(raw, pid, "port: "+string(said[port+1:]), emit)
		}
	}
}
