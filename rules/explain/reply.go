package explain

import (
	"strconv"

	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// replyEntry is the page of a reply code.
func replyEntry(r *codes.Reply, l codes.Lang) *entry {
	r = r.In(l)
	e := &entry{kind: "reply", name: strconv.Itoa(int(r.Code)), title: r.Title, lang: l}
	e.say("class", codes.ClassOf(r.Code, l).Name)
	e.say("error", verdict(r.Code, l))
	e.say("meaning", r.Meaning)
	e.say("seen", r.Seen)
	e.say("client", r.Client)
	e.say("fix", r.Fix)
	e.say("done", r.Done)
	e.say("use", r.Use)
	named, practice := answers(r, l)
	e.join("answers", named)
	e.join("practice", practice)
	e.say("misread", r.Misread)
	about := rulesAbout(r)
	e.enumerate("rules", titled(about, l), ids(about))
	e.say("status", statusOf(r.Status, l))
	e.cite(r.Refs)
	return e
}

// verdict says whether a code is an error, and what follows for the client.
func verdict(c transcripts.Code, l codes.Lang) string {
	obliges := codes.ClassOf(c, l).Obliges
	if c == transcripts.EachFollows {
		return [...]string{"No, the server goes on. The client must read the replies that follow: nothing is finished yet.",
			"아닙니다. 서버의 응답이 이어집니다. 클라이언트는 뒤따르는 응답을 모두 읽어야 합니다. 아직 아무것도 끝나지 않았습니다."}[l]
	}
	if l == codes.Korean {
		switch c.Class() {
		case transcripts.Success:
			return "아닙니다. 성공입니다. 클라이언트는 " + obliges + "."
		case transcripts.Intermediate:
			return "아닙니다. 서버가 다음 것을 기다립니다. 클라이언트는 " + obliges + "."
		case transcripts.Transient:
			return "예, 일시적인 오류입니다. 클라이언트는 " + obliges + "."
		}
		return "예, 영구적인 오류입니다. 클라이언트는 " + obliges + "."
	}
	switch c.Class() {
	case transcripts.Success:
		return "No, a success. The client must " + obliges + "."
	case transcripts.Intermediate:
		return "No, the server waits for more. The client must " + obliges + "."
	case transcripts.Transient:
		return "Yes, a passing one. The client must " + obliges + "."
	}
	return "Yes, a final one. The client must " + obliges + "."
}

// answers lists what a code may answer: by specification, and in practice.
func answers(r *codes.Reply, l codes.Lang) (named, practice []string) {
	if r.Scope != "" {
		return []string{r.Scope}, nil
	}
	named, practice = r.MayAnswer()
	if len(named) == 0 {
		named = []string{[...]string{"nothing, by any specification", "어느 명세에도 없음"}[l]}
	}
	return commandNames(named, l), commandNames(practice, l)
}

// commandNames puts what is answered besides commands into a language.
func commandNames(names []string, l codes.Lang) []string {
	if l != codes.Korean {
		return names
	}
	out := make([]string, len(names))
	for i, n := range names {
		switch n {
		case codes.Greeting:
			n = "연결 자체"
		case codes.EndOfData:
			n = "메시지의 끝"
		}
		out[i] = n
	}
	return out
}

func statusOf(s codes.Status, l codes.Lang) string {
	if l == codes.Korean {
		return map[codes.Status]string{
			codes.Standard: "표준", codes.Extension: "확장", codes.Associated: "확장 상태 코드의 짝으로만 등록됨", codes.Vendor: "명세 없음(관행)",
			codes.Registered: "등록됨", codes.Obsolete: "폐기됨",
		}[s]
	}
	return map[codes.Status]string{
		codes.Standard: "standard", codes.Extension: "extension", codes.Associated: "named beside an enhanced code only",
		codes.Vendor: "practice, without a specification", codes.Registered: "registered", codes.Obsolete: "obsolete",
	}[s]
}
