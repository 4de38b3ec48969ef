package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Address returns the address that MAIL, RCPT, VRFY or EXPN names, copied.
func Address(e *transcripts.Exchange) (string, bool) {
	var address string
	var ok bool
	switch e.Command.Verb {
	case transcripts.MAIL, transcripts.RCPT:
		address, ok = e.Command.Path()
	case transcripts.VRFY, transcripts.EXPN:
		address, ok = transcripts.TrimAngles(e.Command.Args)
	}
	return strings.Clone(address), ok
}
