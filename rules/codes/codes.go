// Package codes is the reference of SMTP reply codes, for people: what each
// means, when one sees it and what to do. It is data; the words are ours, the
// facts are those of the documents that each entry names.
package codes

import (
	"cmp"
	"slices"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// A Reply explains one reply code.
type Reply struct {
	Code    transcripts.Code
	Status  Status
	Title   string   // a few words
	Meaning string   // what the server says with it
	Seen    string   // when one sees it
	Client  string   // what the client must do
	Fix     string   // who has to repair what, or that nobody has to
	Answers []string // the commands it may answer, most usual first
	Done    string   // what is finished when it has arrived, and what is not
	Use     string   // when a server should send it, and when another one
	Misread string   // what people and programs take it for, or ""
	Rules   []string // IDs of the rules about it
	Refs    []lint.Ref
}

// Status is where a code comes from. There is no registry of reply codes (RFC
// 7504 §6).
type Status string

const (
	Standard   Status = "standard"   // RFC 5321, or RFC 7504, which updates it
	Extension  Status = "extension"  // the RFC of an extension
	Associated Status = "associated" // named beside an enhanced code only (RFC 5248 §2.4)
	Vendor     Status = "vendor"     // practice without a specification
)

// A Class explains what the first digit says (RFC 5321 §4.2.1).
type Class struct {
	Name    string // "2yz, positive completion"
	Obliges string // what it obliges the client to
}

// Classes explains the classes, by transcripts.Class.
var Classes = [transcripts.NumClasses]Class{
	transcripts.NoReply:      {"none", ""},
	transcripts.Success:      {"2yz, positive completion", "go on: what was asked for is done"},
	transcripts.Intermediate: {"3yz, positive intermediate", "send now what is asked for: nothing is finished yet"},
	transcripts.Transient:    {"4yz, transient negative", "stop here, keep the message, and try again later"},
	transcripts.Permanent:    {"5yz, permanent negative", "do not repeat the same request; report the failure"},
	transcripts.Strange:      {"not an SMTP class", "treat it as a fatal error and end the transaction"},
}

// ClassOf explains the class of a code.
func ClassOf(c transcripts.Code) Class { return Classes[c.Class()] }

// Find returns the entry of a code, or nil.
func Find(c transcripts.Code) *Reply {
	i, ok := slices.BinarySearchFunc(Replies, c, func(r Reply, c transcripts.Code) int { return cmp.Compare(r.Code, c) })
	if !ok {
		return nil
	}
	return &Replies[i]
}
