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
	Scope   string   // what it answers, where that is no list of commands; else "", and Answers knows
	Done    string   // what is finished when it has arrived, and what is not
	Use     string   // when a server should send it, and when another one
	Misread string   // what people and programs take it for
	Rules   []string // IDs of the rules about it
	Refs    []lint.Ref

	instead string // of a disputed code, which else is empty but for Seen: what a server should send
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
	Obliges string // what the client must do; reads on after "must"
}

// classes explains the classes in each language, by transcripts.Class.
var classes = [...][transcripts.NumClasses]Class{
	English: {
		transcripts.NoReply:      {"none", "wait"},
		transcripts.Success:      {"2yz, positive completion", "go on: what was asked for is done"},
		transcripts.Intermediate: {"3yz, positive intermediate", "send now what is asked for: nothing is finished yet"},
		transcripts.Transient:    {"4yz, transient negative", "stop here, keep the message, and try again later"},
		transcripts.Permanent:    {"5yz, permanent negative", "not repeat the same request, but report the failure"},
		transcripts.Strange:      {"not an SMTP class", "treat it as a fatal error and end the transaction"},
	},
	Korean: {
		transcripts.NoReply:      {"없음", "기다립니다"},
		transcripts.Success:      {"2yz, 긍정 완료 응답(성공)", "다음으로 넘어갑니다. 요청한 일은 끝났습니다"},
		transcripts.Intermediate: {"3yz, 긍정 중간 응답(계속)", "요구된 것을 지금 보냅니다. 아직 끝난 것은 없습니다"},
		transcripts.Transient:    {"4yz, 일시적 부정 응답(일시 오류)", "여기서 멈추고 메시지를 보관했다가 나중에 다시 시도합니다"},
		transcripts.Permanent:    {"5yz, 영구적 부정 응답(영구 오류)", "같은 요청을 되풀이하지 않고 실패를 알립니다"},
		transcripts.Strange:      {"SMTP에 없는 종류", "치명적 오류로 처리하고 트랜잭션을 끝냅니다"},
	},
}

// ClassOf explains the class of a code in a language.
func ClassOf(c transcripts.Code, l Lang) Class { return classes[l][c.Class()] }

// Find returns the entry of a code, or nil.
func Find(c transcripts.Code) *Reply {
	i, ok := slices.BinarySearchFunc(Replies(), c, func(r Reply, c transcripts.Code) int { return cmp.Compare(r.Code, c) })
	if !ok {
		return nil
	}
	return &Replies()[i]
}
