package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/smtplint/smtplint/transcripts"
)

var update = flag.Bool("update", false, "write the .plain files anew")

// TestGolden reads each capture in testdata as the conversation in the .plain
// file beside it.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.pcap*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no captures in testdata", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := transcripts.NewPlainWriter(&out, Packets, true)
		rec := transcripts.Open(bytes.NewReader(data))
		if err := rec.Lines(Packets, transcripts.Hints{}, w.Line); err != nil {
			t.Error(err)
		}
		rec.Close()
		w.Flush()
		golden := strings.TrimSuffix(path, filepath.Ext(path)) + ".plain"
		if *update {
			if err := os.WriteFile(golden, out.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), out.String()); d != "" {
			t.Errorf("%s (-want +got):\n%s", path, d)
		}
	}
}

// counting is a Sink that looks at lines only.
type counting func(*transcripts.Line)

func (c counting) Line(l *transcripts.Line)                     { c(l) }
func (c counting) Content(*transcripts.Line, []byte) (int, int) { return 0, 0 }
func (c counting) Stopped() bool                                { return false }

// conversation makes the packets of a connection in which each line that
// begins with C is sent by the client, and with S by the server. A backslash at
// its end stands for that it is not over yet.
func conversation(text string) (all []packet) {
	var next [2]uint32
	send := func(side int, flags byte, data string) {
		ip := []byte("\x45\x00\x00\x00\x00\x00\x40\x00\x40\x06\x00\x00\x0a\x00\x00\x01\x0a\x00\x00\x02")
		tcp := []byte("\xc0\x00\x00\x19\x00\x00\x00\x00\x00\x00\x00\x00\x50\x00\xff\xff\x00\x00\x00\x00")
		if side == 1 {
			ip[15], ip[19] = 2, 1
			copy(tcp, "\x00\x19\xc0\x00")
		}
		binary.BigEndian.PutUint32(tcp[4:], next[side])
		binary.BigEndian.PutUint32(tcp[8:], next[1-side])
		tcp[13] = flags
		b := append(append(ip, tcp...), data...)
		setLength(b)
		all = append(all, packet{int64(1e18) + int64(len(all))*1e6, b})
		next[side] += uint32(len(data))
		if flags&(flagSYN|flagFIN) != 0 {
			next[side]++
		}
	}
	send(0, flagSYN, "")
	send(1, flagSYN|flagACK, "")
	for line := range strings.Lines(text) {
		side := strings.IndexByte("CS", line[0])
		data, open := strings.CutSuffix(line[2:], "\\\n")
		if !open {
			data = strings.TrimSuffix(data, "\n") + "\r\n"
		}
		send(side, flagACK, data)
	}
	send(0, flagFIN|flagACK, "")
	send(1, flagFIN|flagACK, "")
	send(0, flagACK, "")
	return all
}

func fileOf(all []packet) []byte {
	return pcapOf(binary.LittleEndian, magicMicro, linkRaw, 1000, all, wraps[len(wraps)-1].do)
}

