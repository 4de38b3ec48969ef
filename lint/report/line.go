package report

import (
	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
)

// widest is how many columns of a line are shown where there is no terminal.
const widest = 140

// ellipsis stands for what is cut off a line.
const ellipsis = "..."

var marks = [...]string{"C: ", "S: ", "# "} // by party, as in the plain notation

// appendLine appends the line of a place in plain notation, in at most a width
// of columns, and returns the columns of it that are meant. Of a line that is
// wider, the part around what is meant is shown.
func appendLine(b []byte, p *lint.Place, width int) (line []byte, from, to int) {
	start := len(b)
	mark := marks[p.Party]
	b = append(b, mark...)
	b = text.AppendClean(b, p.Text[:p.From])
	i := len(b)
	b = text.AppendClean(b, p.Text[p.From:p.To])
	j := len(b)
	b = text.AppendClean(b, p.Text[p.To:])
	from = text.Width(b[start:i])
	to = from + text.Width(b[i:j])
	if p.From == 0 {
		from = 0 // the mark belongs to what is meant
	}
	width = max(width, 8*len(ellipsis))
	if to+text.Width(b[j:]) <= width {
		return b, from, to
	}
	if skip := to + len(ellipsis) - width; skip > 0 && from > len(mark)+len(ellipsis) {
		// What is meant lies behind the edge: show it, with a little before it.
		skip = min(skip+len(ellipsis), from-len(mark)) // columns of text left out
		text0 := start + len(mark)
		cut := len(text.Clip(b[text0:], skip))
		skip = text.Width(b[text0 : text0+cut])
		if cut > len(ellipsis) {
			copy(b[text0:], ellipsis)
			b = append(b[:text0+len(ellipsis)], b[text0+cut:]...)
			from, to = from-skip+len(ellipsis), to-skip+len(ellipsis)
		}
	}
	if shown := b[start:]; text.Width(shown) > width {
		b = append(b[:start+len(text.Clip(shown, width-len(ellipsis)))], ellipsis...)
		from, to = min(from, width-len(ellipsis)), min(to, width-len(ellipsis))
	}
	return b, from, to
}
