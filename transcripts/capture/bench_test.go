package capture

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// BenchmarkPackets reads many sessions of short commands, and one with a long
// message in full segments. The first counts packets, the second octets.
func BenchmarkPackets(b *testing.B) {
	const begin, end = "S 220 mx ESMTP\nC EHLO me\nS 250 mx\n", "C QUIT\nS 221 bye\n"
	body := "C MAIL FROM:<a@b>\nS 250 ok\nC RCPT TO:<c@d>\nS 250 ok\nC DATA\nS 354 go\nC Subject: x\nC \n" +
		strings.Repeat("C "+strings.Repeat("QUJD", 19)+"\n", 50_000) + "C .\nS 250 queued\n"
	for name, all := range map[string][]packet{
		"chatty":  many(500, conversation(begin+strings.Repeat("C NOOP\nS 250 ok\n", 100)+end)),
		"content": split(joined(conversation(begin+body+end)), 1448),
	} {
		data := fileOf(all)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range transcripts.Read(bytes.NewReader(data), Packets, transcripts.Hints{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(all)), "ns/packet")
		})
	}
}

// many repeats a conversation from other ports.
func many(n int, all []packet) (out []packet) {
	for i := range n {
		for _, p := range all {
			b := bytes.Clone(p.ip)
			_, tcp, _ := layersOf(b)
			at := 0
			if tcp[1] == 25 {
				at = 2
			}
			binary.BigEndian.PutUint16(tcp[at:], uint16(10_000+i))
			out = append(out, packet{p.at, b})
		}
	}
	return out
}
