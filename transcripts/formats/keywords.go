package formats

import "bytes"

// takes is what stands behind a keyword of EHLO.
type takes uint8

const (
	nothing takes = iota + 1
	one
	words // up to the next keyword
)

// keywordTakes says of the keywords that servers list what stands behind them
// (the IANA registry of SMTP service extensions, and those of Exchange).
func keywordTakes(word []byte) takes {
	switch string(word) {
	case "SIZE", "DELIVERBY", "MT-PRIORITY", "FUTURERELEASE":
		return one
	case "AUTH", "X-EXPS", "XCLIENT", "XFORWARD", "LIMITS", "NO-SOLICITING", "XMESSAGECONTEXT":
		return words
	case "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "X-ANONYMOUSTLS", "8BITMIME", "BINARYMIME", "CHUNKING",
		"SMTPUTF8", "XEXCH50", "XRDST", "XSHADOW", "XSHADOWREQUEST", "XPROXY", "XPROXYFROM", "XPROXYTO", "XOORG",
		"X-LINK2STATE", "TURN", "ATRN", "ETRN", "VRFY", "EXPN", "HELP", "TLS", "OK", "REQUIRETLS", "VERP", "BURL":
		return nothing
	}
	if bytes.HasPrefix(word, []byte("AUTH=")) || bytes.HasPrefix(word, []byte("X-EXPS=")) {
		return words
	}
	return 0
}

// unfoldKeywords hands out the lines of a reply to EHLO that a recorder has
// put into one, with blanks between them: a new line begins with each keyword
// that servers are known to list, and with each word that cannot belong to the
// keyword before it. The lines are built in buf, which is returned.
func unfoldKeywords(buf, text []byte, each func(line []byte)) []byte {
	buf = append(buf[:0], "250-"...)
	room := words // the first line is the host and a greeting
	begun := false
	for word := range bytes.FieldsSeq(text) {
		t := keywordTakes(word)
		starts := t != 0 && len(buf) > len("250-") || begun && (room == nothing || room == one && !isDigit(word[0]))
		switch {
		case starts:
			each(buf)
			buf = append(append(buf[:0], "250-"...), word...)
			begun, room = true, max(t, nothing)
			continue
		case len(buf) > len("250-"):
			buf = append(buf, ' ')
		}
		buf = append(buf, word...)
		if room == one {
			room = nothing
		}
	}
	buf[3] = ' '
	each(buf)
	return buf
}
