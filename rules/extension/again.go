package extension

import (
	"strconv"

	"github.com/smtplint/smtplint/lint"
)

// again reports whether an exchange before i had the same fault already: a
// client or a server that always does so makes one finding, not one for each
// command. It looks back only where the rule has found something, and not for
// ever: what goes beyond enough findings is not looked at.
func again(p *lint.Pass, i int, same func(j int) bool) bool {
	const enough = 8
	if n := p.Found(); n == 0 || n >= enough {
		return n > 0
	}
	for j := i - 1; j >= max(0, i-lint.LookBack); j-- {
		if same(j) {
			return true
		}
	}
	return false
}

// refused adds that the server refused the command, where it did.
func refused(p *lint.Pass, i int, d *lint.Diagnostic) *lint.Diagnostic {
	if p.Exchanges[i].Reply.Code.Failed() {
		d.Note(p.Reply(i), "the server refused it")
	}
	return d
}

// quote puts text in quotes, and shortens it where it is long.
func quote(text string) string {
	const most = 60
	if len(text) <= most {
		return strconv.Quote(text)
	}
	return strconv.Quote(text[:most]) + "..."
}
