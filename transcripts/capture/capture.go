package capture

import (
	"errors"
	"io"

	"github.com/smtplint/smtplint/transcripts"
)

// Packets is the notation of packet captures. It shows everything but what the
// client made of it.
var Packets = &transcripts.Format{
	Name:     "pcap",
	Programs: "tcpdump 4.99, dumpcap and editcap 4.0, Wireshark; pcap and pcapng",
	Record:   "tcpdump -i any -s 0 -w session.pcap 'tcp port 25 or tcp port 587'",
	Captured: true,
	Proves:   transcripts.Everything &^ transcripts.Outcome,
	Sign:     func([]byte) int { return 0 },
	Begins:   func(head []byte) bool { return pcapOrder(head) != nil || ngOrder(head) != nil },
	Read:     readPackets,
}

func readPackets(in io.Reader, hints transcripts.Hints, to transcripts.Sink) error {
	a := newAssembler(&talker{to: to, port: hints.Port})
	return a.read(in, to.Stopped)
}

var errNoCapture = errors.New("neither a pcap nor a pcapng file")

func newAssembler(out listener) *assembler { return &assembler{out: out, table: newTable()} }

// read gives all packets of a capture to their connections.
func (a *assembler) read(in io.Reader, stop func() bool) error {
	src := newSource(in)
	defer src.release()
	file, err := framesOf(src)
	if err != nil {
		return err
	}
	var f frame
	var s segment
	for !stop() {
		more, err := file.next(&f)
		if !more {
			a.end()
			return err
		}
		if a.find(&f, &s) {
			a.segment(&s)
		}
	}
	return nil
}

// framesOf returns a reader for the file format of a capture.
func framesOf(src *source) (frames, error) {
	switch head := src.see(pcapHeader); {
	case pcapOrder(head) != nil:
		return newPcapFile(src), nil
	case ngOrder(head) != nil:
		return newPcapngFile(src), nil
	}
	if err := src.fault(); err != nil {
		return nil, err
	}
	return nil, errNoCapture
}

// end closes what is still open at the end of the capture.
func (a *assembler) end() {
	for _, c := range a.table.all() {
		if a.table.find(&c.key) == c {
			a.finish(c)
		}
	}
}
