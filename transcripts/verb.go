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
// case-insensitive (RFC 5321 §2.4). It returns the verb and its length. A
// first word that is no verb is Unknown; a line that starts with no letter has
// none.
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

func fourLetters(key uint32) Verb {
	switch key {
	case wordMAIL:
		return MAIL
	case wordRCPT:
		return RCPT
	case wordDATA:
		return DATA
	case wordEHLO:
		return EHLO
	case wordQUIT:
		return QUIT
	case wordRSET:
		return RSET
	case wordNOOP:
		return NOOP
	case wordBDAT:
		return BDAT
	case wordHELO:
		return HELO
	case wordAUTH:
		return AUTH
	case wordSTAR:
		return STARTTLS
	case wordVRFY:
		return VRFY
	case wordEXPN:
		return EXPN
	case wordHELP:
		return HELP
	case wordLHLO:
		return LHLO
	case wordBURL:
		return BURL
	case wordETRN:
		return ETRN
	case wordATRN:
		return ATRN
	case wordTURN:
		return TURN
	case wordSEND:
		return SEND
	case wordSOML:
		return SOML
	case wordSAML:
		return SAML
	case wordXCLI:
		return XCLIENT
	case wordXFOR:
		return XFORWARD
	}
	return NoVerb
}

// The first four letters of the verbs as they stand in memory, little end first.
const (
	wordATRN uint32 = 'A' | 'T'<<8 | 'R'<<16 | 'N'<<24
	wordAUTH uint32 = 'A' | 'U'<<8 | 'T'<<16 | 'H'<<24
	wordBDAT uint32 = 'B' | 'D'<<8 | 'A'<<16 | 'T'<<24
	wordBURL uint32 = 'B' | 'U'<<8 | 'R'<<16 | 'L'<<24
	wordDATA uint32 = 'D' | 'A'<<8 | 'T'<<16 | 'A'<<24
	wordEHLO uint32 = 'E' | 'H'<<8 | 'L'<<16 | 'O'<<24
	wordETRN uint32 = 'E' | 'T'<<8 | 'R'<<16 | 'N'<<24
	wordEXPN uint32 = 'E' | 'X'<<8 | 'P'<<16 | 'N'<<24
	wordHELO uint32 = 'H' | 'E'<<8 | 'L'<<16 | 'O'<<24
	wordHELP uint32 = 'H' | 'E'<<8 | 'L'<<16 | 'P'<<24
	wordLHLO uint32 = 'L' | 'H'<<8 | 'L'<<16 | 'O'<<24
	wordMAIL uint32 = 'M' | 'A'<<8 | 'I'<<16 | 'L'<<24
	wordNOOP uint32 = 'N' | 'O'<<8 | 'O'<<16 | 'P'<<24
	wordQUIT uint32 = 'Q' | 'U'<<8 | 'I'<<16 | 'T'<<24
	wordRCPT uint32 = 'R' | 'C'<<8 | 'P'<<16 | 'T'<<24
	wordRSET uint32 = 'R' | 'S'<<8 | 'E'<<16 | 'T'<<24
	wordSAML uint32 = 'S' | 'A'<<8 | 'M'<<16 | 'L'<<24
	wordSEND uint32 = 'S' | 'E'<<8 | 'N'<<16 | 'D'<<24
	wordSOML uint32 = 'S' | 'O'<<8 | 'M'<<16 | 'L'<<24
	wordSTAR uint32 = 'S' | 'T'<<8 | 'A'<<16 | 'R'<<24
	wordTURN uint32 = 'T' | 'U'<<8 | 'R'<<16 | 'N'<<24
	wordVRFY uint32 = 'V' | 'R'<<8 | 'F'<<16 | 'Y'<<24
	wordXCLI uint32 = 'X' | 'C'<<8 | 'L'<<16 | 'I'<<24
	wordXFOR uint32 = 'X' | 'F'<<8 | 'O'<<16 | 'R'<<24
)

func unknownVerb(line []byte) (Verb, int) {
	n := 0
	for n < len(line) && isAtomOctet(line[n]) {
		n++
	}
	if n == 0 || !isLetter(line[0]) {
		return NoVerb, 0
	}
	return Unknown, n
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAtomOctet(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }
