package transcripts

import "bytes"

// throughProxy reports whether a line before the greeting is no SMTP but asks a
// proxy for the connection, or is the proxy's answer: a PROXY header (of
// HAProxy), or HTTP's CONNECT (RFC 9110 §9.3.6).
func (d *dialogue) throughProxy(from Party, l *Line) bool {
	if d.proxied {
		code, _, _ := parseReplyLine(l.Text)
		// An empty line ends the answer; where it is not recorded, the greeting does.
		d.proxied = from == Client || len(l.Text) > 0 && code == 0
		return from == Client || code == 0
	}
	if from == Server {
		return false
	}
	d.proxied = bytes.HasPrefix(l.Text, []byte("CONNECT ")) && bytes.Contains(l.Text, []byte(" HTTP/1."))
	return d.proxied || hasPrefixFold(l.Text, "PROXY ")
}
