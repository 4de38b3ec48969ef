package transcripts

import "bytes"

// label is what stands before the text of a line.
type label uint8

const (
	noLabel label = iota
	labelC
	labelS
	labelR
	labelServer
	labelRight // ">" and longer arrows
	labelLeft  // "<"
)

// roles says who speaks under which label.
type roles [labelLeft + 1]Party

// labelOf finds the label at the start of text. sep is ':', '=' or '~', and
// body is where the text after the label and one space begins.
func labelOf(text []byte) (who label, sep byte, body int) {
	n := 0
	for n < len(text) && n < len("Server") && isLetter(text[n]) {
		n++
	}
	switch string(text[:n]) {
	case "C", "Client", "CLIENT", "client":
		who = labelC
	case "S":
		who = labelS
	case "R":
		who = labelR
	case "Server", "SERVER", "server":
		who = labelServer
	case "":
		who, n = arrow(text)
		return who, ':', min(n+1, len(text))
	}
	if who == noLabel || n == len(text) {
		return noLabel, 0, 0
	}
	sep, body = text[n], n+1
	if sep != ':' && (n > 1 || sep != '=' && sep != '~') {
		return noLabel, 0, 0
	}
	if body < len(text) {
		if text[body] != ' ' {
			return noLabel, 0, 0
		}
		body++
	}
	return who, sep, body
}

// arrow reads an arrow of one to five signs, with a blank or nothing after it:
// ">", "<<<", "-->", "<=".
func arrow(text []byte) (who label, length int) {
	for length < len(text) && text[length] != ' ' {
		if length == longestArrow {
			return noLabel, 0
		}
		points := noLabel
		switch text[length] {
		case '>':
			points = labelRight
		case '<':
			points = labelLeft
		case '-', '=':
		default:
			return noLabel, 0
		}
		if points != noLabel && who != noLabel && points != who {
			return noLabel, 0
		}
		who = max(who, points)
		length++
	}
	return who, length
}

const longestArrow = 5

// rolesOf decides from the head of a recording who speaks under which label,
// and whether that is the other way round than the labels say.
func rolesOf(head []byte) (r roles, swapped bool) {
	r = roles{labelC: Client, labelS: Server, labelR: Server, labelServer: Server, labelRight: Client, labelLeft: Server}
	var seen, replies, commands [labelLeft + 1]int
	for len(head) > 0 {
		line := head
		if n := bytes.IndexByte(head, '\n'); n >= 0 {
			line, head = head[:n], head[n+1:]
		} else {
			head = nil
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		_, _, mark := prefixes(line, 0)
		who, _, body := labelOf(line[mark:])
		seen[who]++
		if code, sep, _ := parseReplyLine(line[mark+body:]); code != 0 && (sep == ' ' || sep == '-' || sep == 0) {
			replies[who]++
		} else if commandShaped(line[mark+body:]) {
			commands[who]++
		}
	}
	if seen[labelR] > 0 && seen[labelC] == 0 {
		r[labelS] = Client // RFC 821, RFC 3030: S is the sender, R the receiver
	}
	if replies[labelRight] > replies[labelLeft] {
		r[labelRight], r[labelLeft] = Server, Client
	}
	server := labelS
	if seen[labelServer] > seen[labelS] {
		server = labelServer
	}
	// Content may look like anything: four lines of five decide.
	if replies[labelC] > 0 && 5*replies[labelC] >= 4*seen[labelC] && 5*replies[server] <= seen[server] && commands[server] > 0 {
		r[labelC], r[labelS], r[labelServer] = Server, Client, Client
		return r, true
	}
	return r, false
}
