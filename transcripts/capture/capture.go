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
	Split:    splitPackets,
}

func readPackets(in io.Reader, hints transcripts.Hints, to transcripts.Sink) error {
	s := newSplitter(in, &assembler{out: &talker{to: to, port: hints.Port}})
	defer s.Close()
	return s.Tell(to.Stopped)
}

func splitPackets(in io.Reader, hints transcripts.Hints, to []transcripts.Sink) transcripts.Split {
	shares := make([]*assembler, len(to))
	for n := range to {
		shares[n] = &assembler{out: &talker{to: to[n], port: hints.Port}}
	}
	return newSplitter(in, shares...)
}

var errNoCapture = errors.New("neither a pcap nor a pcapng file")

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