// TestNoAllocation: the number of allocations does not grow with the packets.
func TestNoAllocation(t *testing.T) {
	allocs := func(rounds int) float64 {
		data := fileOf(conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\n" + strings.Repeat("C NOOP\nS 250 ok\n", rounds) + "C QUIT\nS 221 bye\n"))
		return testing.AllocsPerRun(5, func() {
			n := 0
			s := newSplitter(bytes.NewReader(data), &assembler{out: &talker{to: counting(func(*transcripts.Line) { n++ })}})
			defer s.Close()
			if err := s.Tell(never); err != nil || n < 2*rounds {
				t.Fatal(n, err)
			}
		})
	}
	few, many := allocs(10_000), allocs(40_000)
	if many > few+10 { // a collection of garbage may empty the pools
		t.Errorf("%v allocations for 10,000 commands, %v for 40,000", few, many)
	}
}

// TestBoundedMemory: a million connections that never say anything, and as
// many that leave octets out, take up no more than a few.
func TestBoundedMemory(t *testing.T) {
	a := &assembler{out: &talker{to: counting(func(*transcripts.Line) {})}}
	all := newSplitter(strings.NewReader(""), a)
	defer all.Close()
	all.inTurn = true
	send := func(s *segment) {
		all.add(s)
	}
	s := segment{dport: 25, dst: addr{0, 1}}
	for i := range 300_000 {
		s.src, s.seq, s.ack, s.packet = addr{1, uint64(i)}, 0, 0, uint32(i)
		s.flags, s.data = flagSYN, nil
		send(&s)
		s.flags, s.seq, s.data = flagACK, 1000, []byte("something that comes too early")
		send(&s)
	}
	if f := &all.flows; f.count > mostFlows || len(f.ended) > mostEnded || a.held > mostWaits {
		t.Errorf("%d connections, %d closed ones, %d octets", f.count, len(f.ended), a.held)
	}
	one := segment{dport: 25, dst: addr{0, 1}, src: addr{2, 2}}
	one.flags = flagSYN
	send(&one)
	one.flags, one.data = flagACK, make([]byte, 1000)
	for i := range 100_000 {
		one.seq = uint32(10_000_000 - 2000*i)
		send(&one)
		if a.held > mostWaits+pieceCost+len(one.data)*4 {
			t.Fatalf("%d octets held", a.held)
		}
	}
}

// TestRecognition: SMTP is told by what is said, on any port.
func TestRecognition(t *testing.T) {
	const greeted = "S 220 host ready\n"
	for text, want := range map[string]bool{
		greeted + "C EHLO me\nS 250 host\n":            true,
		greeted + "C BOGUS\nS 500 what\n":              true,
		"S 220 mx ESMTP\n":                             true,
		"S 554 no\n":                                   true,
		"C EHLO me\nS 220 host\nS 250 host\n":          true,
		"S 220-host\nS 220 host\nC LHLO me\nS 250 o\n": true,
		greeted + "C USER anonymous\nS 331 password\n": false,
		"S 220 ProFTPD\nC QUIT\nS 221 bye\n":           false,
		"S +OK ready\nC USER me\nS +OK\n":              false,
		"S * OK IMAP4\nC a LOGIN\n":                    false,
		"C GET / HTTP/1.1\nS HTTP/1.1 200 OK\n":        false,
		"S SSH-2.0-x\nC SSH-2.0-y\n":                   false,
		"S 200 news\nC GROUP a\nS 211 a\n":             false,
		"C \x16\x03\x01\x02\nS \x16\x03\x03\n":         false,
	} {
		all := conversation(text)
		for _, p := range all { // any port
			_, tcp, _ := layersOf(p.ip)
			for i := range 2 {
				if tcp[2*i+1] == 25 {
					binary.BigEndian.PutUint16(tcp[2*i:], 12345)
				}
			}
		}
		lines := said(t, fileOf(all))
		if got := len(lines) > 0; got != want {
			t.Errorf("%q: %v", text, lines)
		}
	}
}

// TestWhoServes: the server is the side that speaks like one, even where it has
// opened the connection, or the capture does not show who has.
func TestWhoServes(t *testing.T) {
	want := said(t, fileOf(conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\nC QUIT\nS 221 bye\n")))
	calls := conversation("C 220 mx ESMTP\nS EHLO me\nC 250 mx\nS QUIT\nC 221 bye\n")
	got := said(t, fileOf(calls))
	for i := range got { // ports and who closed first are the other way round
		if strings.HasPrefix(got[i], "recorder") {
			got[i] = want[i]
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the server calls (-want +got):\n%s", d)
	}
	all := conversation("S 250 mx\nC MAIL FROM:<a@b>\nS 250 2.1.0 ok\nC QUIT\nS 221 bye\n")[2:]
	for i := range all { // no port tells
		_, tcp, _ := layersOf(all[i].ip)
		if tcp[1] == 25 {
			binary.BigEndian.PutUint16(tcp, 50000)
		} else {
			binary.BigEndian.PutUint16(tcp[2:], 50000)
		}
	}
	got = said(t, fileOf(all))
	if text := strings.Join(got, "\n"); !strings.Contains(text, `client 0 "MAIL FROM:<a@b>"`) || !strings.Contains(text, `server 0 "250 2.1.0 ok"`) {
		t.Errorf("no beginning: %s", text)
	}
}

// TestPort narrows what is read to one port of the server.
func TestPort(t *testing.T) {
	data := fileOf(conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\n"))
	for port, want := range map[int]int{0: 1, 25: 1, 26: 0} {
		n := 0
		for range transcripts.Read(bytes.NewReader(data), Packets, transcripts.Hints{Port: port}) {
			n++
		}
		if n != want {
			t.Errorf("port %d: %d sessions", port, n)
		}
	}
}

// TestTLS: what TLS hides is said once, and what was said before stays.
func TestTLS(t *testing.T) {
	const hello, server = "C \x16\x03\x01\x02\x00\x01\n", "S \x16\x03\x03\x00\x7a\n"
	const before = "S 220 mx ESMTP\nC EHLO me\nS 250 STARTTLS\nC STARTTLS\n"
	for _, c := range []struct{ name, text, want string }{
		{"STARTTLS", before + "S 220 go\n" + hello + server, "Connected EHLO STARTTLS encrypted"},
		{"command injection", before + "C NOOP\nS 220 go\n" + hello + server, "Connected EHLO STARTTLS NOOP encrypted"},
		{"reply injection", before + "S 220 go\nS 250 ok\n" + hello + server, "Connected EHLO STARTTLS Unasked encrypted"},
		{"refused", before + "S 454 no\nC MAIL FROM:<a@b>\n", "Connected EHLO STARTTLS MAIL"},
		{"decrypted", before + "S 220 go\nC EHLO me\nS 250 mx\nC NOOP\nS 250 ok\n", "Connected EHLO STARTTLS EHLO NOOP secure"},
	} {
		for s := range transcripts.Read(bytes.NewReader(fileOf(conversation(c.text))), Packets, transcripts.Hints{}) {
			var got []string
			for i := range s.Exchanges {
				switch e := &s.Exchanges[i]; e.Kind {
				case transcripts.Ordered:
					got = append(got, e.Command.Verb.String())
				case transcripts.Connected:
					got = append(got, "Connected")
				case transcripts.Unasked:
					got = append(got, "Unasked")
				}
			}
			switch last := &s.Exchanges[len(s.Exchanges)-1]; {
			case s.Encrypted.Known():
				got = append(got, "encrypted")
			case last.Before.Secure == transcripts.Yes:
				got = append(got, "secure")
			}
			if d := strings.Join(got, " "); d != c.want {
				t.Errorf("%s: %s", c.name, d)
			}
		}
	}
}

// TestInterrupted: a server that answers a line before it is over answers that
// line, and what comes behind is no other command.
func TestInterrupted(t *testing.T) {
	long := "C MAIL FROM:<a@b> " + strings.Repeat("A", 2000)
	for _, c := range []struct{ name, text, want string }{
		{"too long", long + "\\\nS 500 too long\n", "Connected EHLO MAIL=500"},
		{"and on", long + "\\\nS 500 too long\nC " + long + "\nC QUIT\nS 221 bye\n", "Connected EHLO MAIL=500 QUIT=221"},
		{"whole", long + "\nS 500 too long\nC QUIT\nS 221 bye\n", "Connected EHLO MAIL=500 QUIT=221"},
		{"short", "C MAIL\\\nS 421 timeout\n", "Connected EHLO Unasked=421 MAIL=0"},
	} {
		text := "S 220 mx ESMTP\nC EHLO me\nS 250 mx\n" + c.text
		for s := range transcripts.Read(bytes.NewReader(fileOf(conversation(text))), Packets, transcripts.Hints{}) {
			var got []string
			for i := range s.Exchanges {
				e := &s.Exchanges[i]
				switch e.Kind {
				case transcripts.Connected:
					got = append(got, "Connected")
				case transcripts.Unasked:
					got = append(got, fmt.Sprint("Unasked=", e.Reply.Code))
				case transcripts.Ordered:
					got = append(got, fmt.Sprint(e.Command.Verb, "=", e.Reply.Code))
				}
			}
			if d := strings.ReplaceAll(strings.Join(got, " "), "EHLO=250", "EHLO"); d != c.want {
				t.Errorf("%s: %s", c.name, d)
			}
		}
	}
}

// TestNoCapture: what is none is an error, what is damaged is one behind what
// could be read.
func TestNoCapture(t *testing.T) {
	rec := transcripts.Open(strings.NewReader("S: 220 mx\n"))
	defer rec.Close()
	if err := rec.Lines(Packets, transcripts.Hints{}, func(*transcripts.Line) {}); !errors.Is(err, errNoCapture) {
		t.Error(err)
	}
	data := fileOf(conversation("S 220 mx ESMTP\nC EHLO me\nS 250 mx\n"))
	data = append(data, "\x01\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff"...)
	n := 0
	var fault error
	for s, err := range transcripts.Read(bytes.NewReader(data), Packets, transcripts.Hints{}) {
		if err != nil {
			fault = err
		} else if s != nil {
			n++
		}
	}
	if n != 1 || fault == nil || !strings.Contains(fault.Error(), "packet 9") {
		t.Error(n, fault)
	}
}
