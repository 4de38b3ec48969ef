package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
)

// Inbucket numbers its sessions and marks what it sent. Content is a count of
// octets.
var inbucket = &transcripts.Format{
	Name:     "inbucket",
	Programs: "Inbucket e56c6d5 (-netdebug)",
	Record:   "inbucket -netdebug > session.log 2>&1",
	Captured: true,
	Proves:   transcripts.Opening | transcripts.Closing | transcripts.Unbroken | transcripts.Order | transcripts.Secrets,
	First:    digits,
	Sign: func(line []byte) int {
		switch who, n := inbucketMark(line); {
		case n == 0:
			return 0
		case who == transcripts.Server && replyShaped(line[n:]):
			return transcripts.Strong
		}
		return transcripts.Weak
	},
	New: func([]byte) transcripts.Decoder { return &inbucketDecoder{} },
}

// inbucketMark reads "0001 > " before replies and "0001   " before commands,
// and returns where the text begins; 0 where there is none.
func inbucketMark(line []byte) (who transcripts.Party, text int) {
	n := 0
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	if n < 4 || len(line) < n+3 || line[n] != ' ' || line[n+2] != ' ' {
		return 0, 0
	}
	switch line[n+1] {
	case '>':
		return transcripts.Server, n + 3
	case ' ':
		return transcripts.Client, n + 3
	}
	return 0, 0
}

type inbucketDecoder struct {
	sessions conns[inbucketSession]
}

type inbucketSession struct{ asked bool } // the last reply was a 354

func (d *inbucketDecoder) Decode(raw *transcripts.Raw, emit func(*transcripts.Line)) {
	who, n := inbucketMark(raw.Text)
	if n == 0 {
		return
	}
	l := raw.Line(who, n-2, n)
	l.Conn = raw.Text[:n-3]
	s, _ := d.sessions.of(l.Conn)
	if who == transcripts.Server {
		s.asked = bytes.HasPrefix(l.Text, []byte("354"))
	} else if s.asked && bytes.HasPrefix(l.Text, []byte("Received ")) && bytes.HasSuffix(l.Text, []byte(" bytes")) {
		l.From, l.Note = transcripts.Recorder, transcripts.ContentLeftOut
	}
	emit(&l)
}
