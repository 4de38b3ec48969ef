package transcripts

import (
	"strings"
	"testing"
)

// TestOffersCut: of a list whose end is not on record nothing is known to be
// missing.
func TestOffersCut(t *testing.T) {
	for in, lacks := range map[string]bool{
		"250-mx\nS: 250 SIZE 100":             true,
		"250-mx\nS: 250-SIZE 100":             false,
		"250-mx\nS: 250 Size 100\nS: 250 DSN": true,
		"250 mx":                              true,
	} {
		text := "S: 220 mx\nC: EHLO me\nS: " + in + "\nC: DSN\nS: 500 what?\nC: QUIT\n"
		for s := range Read(strings.NewReader(text), Plain, Hints{}) {
			o := s.Exchanges[len(s.Exchanges)-1].Before.Offers
			if o.Lacks("DSN") != lacks {
				t.Errorf("%q: DSN is known not to be offered: %v", in, !lacks)
			}
			if strings.Contains(in, "SIZE") && !o.Has("size") {
				t.Errorf("%q: SIZE is not offered", in)
			}
		}
	}
	if unknown := (*Offers)(nil); unknown.Lacks("SIZE") || unknown.Has("SIZE") || unknown.Known() {
		t.Error("something is known of nothing")
	}
}

// TestStale: what was offered before STARTTLS counts as forgotten once there is
// a new list.
func TestStale(t *testing.T) {
	const in = "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250-SIZE\nS: 250-DSN\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n" +
		"C: EHLO me\nS: 250-mx\nS: 250 DSN\nC: QUIT\n"
	for s := range Read(strings.NewReader(in), Plain, Hints{}) {
		for i, want := range []bool{false, false, false, false, true} {
			if got := s.Exchanges[i].Before.Stale("size"); got != want {
				t.Errorf("exchange %d: SIZE is stale: %v", i, got)
			}
		}
		if s.Exchanges[4].Before.Stale("DSN") {
			t.Error("DSN is stale although it is offered again")
		}
	}
}
