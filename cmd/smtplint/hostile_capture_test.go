package main

import (
	"bufio"
	"encoding/binary"
)

// openConnections writes a capture of connections that are greeted and never
// closed. All of the first turn begin before the second one.
func openConnections(w *bufio.Writer, n int) {
	order := binary.LittleEndian
	head := order.AppendUint32(nil, 0xa1b2c3d4)
	head = append(head, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	w.Write(order.AppendUint32(order.AppendUint32(head, 256<<10), 101)) // raw IP
	const (
		syn     = 0x02
		ack     = 0x10
		greeted = "220 mx.example.org ESMTP\r\n"
		hello   = "EHLO client.example.com\r\n"
	)
	for turn := range 2 {
		for i := range n {
			if turn == 0 {
				packet(w, i, true, 0, 0, syn, "")
				packet(w, i, false, 0, 1, syn|ack, "")
				packet(w, i, false, 1, 1, ack, greeted)
			} else {
				packet(w, i, true, 1, 1+uint32(len(greeted)), ack, hello)
			}
		}
	}
}

// packet writes a packet of connection n, from its client or its server.
func packet(w *bufio.Writer, n int, fromClient bool, seq, ack uint32, flags byte, data string) {
	client, server := 0x0a000000+uint32(n), uint32(0xc0000201)
	ports := []byte{0x9c, 0x40, 0, 25}
	if !fromClient {
		client, server = server, client
		ports = []byte{0, 25, 0x9c, 0x40}
	}
	length := 40 + len(data)
	record := make([]byte, 0, 16+40)
	for _, v := range []uint32{1_700_000_000, uint32(n % 1_000_000), uint32(length), uint32(length)} {
		record = binary.LittleEndian.AppendUint32(record, v)
	}
	record = append(record, 0x45, 0, byte(length>>8), byte(length), 0, 0, 0x40, 0, 64, 6, 0, 0)
	record = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(record, client), server)
	record = append(record, ports...)
	record = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(record, seq), ack)
	record = append(record, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0)
	w.Write(record)
	w.WriteString(data)
}
