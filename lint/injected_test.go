package lint

import (
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

func TestInjected(t *testing.T) {
	for args, want := range map[string]string{
		"TO:<b@example.org>":                            "",
		`TO:<b@example.org>\r\nRCPT TO:<c@example.org>`: `\r\nRCPT TO:<c@example.org>`,
		"TO:<b@example.org>\r\nDATA":                    "\r\nDATA",
		"TO:<b@example.org%0d%0aBcc:c@example.org>":     "%0d%0aBcc:c@example.org>",
		"TO:<b@example.org\x00RSET":                     "\x00RSET",
		`TO:<"a\new"@example.org>`:                      "",
		`TO:<"a\rset"@example.org>`:                     "",
		"TO:<b%0adata.example@example.org>":             "",
		"TO:<b%example.net@example.org>":                "",
		`TO:<b@example.org>\r\n`:                        "",
		`TO:<b@example.org>\r\n\r\nSubject: hi`:         `\r\nSubject: hi`,
	} {
		if got := Injected(&transcripts.Command{Args: args}); got != want {
			t.Errorf("%q: %q, want %q", args, got, want)
		}
	}
}
