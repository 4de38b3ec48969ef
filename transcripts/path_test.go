package transcripts

import (
	"net/mail"
	"strings"
	"testing"
)

// command makes a command of a line, as the dialogue does.
func command(text string) *Command {
	var d dialogue
	d.arena.reset()
	return &d.Exchanges[d.say(Ordered, &Line{Text: []byte(text)})].Command
}

func TestEnvelope(t *testing.T) {
	for _, c := range []struct {
		line                       string
		keyword, colon, name, path string
		tail                       string
		route, local, host         string
		kind                       FlawKind
		at                         string
	}{
		{line: "MAIL FROM:<a@example.com>", keyword: "FROM", colon: ":", path: "<a@example.com>", local: "a", host: "example.com"},
		{line: "mail from:<> SIZE=1", keyword: "from", colon: ":", path: "<>", tail: " SIZE=1"},
		{line: "MAIL FROM: SIZE=1 BODY=8BITMIME", keyword: "FROM", colon: ":", tail: " SIZE=1 BODY=8BITMIME"},
		{line: "MAIL FROM: smtputf8", keyword: "FROM", colon: ":", tail: " smtputf8"},
		{line: "MAIL FROM:SIZE=1", keyword: "FROM", colon: ":", path: "SIZE=1", local: "SIZE=1", kind: NoDomain},
		{line: "MAIL FROM : <a@b.c>", keyword: "FROM", colon: " : ", path: "<a@b.c>", local: "a", host: "b.c"},
		{line: "MAIL FROM <a@b.c>", keyword: "FROM", colon: " ", path: "<a@b.c>", local: "a", host: "b.c"},
		{line: "MAIL <a@b.c>", path: "<a@b.c>", local: "a", host: "b.c"},
		{line: "MAIL a@b.c", path: "a@b.c", local: "a", host: "b.c"},
		{line: "RCPT TO:b@example.org NOTIFY=NEVER", keyword: "TO", colon: ":", path: "b@example.org", tail: " NOTIFY=NEVER", local: "b", host: "example.org"},
		{line: "RCPT TO:<b@example.org NOTIFY=NEVER", keyword: "TO", colon: ":", path: "<b@example.org", tail: " NOTIFY=NEVER", local: "b", host: "example.org"},
		{line: "RCPT TO:b@example.org>", keyword: "TO", colon: ":", path: "b@example.org>", local: "b", host: "example.org"},
		{line: "RCPT TO:Bob <b@example.org>", keyword: "TO", colon: ":", name: "Bob ", path: "<b@example.org>", local: "b", host: "example.org"},
		{line: "MAIL FROM:a@b.c AUTH=<>", keyword: "FROM", colon: ":", path: "a@b.c", tail: " AUTH=<>", local: "a", host: "b.c"},
		{line: "RCPT TO:<@a.example,@[192.0.2.1]:b@c.example>", keyword: "TO", colon: ":", path: "<@a.example,@[192.0.2.1]:b@c.example>",
			route: "@a.example,@[192.0.2.1]", local: "b", host: "c.example"},
		{line: "RCPT TO:<@[IPv6:::1]:b@c.example>", keyword: "TO", colon: ":", path: "<@[IPv6:::1]:b@c.example>", route: "@[IPv6:::1]", local: "b", host: "c.example"},
		{line: `RCPT TO:<"a>b c\" @ "@d.example> X=1`, keyword: "TO", colon: ":", path: `<"a>b c\" @ "@d.example>`, tail: " X=1", local: `"a>b c\" @ "`, host: "d.example"},
		{line: `RCPT TO:<"a@d.example> X=1`, keyword: "TO", colon: ":", path: `<"a@d.example>`, tail: " X=1", local: `"a`, host: "d.example", kind: OpenQuote, at: `"a`},
		{line: "VRFY b@example.org SMTPUTF8", path: "b@example.org", tail: " SMTPUTF8", local: "b", host: "example.org"},
		{line: "VRFY Bob <b@example.org>", name: "Bob ", path: "<b@example.org>", local: "b", host: "example.org"},
		{line: "NOOP <a@b.c>"},
		{line: "MAIL"},
		{line: "MAIL FROM:", keyword: "FROM", colon: ":"},
	} {
		e := command(c.line).Envelope()
		p := &e.Path
		got := strings.Join([]string{e.Keyword, e.Colon, p.Name, p.Text, e.Tail, p.Route, p.Mailbox.Local, p.Mailbox.Host.Text}, "|")
		want := strings.Join([]string{c.keyword, c.colon, c.name, c.path, c.tail, c.route, c.local, c.host}, "|")
		if got != want || p.Mailbox.Flaw != (Flaw{c.kind, c.at}) {
			t.Errorf("%s:\n got %s %+v\nwant %s %+v", c.line, got, p.Mailbox.Flaw, want, Flaw{c.kind, c.at})
		}
		if p.Text != "" && (p.Open != (p.Text[0] == '<') || p.Closed != strings.HasSuffix(p.Text, ">")) {
			t.Errorf("%s: open %v, closed %v", c.line, p.Open, p.Closed)
		}
	}
}

