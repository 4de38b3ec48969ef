// Package capture reads SMTP conversations out of packet captures: what
// tcpdump, dumpcap and Wireshark write, pcap and pcapng.
//
// A capture is the truest recording there is: it has every octet, the time of
// each, and what either side had received when it spoke. Each file of this
// package undoes one layer:
//
//	source     octets of the file, through one buffer
//	pcap       frames, with time and number, from pcap files
//	pcapng     the same from pcapng files
//	link       IP packets from frames
//	ip         TCP segments from IP packets
//	fragments  IP packets from IP fragments
//	flows      which connection a segment belongs to, found in a table
//	split      connections dealt out to shares, which may be read at the same time
//	tcp        two streams of octets from the segments of a connection
//	order      what came before what, across the two streams
//	recognise  whether a connection speaks SMTP, and who is the server
//	talk       the lines of a conversation
//
// Files that tcpflow has written, one for each direction of a connection, are
// read by tcpflow and duet.
//
// # Order
//
// A capture shows when a packet passed one point of the path, not when the two
// ends saw it. What the ends knew is in the packets themselves: each says how
// much of the other's stream its sender has received (RFC 9293 §3.4). Lines
// are handed on as the client saw them: a line of the client's stands before a
// reply exactly if the client had not received all of that reply when it first
// sent the line. So a capture at either end, or in between, tells the same
// conversation.
//
// # Gaps
//
// What the capture has missed, or cut off, is said (transcripts.ClientGap,
// transcripts.ServerGap) as soon as it is certain: the other side has
// acknowledged what was never captured, or nothing more comes.
//
// # Bounds
//
// Memory does not grow with the capture: what waits for its turn, the number
// of connections, and each line are bounded. Checksums are not verified, they
// are wrong wherever a network card fills them in.
package capture
