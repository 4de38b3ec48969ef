package workload

import "fmt"

// atOnce is how many sessions a log is in the middle of.
const atOnce = 1000

// noise is what Postfix's smtpd says in between with -v.
var noise = [...]string{
	"match_hostname: smtpd_client_event_limit_exceptions: mail.example.com ~? 127.0.0.0/8",
	">>> START Recipient address RESTRICTIONS <<<",
	"generic_checks: name=permit_mynetworks status=0",
	"ctable_locate: move existing entry key user@example.org",
	"rewrite_clnt: local: user@example.org -> user@example.org",
	"input attribute name: status",
	"smtpd_check_rewrite: trying: permit_inet_interfaces",
}

// A process is one smtpd and the session that it serves.
type process struct {
	steps []step
	peer  string
}

// writeSyslog writes the log of a thousand smtpd processes. Each goes on to a
// new session when one is over, until there is enough.
func writeSyslog(out *output, g *generator, size int64) {
	var all [atOnce]process
	for n, busy := 0, 0; (out.n < size || busy > 0) && out.err == nil; n++ {
		pid := g.r.IntN(atOnce)
		p := &all[pid]
		head := fmt.Sprintf("Nov 23 %02d:%02d:%02d mx1 postfix/smtpd[%d]: ", 14+n/3_600_000%10, n/60_000%60, n/1000%60, 2000+pid)
		switch {
		case len(p.steps) == 0 && out.n >= size:
			continue
		case len(p.steps) == 0:
			busy++
			p.steps = append(p.steps, g.session()...)
			p.peer = fmt.Sprintf("%s[203.0.113.%d]", g.host(), g.r.IntN(256))
			out.put(head, "connect from ", p.peer, "\n")
			continue
		case n%2 == 0:
			out.put(head, noise[g.r.IntN(len(noise))], "\n")
			continue
		}
		s := p.steps[0]
		p.steps = p.steps[1:]
		mark := "< "
		if s.server {
			mark = "> "
		}
		out.put(head, mark, p.peer, ": ", s.text, "\n")
		if len(p.steps) == 0 {
			busy--
			out.put(head, "disconnect from ", p.peer, "\n")
		}
	}
}