func TestMailboxFlaws(t *testing.T) {
	for text, want := range map[string]Flaw{
		"a@example.com":                     {},
		"a.b+c=d!e%f/g{h}~@x-1.example":     {},
		"*@example.com":                     {},
		`"b..c"@example.org`:                {},
		`"a\"b c@d"@example.org`:            {},
		"jos\u00e9@ex\u00e4mple.org":        {},
		"\"jos\u00e9\"@example.org":         {},
		"a@[192.0.2.1]":                     {},
		"a@[192.0.02.001]":                  {},
		"a@[IPv6:2001:db8::1]":              {},
		"a@[ipv6:::ffff:192.0.2.1]":         {},
		"a@[IPv6:fe80::1%eth0]":             {},
		"a@example.museum":                  {},
		"a@123.example":                     {},
		"a@b":                               {},
		"@example.com":                      {EmptyLocal, "@"},
		".a@example.com":                    {LeadingDot, "."},
		"a.@example.com":                    {TrailingDot, "."},
		"a..b@example.com":                  {DoubleDot, ".."},
		"a b@example.com":                   {Unquoted, " "},
		`a"b@example.com`:                   {Unquoted, `"`},
		"a\x00b@example.com":                {Unquoted, "\x00"},
		"<a@example.com":                    {Unquoted, "<"},
		`""@example.com`:                    {EmptyQuote, `""`},
		`"a@example.com`:                    {OpenQuote, `"a`},
		`"a`:                                {OpenQuote, `"a`},
		`"`:                                 {OpenQuote, `"`},
		`"a\`:                               {OpenQuote, `"a\`},
		"\"a\tb\"@example.com":              {BadQuoted, "\t"},
		`"a"b@example.com`:                  {AfterQuote, "b"},
		`"a"b`:                              {AfterQuote, "b"},
		`"a".b@example.com`:                 {AfterQuote, ".b"},
		"bob":                               {NoDomain, ""},
		`"bob"`:                             {NoDomain, ""},
		"a@":                                {EmptyDomain, ""},
		"a@.example.com":                    {DottedStart, "."},
		"a@example.com.":                    {DottedEnd, "."},
		"a@example..com":                    {DoubleDot, ".."},
		"a@my_host.example":                 {Underscore, "_"},
		"a@my_host.exam!ple":                {BadHost, "!"},
		"a@-x.example":                      {HyphenEdge, "-x"},
		"a@x.example-":                      {HyphenEdge, "example-"},
		"a@b@example.com":                   {SecondAt, "@"},
		"a@exam ple.com":                    {BadHost, " "},
		"a@192.0.2.1":                       {BareAddress, "192.0.2.1"},
		"a@2001:db8::1":                     {BareAddress, "2001:db8::1"},
		"a@#12345":                          {HostNumber, "#12345"},
		"a@[192.0.2.1":                      {OpenLiteral, "[192.0.2.1"},
		"a@[192.0.2.256]":                   {BadIPv4, "256"},
		"a@[192.0.2]":                       {BadIPv4, "192.0.2"},
		"a@[192.0.2.1.5]":                   {BadIPv4, "192.0.2.1.5"},
		"a@[192.0.2.0001]":                  {BadIPv4, "192.0.2.0001"},
		"a@[2001:db8::1]":                   {UntaggedIPv6, "2001:db8::1"},
		"a@[IPv6:2001:db8]":                 {BadIPv6, "2001:db8"},
		"a@[IPv6:192.0.2.1]":                {BadIPv6, "192.0.2.1"},
		"a@[IPv4:192.0.2.1]":                {UnknownTag, "IPv4"},
		"a@[mail.example.com]":              {BadLiteral, "mail.example.com"},
		"a@[]":                              {BadLiteral, ""},
		"jos\xe9@example.com":               {BadUTF8, "\xe9"},
		"a@ex\xe4mple.com":                  {BadUTF8, "\xe4"},
		"\"jos\xe9\"@example.com":           {BadUTF8, "\xe9"},
		"a..b@my_host.example":              {DoubleDot, ".."},
		strings.Repeat("a", 70) + "@b.c.d.": {DottedEnd, "."},
	} {
		m := ParseMailbox(text)
		if m.Flaw != want {
			t.Errorf("%q: got %q at %q, want %q at %q", text, m.Flaw.Kind, m.Flaw.At, want.Kind, want.At)
		}
	}
}

