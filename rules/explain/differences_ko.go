package explain

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

// korean says the differences in Korean.
func korean(c *comparison) []string {
	var out []string
	all := "둘 다"
	if len(c.sides) > 2 {
		all = "모두"
	}
	switch fine, failing := c.verdicts(); {
	case len(failing) == 0:
		out = append(out, all+" 오류가 아닙니다.")
	case len(fine) == 0:
		out = append(out, all+" 오류입니다.")
	default:
		out = append(out, topic(joined(fine))+" 오류가 아니고, "+topic(joined(failing))+" 오류입니다.")
	}
	if class := codes.ClassOf(c.sides[0].class, codes.Korean); c.oneClass() {
		out = append(out, fmt.Sprintf("%s %s입니다. 클라이언트는 %s.", all, class.Name, class.Obliges))
	} else {
		for _, s := range c.sides {
			class := codes.ClassOf(s.class, codes.Korean)
			out = append(out, fmt.Sprintf("%s %s입니다. 클라이언트는 %s.", topic(s.name), class.Name, class.Obliges))
		}
	}
	done, open := c.of(transcripts.Success), c.of(transcripts.Intermediate)
	if len(done) > 0 && len(open) > 0 {
		out = append(out, fmt.Sprintf("%s 받으면 명령이 끝났으므로 다음에는 다른 명령을 보냅니다. %s 받으면 끝나지 않았으므로 다음에 보내는 것은 명령이 아닙니다.",
			accusative(done), accusative(open)))
	}
	passing, final := c.of(transcripts.Transient), c.of(transcripts.Permanent)
	if len(passing) > 0 && len(final) > 0 {
		out = append(out, fmt.Sprintf("%s 받은 요청은 나중에 그대로 다시 보내면 될 수 있지만, %s 받은 요청은 그대로는 되지 않습니다.", accusative(passing), accusative(final)))
	}
	common, comparable := c.shared()
	switch {
	case comparable && len(common) == 0:
		out = append(out, "같은 명령에 함께 쓰일 수 없으므로 서로 대신할 수 없습니다.")
	case comparable:
		out = append(out, fmt.Sprintf("%s 다음 명령의 응답일 수 있습니다: %s.", all, joined(commandNames(common, codes.Korean))))
	}
	if subject, ok := c.oneSubject(); ok {
		return append(out, all+" 분야가 같습니다: "+subject+".")
	}
	for _, s := range c.sides {
		if s.reply == nil {
			out = append(out, s.name+": "+s.get("subject")+".")
			continue
		}
		sentence := fmt.Sprintf("%s의 대상: %s", s.name, s.get("answers"))
		if practice := s.get("practice"); practice != "" {
			sentence += " (실제로는 " + practice + "에도)"
		}
		out = append(out, sentence+".", fmt.Sprintf("%s 다음의 상태: %s", s.name, s.get("done")))
	}
	return out
}

// topic puts the particle of the topic behind a number. Which form it takes
// depends on whether the name of the last digit ends in a consonant.
func topic(number string) string { return number + particle(number, "은", "는") }

// accusative puts the particle of the object behind numbers.
func accusative(numbers []string) string {
	s := strings.Join(numbers, ", ")
	return s + particle(s, "을", "를")
}

func particle(number, afterConsonant, afterVowel string) string {
	if number != "" && strings.IndexByte("013678", number[len(number)-1]) >= 0 {
		return afterConsonant
	}
	return afterVowel
}
