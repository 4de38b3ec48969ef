package explain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// A line is a reply as somebody has pasted it, taken apart.
type line struct {
	code     transcripts.Code
	status   codes.StatusCode // zero where there is none
	enhanced bool             // there is one
	text     string           // what follows, as pasted
}

// mostShown is how many columns of a pasted text are shown.
const mostShown = 500

// takeApart finds the reply in pasted text: at its beginning, or behind what a
// log has put before it. Further lines of a multi-line reply are taken with
// it.
func takeApart(pasted string) (l line, ok bool) {
	rest, ok := "", false
	for at := 0; at+3 <= len(pasted); at++ {
		if at > 0 && strings.IndexByte(" \t\r\n:>\"'(", pasted[at-1]) < 0 {
			continue
		}
		if l.code, rest, ok = codeAt(pasted[at:]); ok {
			break
		}
	}
	if !ok {
		return l, false
	}
	first, more, _ := strings.Cut(rest, "\n")
	l.status, first, l.enhanced = codes.ParseStatusCode(strings.TrimRight(first, "\r"))
	words := []string{first}
	for more != "" {
		var next string
		next, more, _ = strings.Cut(more, "\n")
		_, next, ok := codeAt(strings.TrimSpace(next))
		if !ok {
			break
		}
		if _, after, ok := codes.ParseStatusCode(next); ok {
			next = after
		}
		words = append(words, next)
	}
	l.text = strings.TrimSpace(strings.Join(words, " "))
	return l, true
}

// codeAt reads a reply code and its separator (RFC 5321 §4.2).
func codeAt(s string) (code transcripts.Code, rest string, ok bool) {
	code, ok = replyCode(s[:min(3, len(s))])
	if !ok {
		return 0, "", false
	}
	switch {
	case len(s) == 3:
		return code, "", true
	case s[3] == ' ' || s[3] == '-' || s[3] == '\r' || s[3] == '\n':
		return code, s[4:], true
	}
	return 0, "", false
}

// replyCode reads a reply code; nothing else may be there.
func replyCode(s string) (transcripts.Code, bool) {
	if len(s) != 3 || s[0] < '1' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return transcripts.Code(n), err == nil
}

// pages are those of the line itself and of the codes in it.
func (p *line) pages(l codes.Lang) []Page {
	e := &entry{kind: "line", name: fmt.Sprint(p.code), lang: l}
	if p.enhanced {
		e.name += " " + p.status.String()
	}
	shown := text.Clean(p.text)
	if text.Width(shown) > mostShown {
		shown = text.Clip(shown, mostShown) + "..."
	}
	e.title = shown
	reply := codes.Find(p.code)
	about := unknownReply(p.code, l)
	if reply != nil {
		about = replyEntry(reply, l)
	}
	pages := []Page{e, about}
	e.say("code", about.heading())
	if p.enhanced {
		status := enhancedEntry(p.status, l)
		e.say("enhanced", status.heading())
		pages = append(pages, status)
	}
	e.say("text", shown)
	e.say("conflict", p.conflict(l))
	return pages
}

// conflict says how the two codes of the line contradict each other, or "".
func (p *line) conflict(l codes.Lang) string {
	switch {
	case !p.enhanced:
		return ""
	case p.code.Class() == transcripts.Intermediate && l == codes.Korean:
		return "3yz 응답에는 확장 상태 코드를 쓰지 않습니다. 응답 코드를 따릅니다."
	case p.code.Class() == transcripts.Intermediate:
		return "A 3yz reply has no enhanced code. The reply code decides."
	case p.code.Class() != classOf(p.status).Class() && l == codes.Korean:
		return fmt.Sprintf("%d와 %s는 종류가 다릅니다. 응답 코드를 따릅니다.", p.code, p.status)
	case p.code.Class() != classOf(p.status).Class():
		return fmt.Sprintf("%d and %s are of different classes. The reply code decides.", p.code, p.status)
	}
	return ""
}

// unknownReply is the page of a code that the reference does not have: a client
// acts on its first digit (RFC 5321 §4.2).
func unknownReply(c transcripts.Code, l codes.Lang) *entry {
	e := &entry{kind: "reply", name: strconv.Itoa(int(c)), title: "not in the reference", lang: l}
	meaning := "No specification defines this code. A client acts on its first digit alone."
	if l == codes.Korean {
		e.title = "알려지지 않은 코드"
		meaning = "어느 명세에도 없는 코드입니다. 클라이언트는 첫째 숫자만 보고 처리합니다."
	}
	e.say("class", codes.ClassOf(c, l).Name)
	e.say("error", verdict(c, l))
	e.say("meaning", meaning)
	e.cite([]lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.3.2")})
	return e
}