func TestLiteralAddress(t *testing.T) {
	for text, want := range map[string]string{
		"[192.0.02.1]": "192.0.2.1", "[IPv6:2001:DB8::1]": "2001:db8::1", "192.0.2.1": "192.0.2.1", "example.com": "invalid IP",
	} {
		if h := ParseHost(text); h.Addr.String() != want {
			t.Errorf("%s: got %s, want %s", text, h.Addr, want)
		}
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "a.": 1, "a.b.c": 3, "[192.0.2.1]": 0} {
		if h := (Host{Text: text}); h.Labels() != want {
			t.Errorf("%q: got %d labels, want %d", text, h.Labels(), want)
		}
	}
}

func TestHidden(t *testing.T) {
	for text, want := range map[string]bool{
		"***@example.org": true, "a@xxxxx.xxx": true, "<redacted>@example.org": true, "[email hidden]": true,
		"[email protected]": true, "b@[my ip address]": true, "b@[192.168.x.x]": true, "b@[localhost]": false, "b@[192.0.2.1]": false, "b@[IPv6:::1]": false,
		"b@example.org<mailto:b@example.org>": true, "[b@example.org](mailto:b@example.org)": true, "b(at)example.org": true, "b at example dot org": true, "*": true,
		"redacted": true, "{user.Address}": true, "{a}b@example.org": false, "b...@example.org": true, "x@example.org": false, "xx@example.org": false, "a*b@example.org": false,
	} {
		if m := ParseMailbox(text); m.Hidden() != want {
			t.Errorf("%s: hidden is %v, want %v", text, m.Hidden(), want)
		}
	}
}

// FuzzPath holds the parser to what it promises: the pieces put together are
// the argument, flaws are pieces of it, and what is called good is good for
// others as well.
func FuzzPath(f *testing.F) {
	for _, line := range []string{
		"MAIL FROM:<a@example.com> SIZE=1 BODY=8BITMIME", "RCPT TO:<@a,@b:c@d> NOTIFY=NEVER", `MAIL FROM : Bob <"a\"b"@[IPv6:::1]>`,
		"RCPT TO:<a@1.2.3.4", "VRFY <\"a>", "EXPN list SMTPUTF8", "MAIL FROM:<\xc3\xa9@\xe4.b>\tX==", "RCPT TO:@:@@<>>",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c := command(line)
		if c.Verb <= Unknown {
			return
		}
		e := c.Envelope()
		p := &e.Path
		if all := e.Keyword + e.Colon + p.Name + p.Text + e.Tail; all != c.Args && all != "" {
			t.Fatalf("%q: the pieces make %q", c.Args, all)
		}
		if !strings.Contains(p.Text, p.Mailbox.Text) || !strings.Contains(p.Mailbox.Text, p.Mailbox.Flaw.At) {
			t.Fatalf("%q: the flaw %q is not in the mailbox %q of the path %q", c.Args, p.Mailbox.Flaw.At, p.Mailbox.Text, p.Text)
		}
		if m := p.Mailbox.Local + "@" + p.Mailbox.Host.Text; m != p.Mailbox.Text && p.Mailbox.Local != p.Mailbox.Text {
			t.Fatalf("%q: the parts of the mailbox make %q", p.Mailbox.Text, m)
		}
		for param := range c.Params() {
			if param.Text == "" || !strings.Contains(e.Tail, param.Text) || !strings.Contains(param.Text, param.Flaw().At) {
				t.Fatalf("%q: parameter %+v", e.Tail, param)
			}
		}
		switch c.Form() {
		case PlainForm:
			checkPlain(t, c)
		case SizedForm:
			checkSized(t, c)
		}
		if p.Mailbox.Text != "" && p.Mailbox.Flaw.None() && !p.Mailbox.Host.Literal() {
			if _, err := mail.ParseAddress("<" + p.Mailbox.Text + ">"); err != nil {
				t.Fatalf("%q has no flaw, but net/mail says: %v", p.Mailbox.Text, err)
			}
		}
	})
}

