package lint

import "testing"

func TestSaysSuccess(t *testing.T) {
	for text, want := range map[string]bool{
		"client: message sent":                    true,
		"Mail sent successfully":                  true,
		"delivered to all 2 recipients":           true,
		"delivery to b was a success":             true,
		"the message was accepted":                true,
		"message could not be sent":               false,
		"the message was not accepted":            false,
		"sending message":                         false,
		"message will be sent later":              false,
		"undelivered":                             false,
		"mail queued for a retry, 1 sent already": false,
		"upload completely sent off: 70 bytes":    false,
		"QUIT sent":                               false,
	} {
		if SaysSuccess(text) != want {
			t.Errorf("%q: got %v, want %v", text, !want, want)
		}
	}
}
