package lint

import "testing"

func TestForeignProtocol(t *testing.T) {
	for line, want := range map[string]string{
		"GET / HTTP/1.1": "HTTP", "POST /": "HTTP", "CONNECT mx.example.org:25 HTTP/1.0": "HTTP", "HTTP/1.1 200 OK": "HTTP", "GET": "", "GET mail": "",
		"INVITE sip:a@example.com SIP/2.0": "SIP", "USER alice": "POP or FTP", "USER": "", "USER a b": "",
		"SSH-2.0-OpenSSH_9.6": "SSH", "*3": "Redis", "*": "", "*3 x": "", "****": "", "HELO a": "", "": "",
	} {
		if got := ForeignProtocol(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