// checkPlain holds a plain command to having no flaw at all.
func checkPlain(t *testing.T, c *Command) {
	e := c.Envelope()
	m := &e.Path.Mailbox
	good := false
	switch c.Verb {
	case MAIL, RCPT:
		good = strings.EqualFold(e.Keyword+e.Colon, map[Verb]string{MAIL: "FROM:", RCPT: "TO:"}[c.Verb]) && e.Tail == "" &&
			(e.Path.Null() && c.Verb == MAIL || m.Flaw.None() && len(m.Local) <= 64 && m.Host.Labels() > 1 && e.Path.Name == "" && e.Path.Open && e.Path.Closed)
	case EHLO, HELO, LHLO:
		h := ParseHost(c.Args)
		good = h.Flaw.None() && h.Labels() > 1
	default:
		good = c.Args == "" && strings.EqualFold(c.Text, c.Verb.String())
	}
	if !good || len(c.Text) > 510 {
		t.Fatalf("%q is called plain", c.Text)
	}
}

// checkSized holds a command that is plain but for some parameters to these being
// without flaw, and each of them there once.
func checkSized(t *testing.T, c *Command) {
	n := 0
	for param := range c.Params() {
		n++
		if _, once := c.Param(param.Keyword); !once || !param.Flaw().None() || param.Keyword != "SIZE" && param.Keyword != "BODY" {
			t.Fatalf("%q is called plain but for SIZE and BODY", c.Text)
		}
	}
	path, rest, _ := strings.Cut(c.Text, "> ")
	if n != strings.Count(rest, " ")+1 || n > 2 || n == 2 && strings.Count(rest, "SIZE=") != 1 {
		t.Fatalf("%q is called plain but for SIZE and BODY", c.Text)
	}
	checkPlain(t, command(path+">"))
}

func TestSized(t *testing.T) {
	for params, want := range map[string]Form{
		"": PlainForm, " SIZE=1": SizedForm, " SIZE=123456789012345678": SizedForm, " BODY=8BITMIME": SizedForm, " BODY=7BIT SIZE=10": SizedForm,
		" SIZE=": OddForm, " SIZE": OddForm, " SIZE=1 SIZE=2": OddForm, " SIZE=1234567890123456789": OddForm, " SIZE=1a": OddForm, " SIZE=1 ": OddForm,
		"  SIZE=1": OddForm, " BODY=BINARYMIME": OddForm, " BODY=7BITS": OddForm, " BODY=7BIT BODY=7BIT": OddForm, " SIZE=1 RET=HDRS": OddForm, "SIZE=1": OddForm,
	} {
		c := command("MAIL FROM:<a@example.com>" + params)
		if got := c.Form(); got != want {
			t.Errorf("%q: form %d, want %d", c.Text, got, want)
		}
		if c.Form() == SizedForm {
			checkSized(t, c)
		}
	}
	if c := command("RCPT TO:<a@example.com> SIZE=1"); c.Form() != OddForm {
		t.Errorf("%q: form %d", c.Text, c.Form())
	}
}

