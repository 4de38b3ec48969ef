package codes

import (
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// TestCommandsAreComplete: every verb is explained, no field is empty, and what
// is offered by a keyword has that extension.
func TestCommandsAreComplete(t *testing.T) {
	for v := transcripts.Unknown + 1; int(v) < transcripts.NumVerbs; v++ {
		if c := FindCommand(strings.ToLower(v.String())); c == nil || c.Answers != Allowed(v) {
			t.Errorf("%s is not explained", v)
		}
	}
	for i := range Commands {
		c := &Commands[i]
		for _, field := range []string{c.Name, c.Meaning, c.Needs, c.Changes, c.Pipelining, string(c.Status)} {
			if strings.TrimSpace(field) == "" {
				t.Errorf("%s has an empty field", c.Name)
			}
		}
		if c.Answers == nil || c.Answers.To != c.Name || len(c.Refs) == 0 || c.Syntax == "" && c.Name != Greeting {
			t.Errorf("%s: answers, references or syntax are wrong", c.Name)
		}
		if c.Offered != "" && FindExtension(c.Offered) == nil {
			t.Errorf("%s is offered by %s, which is not explained", c.Name, c.Offered)
		}
	}
}

func TestCommandNames(t *testing.T) {
	for name, want := range map[string]string{"vrfy": "VRFY", ".": EndOfData, "greeting": Greeting, "Connect": Greeting} {
		if c := FindCommand(name); c == nil || c.Name != want {
			t.Errorf("%q does not find %s", name, want)
		}
	}
	if FindCommand("FOO") != nil || FindCommand("") != nil {
		t.Error("a command is found that there is not")
	}
}

// TestExtensionsAreComplete: in order, no field empty, and all that IANA has,
// but for the keywords that only name a command of RFC 821.
func TestExtensionsAreComplete(t *testing.T) {
	for i := range Extensions {
		e := &Extensions[i]
		for _, field := range []string{e.Keyword, e.Meaning, e.Adds, e.Heed, string(e.Status)} {
			if strings.TrimSpace(field) == "" {
				t.Errorf("%s has an empty field", e.Keyword)
			}
		}
		if len(e.Refs) == 0 {
			t.Errorf("%s has no reference", e.Keyword)
		}
	}
	if !slices.IsSortedFunc(Extensions, func(a, b ServiceExtension) int { return strings.Compare(a.Keyword, b.Keyword) }) {
		t.Error("Extensions are not in order")
	}
	for _, keyword := range []string{"8BITMIME", "ATRN", "AUTH", "BINARYMIME", "BURL", "CHECKPOINT", "CHUNKING", "CONNEG", "CONPERM",
		"DELIVERBY", "DSN", "ENHANCEDSTATUSCODES", "ETRN", "EXPN", "FUTURERELEASE", "HELP", "LIMITS", "MT-PRIORITY", "MTRK",
		"NO-SOLICITING", "PIPELINING", "REQUIRETLS", "RRVS", "SIZE", "SMTPUTF8", "STARTTLS", "SUBMITTER", "UTF8SMTP"} {
		if FindExtension(strings.ToLower(keyword)) == nil {
			t.Errorf("%s is not explained", keyword)
		}
	}
}

// TestPipeliningIsConsistent: the page of PIPELINING names what ends a group as
// the pages of the commands do.
func TestPipeliningIsConsistent(t *testing.T) {
	page := FindExtension("PIPELINING").Heed
	ends, _, _ := strings.Cut(page, ";")
	for _, name := range []string{"EHLO", "DATA", "VRFY", "EXPN", "NOOP", "QUIT", "STARTTLS", "AUTH", "MAIL", "RCPT", "RSET"} {
		c := FindCommand(name)
		if ending := strings.HasPrefix(c.Pipelining, "Only as the last"); ending != strings.Contains(ends, name) {
			t.Errorf("%s: its page says %q, that of PIPELINING %q", name, c.Pipelining, page)
		}
	}
}
