package lint

import (
	"fmt"
	"go/doc/comment"
	"html"
	"strings"
)

// HTML is the page of a rule without its name and title, for a place where
// headings are of a level.
func (r *Rule) HTML(level int) string {
	var b strings.Builder
	var parser comment.Parser
	printer := comment.Printer{HeadingLevel: level, HeadingID: func(*comment.Heading) string { return "" }}
	b.Write(printer.HTML(parser.Parse(strings.TrimSpace(r.Doc))))
	for _, bad := range []bool{true, false} {
		for _, e := range r.Examples {
			if e.Bad == bad {
				fmt.Fprintf(&b, "<h%d>%s</h%d>\n<pre>%s</pre>\n", level, e.kind(), level, html.EscapeString(strings.Join(e.lines(), "\n")))
				break
			}
		}
	}
	return b.String()
}
