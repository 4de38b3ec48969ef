package sasl

import "testing"

func TestReplaced(t *testing.T) {
	for _, text := range []string{
		"****", "XXXXXXXX", "/* secret */", "[credentials hidden]", "<redacted>", "[REDACTED]", "REDACTED", "(hidden)", "<base64>", "[PASSWORD]",
		"...", "AGFsa...", "AGFs…", "dGVz[truncated]...", "AGFsaWNl****", "•••••", "$PASSWORD", "${SMTP_PASSWORD}", "{{ password }}", "%PASSWORD%",
		"Lyogc2VjcmV0ICov", "[FILTERED]", "BASE64_PASSWORD", "password in base64", "your encoded username", "base64(alice)", "====HASH====",
	} {
		if !Replaced(text) {
			t.Errorf("%s is taken as it stands", text)
		}
	}
	for _, text := range []string{"", "AGFsaWNlAHNlY3JldA==", "password", "alice", "=", "hunter2", "PLAIN", "%", "SCRAM-SHA-256"} {
		if Replaced(text) {
			t.Errorf("%s is taken for something else", text)
		}
	}
}
