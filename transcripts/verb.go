package transcripts

import "bytes"

// A Verb is the command word of an SMTP or LMTP command.
type Verb uint8

const (
	NoVerb  Verb = iota // not a command
	Unknown             // a word that no specification known here defines
	ATRN
	AUTH
	BDAT
	BURL
	DATA
	EHLO
	ETRN
	EXPN
	HELO
	HELP
	LHLO
	MAIL
	NOOP
	QUIT
	RCPT
	RSET
	SAML
	SEND
	SOML
	STARTTLS
	TURN
	VRFY
	XCLIENT
	XFORWARD

	// NumVerbs is the number of verbs, for tables that are indexed by Verb.
	NumVerbs = int(XFORWARD) + 1
)

var verbNames = [NumVerbs]string{
	"", "", "ATRN", "AUTH", "BDAT", "BURL", "DATA", "EHLO", "ETRN", "EXPN", "HELO", "HELP", "LHLO",
	"MAIL", "NOOP", "QUIT", "RCPT", "RSET", "SAML", "SEND", "SOML", "STARTTLS", "TURN", "VRFY",
	"XCLIENT", "XFORWARD",
}

// String returns the verb in capitals, or "" where there is none to name.
func (v Verb) String() string { return verbNames[v] }

// Hello reports whether v greets: EHLO, HELO or LHLO.
func (v Verb) Hello() bool { return v == EHLO || v == HELO || v == LHLO }

// parseVerb finds the verb at the start of a command line; verbs are
// case-insensitive (RFC 5321 §2.4). It returns the verb and the length of the
// word, which may be a private one that does the same. A first word that is no
// verb is Unknown; a line that starts with no letter has none.
func parseVerb(line []byte) (Verb, int) {
	if len(line) < 4 {
		return unknownVerb(line)
	}
	// Clearing bit 5 turns small letters into capitals; what it makes of other
	// octets does not spell a verb.
	key := (uint32(line[0]) | uint32(line[1])<<8 | uint32(line[2])<<16 | uint32(line[3])<<24) &^ 0x20202020
	v, n := fourLetters(key), 4
	switch v {
	case STARTTLS, XCLIENT, XFORWARD:
		n = len(verbNames[v])
		if len(line) < n || !bytes.EqualFold(line[:n], []byte(verbNames[v])) {
			v = NoVerb
		}
	}
	if v == NoVerb || len(line) > n && isAtomOctet(line[n]) {
		return unknownVerb(line)
	}
	return v, n
}

// startsLikeVerb reports whether the first four letters are those of a verb.
func startsLikeVerb(line []byte) bool {
	return len(line) >= 4 && fourLetters((uint32(line[0])|uint32(line[1])<<8|uint32(line[2])<<16|uint32(line[3])<<24)&^0x20202020) != NoVerb
}

// verbTable finds a verb by its first four letters: multiplying by spread puts
// each of them in a place of its own.
var verbTable = [1 << verbBits]struct {
	key  uint32
	verb Verb
}{
	(wordATRN * spread & mask) >> (32 - verbBits): {wordATRN, ATRN},
	(wordAUTH * spread & mask) >> (32 - verbBits): {wordAUTH, AUTH},
	(wordBDAT * spread & mask) >> (32 - verbBits): {wordBDAT, BDAT},
	(wordBURL * spread & mask) >> (32 - verbBits): {wordBURL, BURL},
	(wordDATA * spread & mask) >> (32 - verbBits): {wordDATA, DATA},
	(wordEHLO * spread & mask) >> (32 - verbBits): {wordEHLO, EHLO},
	(wordETRN * spread & mask) >> (32 - verbBits): {wordETRN, ETRN},
	(wordEXPN * spread & mask) >> (32 - verbBits): {wordEXPN, EXPN},
	(wordHELO * spread & mask) >> (32 - verbBits): {wordHELO, HELO},
	(wordHELP * spread & mask) >> (32 - verbBits): {wordHELP, HELP},
	(wordLHLO * spread & mask) >> (32 - verbBits): {wordLHLO, LHLO},
	(wordMAIL * spread & mask) >> (32 - verbBits): {wordMAIL, MAIL},
	(wordNOOP * spread & mask) >> (32 - verbBits): {wordNOOP, NOOP},
	(wordQUIT * spread & mask) >> (32 - verbBits): {wordQUIT, QUIT},
	(wordRCPT * spread & mask) >> (32 - verbBits): {wordRCPT, RCPT},
	(wordRSET * spread & mask) >> (32 - verbBits): {wordRSET, RSET},
	(wordSAML * spread & mask) >> (32 - verbBits): {wordSAML, SAML},
	(wordSEND * spread & mask) >> (32 - verbBits): {wordSEND, SEND},
	(wordSOML * spread & mask) >> (32 - verbBits): {wordSOML, SOML},
	(wordSTAR * spread & mask) >> (32 - verbBits): {wordSTAR, STARTTLS},
	(wordTURN * spread & mask) >> (32 - verbBits): {wordTURN, TURN},
	(wordVRFY * spread & mask) >> (32 - verbBits): {wordVRFY, VRFY},
	(wordXCLI * spread & mask) >> (32 - verbBits): {wordXCLI, XCLIENT},
	(wordXFOR * spread & mask) >> (32 - verbBits): {wordXFOR, XFORWARD},
}