func TestPlainReply(t *testing.T) {
	for text, want := range map[string]bool{
		"250 ok": true, "250 2.1.0 ok": true, "250-mx\n250 SIZE 1": true, "550-5.1.1 no\n550 5.1.1 nobody": true, "354 go": true,
		"250-mx\n250-8BITMIME\n250 STARTTLS": true, "250-2.1.0 a\n250 8BITMIME": false, "250 8.bit": false, "250 X.1.0 a": false, "250 a": true, "250 8": false,
		"250": false, "250 ": false, "250-mx": false, "250 \xc3\xa9": false, "250 5.1.0 ok": false, "250 2.01.0 ok": false, "250 2.1.1000 ok": false, "250 2.1 ok": false,
		"250-2.1.0 a\n250 b": false, "250-a\n250 2.1.0 b": false, "250-2.1.0 a\n250 2.1.5 b": false, "250-a\n251 b": false, "150 a": false, "290 a": false, "650 a": false,
		"250 " + strings.Repeat("a", 500): false, "250 #2.1.0 ok": false, "250 1.2": false, "250 2.1.0": false, "250 a\tb": false,
	} {
		for s := range Read(strings.NewReader("C: NOOP\nS: "+strings.ReplaceAll(text, "\n", "\nS: ")+"\n"), Plain, Hints{}) {
			if r := &s.Exchanges[0].Reply; r.Plain() != want {
				t.Errorf("%q: plain is %v, want %v", text, !want, want)
			}
		}
	}
}

func TestPlain(t *testing.T) {
	for line, want := range map[string]bool{
		"MAIL FROM:<a.b+c@x-1.example.com>": true, "mail from:<>": true, "RCPT TO:<b@example.org>": true, "EHLO a.example": true,
		"QUIT": true, "rset": true,
		"MAIL FROM: <a@b.c>": false, "MAIL FROM:<a@b.c> SIZE=1": false, "RCPT TO:<>": false, "RCPT TO:<b>": false, "RCPT TO:<b@c>": false,
		"RCPT TO:<b..c@d.e>": false, "RCPT TO:<.c@d.e>": false, "RCPT TO:<c.@d.e>": false, "RCPT TO:<c@d.e.>": false, "RCPT TO:<c@d.1>": false,
		"RCPT TO:<c%d@e.f>": false, "RCPT TO:<***@e.f>": false, "RCPT TO:<c@-d.e>": false, "RCPT TO:<c@d-.e>": false, "RCPT TO:<c@d_e.f>": false,
		"RCPT TO:<\"c\"@d.e>": false, "RCPT TO:<\xc3\xa9@d.e>": false, "RCPT TO:b@example.org": false, "RCPT T\x0f:<b@example.org>": false,
		"MAIL FROM:<" + strings.Repeat("a", 65) + "@b.c>": false, "MAIL FROM:<a@" + strings.Repeat("b.", 100) + "c>": false,
		"EHLO localhost": false, "EHLO [192.0.2.1]": false, "EHLO": false, "EHLO a.b c": false, "EHLO 192.0.2.1": false,
		"EHLO a.example ": false, "EHLO  a.example": false, "RCPT TO:<b@example.org>\t": false, "QUIT now": false, "RSET ": false, "NOOP hi": false, "VRFY b": false, "": false, "X": false,
	} {
		c := command(line)
		if c.Plain() != want {
			t.Errorf("%q: plain is %v, want %v", line, !want, want)
		}
		if c.Plain() {
			checkPlain(t, c)
		}
	}
}

// TestPathAllocatesNothing: MAIL and RCPT are frequent.
func TestPathAllocatesNothing(t *testing.T) {
	c := command(`RCPT TO:<@relay.example:"a b"@[IPv6:2001:db8::1]> NOTIFY=NEVER ORCPT=rfc822;a@example.com`)
	n := testing.AllocsPerRun(100, func() {
		for p := range c.Params() {
			if !p.Flaw().None() {
				t.Fatal("a flaw")
			}
		}
	})
	if n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkEnvelope(b *testing.B) {
	for _, line := range []string{"MAIL FROM:<jizope.viv@nugel.example.com> SIZE=1000", "RCPT TO:<haba.ga@bahise.example.org>"} {
		c := command(line)
		b.Run(c.Verb.String(), func(b *testing.B) {
			for b.Loop() {
				c.Envelope()
			}
		})
		b.Run(c.Verb.String()+"/Plain", func(b *testing.B) {
			for b.Loop() {
				c.Plain()
			}
		})
	}
}
