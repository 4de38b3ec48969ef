package lint

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Address returns the address that MAIL, RCPT, VRFY or EXPN names, without
// brackets and source route, copied. The null path gives "" and true.
func Address(e *transcripts.Exchange) (string, bool) {
	path := e.Command.Path()
	return strings.Clone(path.Mailbox.Text), path.Text != ""
}