const (
	verbBits = 5
	spread   = 0x7e49ef29
	mask     = 1<<32 - 1
)

// fourLetters returns the verb that begins with four letters in capitals, or
// NoVerb.
func fourLetters(key uint32) Verb {
	if e := &verbTable[key*spread>>(32-verbBits)]; e.key == key {
		return e.verb
	}
	return NoVerb
}

// The first four letters of the verbs as they stand in memory, little end first.
const (
	wordATRN = 'A' | 'T'<<8 | 'R'<<16 | 'N'<<24
	wordAUTH = 'A' | 'U'<<8 | 'T'<<16 | 'H'<<24
	wordBDAT = 'B' | 'D'<<8 | 'A'<<16 | 'T'<<24
	wordBURL = 'B' | 'U'<<8 | 'R'<<16 | 'L'<<24
	wordDATA = 'D' | 'A'<<8 | 'T'<<16 | 'A'<<24
	wordEHLO = 'E' | 'H'<<8 | 'L'<<16 | 'O'<<24
	wordETRN = 'E' | 'T'<<8 | 'R'<<16 | 'N'<<24
	wordEXPN = 'E' | 'X'<<8 | 'P'<<16 | 'N'<<24
	wordHELO = 'H' | 'E'<<8 | 'L'<<16 | 'O'<<24
	wordHELP = 'H' | 'E'<<8 | 'L'<<16 | 'P'<<24
	wordLHLO = 'L' | 'H'<<8 | 'L'<<16 | 'O'<<24
	wordMAIL = 'M' | 'A'<<8 | 'I'<<16 | 'L'<<24
	wordNOOP = 'N' | 'O'<<8 | 'O'<<16 | 'P'<<24
	wordQUIT = 'Q' | 'U'<<8 | 'I'<<16 | 'T'<<24
	wordRCPT = 'R' | 'C'<<8 | 'P'<<16 | 'T'<<24
	wordRSET = 'R' | 'S'<<8 | 'E'<<16 | 'T'<<24
	wordSAML = 'S' | 'A'<<8 | 'M'<<16 | 'L'<<24
	wordSEND = 'S' | 'E'<<8 | 'N'<<16 | 'D'<<24
	wordSOML = 'S' | 'O'<<8 | 'M'<<16 | 'L'<<24
	wordSTAR = 'S' | 'T'<<8 | 'A'<<16 | 'R'<<24
	wordTURN = 'T' | 'U'<<8 | 'R'<<16 | 'N'<<24
	wordVRFY = 'V' | 'R'<<8 | 'F'<<16 | 'Y'<<24
	wordXCLI = 'X' | 'C'<<8 | 'L'<<16 | 'I'<<24
	wordXFOR = 'X' | 'F'<<8 | 'O'<<16 | 'R'<<24
)

func unknownVerb(line []byte) (Verb, int) {
	n := 0
	for n < len(line) && isAtomOctet(line[n]) {
		n++
	}
	if n == 0 || !isLetter(line[0]) {
		return NoVerb, 0
	}
	switch {
	case n == len("EXDATA") && bytes.EqualFold(line[:n], []byte("EXDATA")):
		return DATA, n // Courier's, with a reply for each recipient
	case n == len("X-ANONYMOUSTLS") && bytes.EqualFold(line[:n], []byte("X-ANONYMOUSTLS")):
		return STARTTLS, n // Exchange's, without a look at certificates
	}
	return Unknown, n
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAtomOctet(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }

// VerbOf returns the verb that a command line begins with.
func VerbOf(line []byte) Verb {
	verb, _ := parseVerb(line)
	return verb
}
