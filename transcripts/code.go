package transcripts

// A Code is a three-digit reply code (RFC 5321 §4.2); 0 where none was read.
type Code uint16

// Class is what the first digit of a reply code says (RFC 5321 §4.2.1).
type Class uint8

const (
	NoReply      Class = iota
	Success            // 2yz, positive completion
	Intermediate       // 3yz, positive intermediate: nothing is finished yet
	Transient          // 4yz, transient negative
	Permanent          // 5yz, permanent negative
	Strange            // a first digit that SMTP does not use

	// NumClasses is the number of classes, for tables that are indexed by Class.
	NumClasses = int(Strange) + 1
)

// Class returns what the first digit says.
func (c Code) Class() Class {
	switch c / 100 {
	case 0:
		return NoReply
	case 2:
		return Success
	case 3:
		return Intermediate
	case 4:
		return Transient
	case 5:
		return Permanent
	}
	return Strange
}

// OK reports whether c is a success reply.
func (c Code) OK() bool { return c/100 == 2 }

// Failed reports whether c is a transient or permanent negative reply.
func (c Code) Failed() bool { return c/100 == 4 || c/100 == 5 }

// notUnderstood reports whether a server uses c for a line that is no command
// it knows (RFC 5321 §4.2.2).
func (c Code) notUnderstood() bool { return c == 500 || c == 502 }

// parseReplyLine takes a server line apart: three digits, then a space, a
// hyphen or nothing (RFC 5321 §4.2). Where it does not match, sep holds the
// octet that stands in the separator's place, and the code is 0 where there
// are no three digits.
func parseReplyLine(line []byte) (code Code, sep byte, text []byte) {
	if len(line) < 3 || !isDigit(line[0]) || !isDigit(line[1]) || !isDigit(line[2]) {
		return 0, 0, line
	}
	code = Code(line[0]-'0')*100 + Code(line[1]-'0')*10 + Code(line[2]-'0')
	if len(line) == 3 {
		return code, 0, nil
	}
	if isDigit(line[3]) {
		return 0, 0, line
	}
	return code, line[3], line[4:]
}
