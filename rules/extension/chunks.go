package extension

import "github.com/smtplint/smtplint/transcripts"

// chunk reports whether e sent a part of a message with BDAT or BURL.
func chunk(e *transcripts.Exchange) bool {
	return e.Kind == transcripts.Ordered && (e.Command.Verb == transcripts.BDAT || e.Command.Verb == transcripts.BURL)
}

// failed reports whether e is a chunk that the server refused, although it
// knows the command.
func failed(e *transcripts.Exchange) bool {
	return chunk(e) && e.Reply.Code.Failed() && e.Reply.Code != 500 && e.Reply.Code != 502
}
