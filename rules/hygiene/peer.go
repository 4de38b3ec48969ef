package hygiene

import (
	"net/netip"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/private"
	"github.com/smtplint/smtplint/transcripts"
)

// openingRemarks is how many of a recorder's words are looked at for who took
// part.
const openingRemarks = 32

// peer returns the address that the client connected from, where the recorder
// says so: "client: 192.0.2.1", "192.0.2.1:50000 to 192.0.2.2:25", "connection
// from ... [192.0.2.1]". It is not valid where nothing does.
func peer(p *lint.Pass) netip.Addr {
	for k := range p.Remarks[:min(len(p.Remarks), openingRemarks)] {
		m := &p.Remarks[k]
		if m.After >= 1 {
			break
		}
		low := strings.ToLower(m.Text)
		if m.Note != transcripts.Opened && !strings.HasPrefix(low, "client:") && !strings.Contains(low, "connection from") &&
			!strings.Contains(low, "connect from") && !strings.Contains(low, "connected from") {
			continue
		}
		for _, a := range private.Addresses(m.Text) {
			return a.Unmap()
		}
	}
	return netip.Addr{}
}

// own lists the domains that the recording states to be the server's own, in
// small letters: "local-domains: example.org, example.net".
func own(p *lint.Pass) (domains []string) {
	for k := range p.Remarks[:min(len(p.Remarks), openingRemarks)] {
		if name, list, found := strings.Cut(strings.ToLower(p.Remarks[k].Text), ":"); found && strings.TrimSpace(name) == "local-domains" {
			domains = append(domains, strings.FieldsFunc(list, func(c rune) bool { return c == ' ' || c == ',' })...)
		}
	}
	return domains
}
