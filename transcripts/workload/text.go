package workload

// A notation writes sessions as text.
type notation struct {
	begin, end                string
	client, server, complaint string // before each line; complaint is before refusals
}

var (
	plain = notation{end: "\n", client: "C: ", server: "S: ", complaint: "S: "}
	swaks = notation{
		begin: "=== Trying 192.0.2.1:25...\n=== Connected to 192.0.2.1.\n", end: "=== Connection closed with remote host.\n",
		client: " -> ", server: "<-  ", complaint: "<** ",
	}
)

func (n *notation) put(out *output, s step) {
	mark := n.client
	switch {
	case s.server && s.text[0] > '3':
		mark = n.complaint
	case s.server:
		mark = n.server
	}
	out.put(mark, s.text, "\n")
}

func writeText(out *output, g *generator, n notation, size int64) {
	for out.n < size && out.err == nil {
		out.put(n.begin)
		for _, s := range g.session() {
			n.put(out, s)
		}
		out.put(n.end)
	}
}

// writeBig writes one session with one message, of lines like line, or of one
// line where that is empty.
func writeBig(out *output, g *generator, size int64, line string) {
	g.pieces = []func(*generator){(*generator).message}
	g.short = true
	body := false
	for _, s := range g.session() {
		if s.text == "." && !body {
			body = true
			for line != "" && out.n < size && out.err == nil {
				plain.put(out, step{text: line})
			}
			if line == "" {
				out.put(plain.client)
				for out.n < size && out.err == nil {
					out.put(base64Line)
				}
				out.put("\n")
			}
		}
		plain.put(out, s)
	}
}
