package report

import (
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// manyRemarks is from how many on remarks are folded.
const manyRemarks = 5

// rung draws rungs k to end, which belong together.
func (d *ladder) rung(k, end int) {
	r := &d.l.Rungs[k]
	switch r.Kind {
	case lint.LeftOut:
		d.str(`<li class="left">`)
		d.count(r.Count, "line")
		d.str(" not drawn</li>\n")
	case lint.SentContent:
		d.content(k, r)
	case lint.Remarked:
		d.remarks(k, end)
	case lint.Unread:
		d.row(k, "unread")
		d.str(`<span class="what">not understood:</span> <q>`)
		d.html(r.Text)
		d.str("</q></div></li>\n")
	default:
		if r.Party == transcripts.Server {
			d.reply(k, end)
		} else {
			d.command(k, r)
		}
	}
}

// row begins the entry of a rung. Its number stands on the left, and what it
// shows between the two lifelines.
func (d *ladder) row(k int, class string) {
	since := d.pause(d.l.Rungs[k].At)
	d.str(`<li class="row ` + class + d.flag(k, k+1) + `" id="` + d.id + "r" + strconv.Itoa(k) + `">`)
	d.number(&d.l.Rungs[k], since)
	d.str(`<div class="talk">`)
}

// flag is the class of rungs with findings: the highest severity.
func (d *ladder) flag(k, end int) string {
	highest := lint.Off
	for ; k < end; k++ {
		for _, found := range d.found[k] {
			if found.Suppressed == "" {
				highest = max(highest, found.Severity)
			}
		}
	}
	if highest == lint.Off {
		return ""
	}
	return " flagged " + highest.String()
}

func (d *ladder) command(k int, r *lint.Rung) {
	d.row(k, "client")
	d.str(`<div class="said"><span class="vh">Client: </span><code>`)
	d.marked(k, r.Text, verb(r.Text))
	d.str("</code>")
	if r.Early {
		d.str(` <span class="tag">before the reply to the line above</span>`)
	}
	d.str("</div></div></li>\n")
}

// verb is the length of the command word, which is shown in bold.
func verb(line string) int {
	n := strings.IndexAny(line, " :")
	if n < 0 {
		n = len(line)
	}
	if n > len("XFORWARD") {
		return 0
	}
	return n
}

// reply draws the lines of a reply in one box.
func (d *ladder) reply(k, end int) {
	r := &d.l.Rungs[k]
	since := d.pause(r.At)
	d.str(`<li class="row server` + class(r.Text) + d.flag(k, end) + `" id="` + d.id + "r" + strconv.Itoa(k) + `">`)
	d.number(r, since)
	d.str(`<div class="talk"><div class="said"><span class="vh">Server: </span>`)
	for i := k; i < end; i++ {
		line := &d.l.Rungs[i]
		d.str("<code>")
		if i > k {
			d.str(`<span id="` + d.id + "r" + strconv.Itoa(i) + `"></span>`)
		}
		d.marked(i, line.Text, code(line.Text))
		d.str("</code>")
	}
	d.str("</div></div></li>\n")
}

// code is the length of the reply code.
func code(line string) int {
	n := 0
	for n < len(line) && n < 3 && '0' <= line[n] && line[n] <= '9' {
		n++
	}
	return n / 3 * 3
}

// class names the classes of replies that end in failure.
func class(line string) string {
	if code(line) == 3 && (line[0] == '4' || line[0] == '5') {
		return " c" + line[:1]
	}
	return ""
}

// marked writes a line; its first octets are bold, and what findings mean in
// it is marked.
func (d *ladder) marked(k int, line string, bold int) {
	from, to, class := 0, 0, ""
	for _, found := range d.found[k] {
		if p := &found.At; p.Text == line && p.From < p.To && p.To <= len(line) && class == "" {
			from, to, class = p.From, p.To, found.Severity.String()
		}
	}
	if class == "" {
		from, to = len(line), len(line)
	}
	for i := 0; i < len(line); {
		next := len(line)
		for _, edge := range [...]int{bold, from, to} {
			if edge > i && edge < next {
				next = edge
			}
		}
		inMark, inBold := from <= i && i < to, i < bold
		if inMark {
			d.str(`<mark class="` + class + `">`)
		}
		if inBold {
			d.str("<b>")
		}
		d.html(line[i:next])
		if inBold {
			d.str("</b>")
		}
		if inMark {
			d.str("</mark>")
		}
		i = next
	}
	if line == "" {
		d.str("&nbsp;")
	}
}

// remarks draws what the recorder says, folded where it says much.
func (d *ladder) remarks(k, end int) {
	if end-k < manyRemarks {
		for ; k < end; k++ {
			d.row(k, "remark")
			d.html(d.l.Rungs[k].Words())
			d.str("</div></li>\n")
		}
		return
	}
	d.row(k, "remark")
	d.str("<details><summary>")
	d.count(end-k, "remark")
	d.str(" of the recorder</summary><ul>\n")
	for i := k; i < end; i++ {
		d.str("<li")
		if i > k {
			d.str(` id="` + d.id + "r" + strconv.Itoa(i) + `"`)
		}
		d.str(">")
		d.html(d.l.Rungs[i].Words())
		d.str("</li>\n")
	}
	d.str("</ul></details></div></li>\n")
}

// content draws message content as one block with its measures.
func (d *ladder) content(k int, r *lint.Rung) {
	m := r.Content
	d.row(k, "client content")
	d.str(`<details class="said"><summary><span class="vh">Client: </span>message content: `)
	d.count(int(m.Lines), "line")
	d.str(", ")
	d.count(int(m.Octets), "octet")
	d.str("</summary>\n<dl><dt>end</dt><dd>" + ends[m.End] + "</dd>\n")
	if m.Doubled > 0 {
		d.str("<dt>stuffing</dt><dd>")
		d.count(int(m.Doubled), "line")
		d.str(" with the leading period doubled</dd>\n")
	}
	for _, mark := range m.Marks {
		d.str("<dt>" + oddities[mark.Kind] + "</dt><dd>")
		d.count(int(mark.Count), "line")
		d.str(", first in ")
		d.str(lint.Line(mark.First))
		d.str("</dd>\n")
	}
	d.str("</dl></details></div></li>\n")
}

var ends = [...]string{
	transcripts.EndUnknown: "not recorded", transcripts.Dot: "a line with a period",
	transcripts.Counted: "after the announced number of octets (BDAT)",
	transcripts.Cut:     "cut short", transcripts.Elided: "left out by the recorder",
}

// oddities says in words what is odd in content.
var oddities = [...]string{
	transcripts.BareLF: "LF without CR", transcripts.BareCR: "CR without LF", transcripts.NUL: "octet 0",
	transcripts.Control: "control character", transcripts.EightBit: "octet above 127",
	transcripts.LongLine: "longer than 998 octets", transcripts.DotText: "one period, then text",
	transcripts.LoneDot: "period alone, and more behind it", transcripts.DotSpace: "period, then white space",
	transcripts.LooseEnd: "end of message to lenient servers", transcripts.CommandTail: "looks like a command, at the end",
	transcripts.HeaderEightBit: "octet above 127 in the header", transcripts.Long78: "longer than 78 octets",
}
