package esmtp

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

func TestTablesAreSorted(t *testing.T) {
	if !slices.IsSortedFunc(Extensions, func(a, b Extension) int { return cmp.Compare(a.Keyword, b.Keyword) }) {
		t.Error("the extensions are not sorted by keyword")
	}
	if !slices.IsSortedFunc(Parameters, func(a, b Parameter) int {
		return cmp.Or(cmp.Compare(a.Keyword, b.Keyword), -cmp.Compare(a.Only, b.Only))
	}) {
		t.Error("the parameters are not sorted by keyword, the special before the general")
	}
	if len(Parameters) > 64 {
		t.Error("the rows do not fit into the bits that duplicate-parameter has for them")
	}
	for i := range Parameters {
		p := &Parameters[i]
		if got := FindParameter(strings.ToLower(p.Keyword), p.Only); got != p {
			t.Errorf("%s is not found", p.Keyword)
		}
		if len(p.By) == 0 || len(p.Verbs) == 0 || p.Form == "" || p.Ref.Doc() == "" {
			t.Errorf("%s lacks something", p.Keyword)
		}
	}
	for _, keyword := range []string{"", "1", "{", "SIZ", "SIZES", "X", "é"} {
		if p := FindParameter(keyword, ""); p != nil {
			t.Errorf("%q is %s", keyword, p.Keyword)
		}
	}
}

func session(t *testing.T, text string) *transcripts.Session {
	t.Helper()
	for s := range transcripts.Read(strings.NewReader(text), transcripts.Plain, transcripts.Hints{}) {
		return s
	}
	t.Fatal("no session")
	return nil
}

func TestUses(t *testing.T) {
	for line, want := range map[string]string{
		"MAIL FROM:<a@example.com> size=100 BODY=8BITMIME": "SIZE size=100, 8BITMIME BODY=8BITMIME",
		"MAIL FROM:<a@example.com> BODY=binarymime":        "BINARYMIME BODY=binarymime",
		"MAIL FROM:<a@example.com> NOTIFY=NEVER":           "", // a parameter of RCPT
		"RCPT TO:<a@example.com> NOTIFY=NEVER X=1":         "DSN NOTIFY=NEVER",
		"RCPT TO:<a@example.com> ORCPT=rfc822;a":           "DSN or MTRK ORCPT=rfc822;a",
		"VRFY a@example.com SMTPUTF8":                      "SMTPUTF8 SMTPUTF8",
		"bdat 0 LAST":                                      "CHUNKING bdat",
		"NOOP SIZE=100":                                    "",
		"AUTH PLAIN ****":                                  "AUTH AUTH",
	} {
		s := session(t, "C: "+line+"\nS: 250 ok\n")
		c := &s.Exchanges[0].Command
		env := c.Envelope()
		var got []string
		for u := range Uses(c, &env) {
			got = append(got, strings.Join(u.By, " or ")+" "+u.Part)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: uses %q, want %q", line, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ keyword, good, bad string }{
		{"AUTH", "<> a@example.com e+3Dmc2@example.com ***@example.com", "<a@example.com> a a@ a+b@example.com"},
		{"BODY", "7BIT 8bitmime BINARYMIME", "9BIT 8BIT"},
		{"BY", "60;R +60;rt -60;N 0;N 999999999;NT", "0;R -1;R 60 60;X 60;RR ;R +-1;N 1000000000;N x;N"},
		{"ENVID", "QQ314159 a+20b", "a+b a+2g a+0D+0A " + strings.Repeat("x", 101)},
		{"HOLDFOR", "1 999999999", "0 -1 01 1000000000 x"},
		{"HOLDUNTIL", "2030-01-01T00:00:00Z 2030-01-01t00:00:00z 2030-01-01T00:00:00+02:00", "2030-01-01 86400"},
		{"MT-PRIORITY", "0 9 -9", "10 -0 +1 01 -"},
		{"MTRK", "YWJj YWJj:86400", "abc :1 YWJj: YWJj:x"},
		{"NOTIFY", "NEVER never SUCCESS failure,DELAY", "NEVER,FAILURE SUCCESS, x"},
		{"ORCPT", "rfc822;b@example.org utf-8;bj+20 rfc822;b+2Bc@example.org", "b@example.org rfc822; ;b rfc822;b+c@example.org rfc822;b+00"},
		{"RET", "FULL hdrs", "BODY"},
		{"RRVS", "2014-04-03T23:01:00Z 2014-04-03T23:01:00Z;C 2014-04-03T23:01:00Z;r", "2014 2014-04-03T23:01:00Z;X"},
		{"SIZE", "0 12345678901234567890", "123456789012345678901 abc -1"},
		{"SUBMITTER", "a+2Bb@example.com", "a+b@example.com"},
	} {
		p := FindParameter(c.keyword, "")
		for _, v := range strings.Fields(c.good) {
			if wrong := p.Value(v); wrong != "" {
				t.Errorf("%s=%s: %s", c.keyword, v, wrong)
			}
		}
		for _, v := range strings.Fields(c.bad) {
			if p.Value(v) == "" {
				t.Errorf("%s=%s is taken for good", c.keyword, v)
			}
		}
	}
}

func TestOffers(t *testing.T) {
	for line, want := range map[string]bool{
		"SIZE": true, "SIZE 1000": true, "SIZE unlimited": false, "SIZE 1000 octets": false,
		"AUTH PLAIN": true, "AUTH": false,
		"DELIVERBY": true, "DELIVERBY 60": true, "DELIVERBY -1": false,
		"FUTURERELEASE 86400 2030-01-01T00:00:00Z": true, "FUTURERELEASE 86400": false, "FUTURERELEASE": false, "FUTURERELEASE 1 2": false,
		"LIMITS RCPTMAX=100 MAILMAX=5": true, "LIMITS NEW": true, "LIMITS RCPTMAX=0": false, "LIMITS": false, "LIMITS a=": false, "LIMITS ä=1": false,
	} {
		keyword, params, _ := strings.Cut(line, " ")
		if got := Find(keyword).Offer(params) == ""; got != want {
			t.Errorf("%q is good: %v", line, got)
		}
	}
	s := session(t, "C: EHLO a\nS: 250-b\nS: 250-size 1000\nS: 250 LIMITS RCPTMAX=20 mailmax=99999999999999999999\nC: NOOP\nS: 250 ok\n")
	o := s.Exchanges[1].Before.Offers
	if got := []uint64{SizeLimit(o), Limit(o, "RCPTMAX"), Limit(o, "MAILMAX"), Limit(o, "RCPTDOMAINMAX")}; !slices.Equal(got, []uint64{1000, 20, math.MaxUint64, 0}) {
		t.Errorf("limits: %d", got)
	}
}
