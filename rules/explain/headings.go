package explain

import (
	"sync"

	"github.com/smtplint/smtplint/rules/codes"
)

// headings are the names of the fields, by language.
var headings = sync.OnceValue(func() map[string][2]string {
	return map[string][2]string{
		"adds":         {"What it adds", "추가되는 것"},
		"always":       {"At any time", "언제든지"},
		"answers":      {"Answers", "응답하는 명령"},
		"area":         {"Area", "영역"},
		"basic":        {"Beside", "함께 쓰는 응답 코드"},
		"changes":      {"What changes", "바뀌는 것"},
		"class":        {"Class", "종류"},
		"classes":      {"Makes sense as", "알맞은 종류"},
		"client":       {"What to do", "해야 할 일"},
		"code":         {"Reply code", "응답 코드"},
		"conflict":     {"Contradiction", "모순"},
		"differences":  {"Key differences", "핵심 차이"},
		"done":         {"What is finished", "끝난 것"},
		"enhanced":     {"Enhanced code", "확장 상태 코드"},
		"error":        {"Is it an error?", "오류인가?"},
		"errors":       {"Errors", "오류 응답"},
		"extended":     {"By extensions", "확장이 더한 응답"},
		"fix":          {"What to repair", "고쳐야 할 것"},
		"heed":         {"What to heed", "주의할 점"},
		"intermediate": {"Goes on with", "계속 응답"},
		"meaning":      {"Meaning", "의미"},
		"misread":      {"Often misread", "흔한 오해"},
		"misreadings":  {"Typical misreadings", "흔한 오해와 관련 규칙"},
		"needs":        {"What it needs", "필요한 상태"},
		"offered":      {"Offered by", "알리는 키워드"},
		"params":       {"In the EHLO reply", "EHLO 응답의 값"},
		"pipelining":   {"Pipelining", "파이프라이닝"},
		"practice":     {"In practice also", "실제로는 이것에도"},
		"refs":         {"Source", "출처"},
		"rules":        {"Rules", "관련 규칙"},
		"seen":         {"When you see it", "나오는 경우"},
		"status":       {"Status", "구분"},
		"subject":      {"About", "분야"},
		"success":      {"Success", "성공 응답"},
		"syntax":       {"Syntax", "구문"},
		"text":         {"Text", "응답 문구"},
		"tolerated":    {"Tolerated", "묵인되는 응답"},
		"use":          {"For servers", "서버라면"},
		"uses":         {"When which applies", "언제 어느 것을 쓰나"},
	}
})

func headingOf(key string, l codes.Lang) string { return headings()[key][l] }
