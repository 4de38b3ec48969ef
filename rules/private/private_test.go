package private

import (
	"net/netip"
	"slices"
	"testing"
)

func TestMailboxes(t *testing.T) {
	for text, want := range map[string][]string{
		"MAIL FROM:<a.b@example.com> AUTH=c@d.e": {"a.b@example.com", "c@d.e"},
		"250 2.1.5 b@example.org... ok":          {"b@example.org"},
		"@ a@ @b <>":                             nil,
		"zoë@exämple.org.":                       {"zoë@exämple.org"},
		"a@b@c":                                  {"a@b", "b@c"},
		".a@b-":                                  {"a@b"},
	} {
		var got []string
		for s := range Mailboxes(text) {
			got = append(got, text[s.From:s.To])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string][]string{
		"Connection from client [8.8.8.8]:25": {"8.8.8.8"},
		"8.8.4.4:1234 to 2001:4860::8888":     {"8.8.4.4", "2001:4860::8888"},
		"[IPv6:2001:4860::8888]":              {"2001:4860::8888"},
		"at 10:20:30 of 2.6.1, v1.2.3.4":      nil,
		"1.2.3.4.5 300.1.1.1 a1.2.3.4":        nil,
		"Sendmail 8.17.1.9/8.17.1.9/Submit":   nil,
		"ends with 8.8.8.8.":                  {"8.8.8.8"},
		"Sendmail 8.17.1.9; ready":            nil,
		"MAIL Service, Version: 6.0.37.46":    nil,
		"the version is not 8.8.8.8":          {"8.8.8.8"},
		"sent by Sendmail: (8.8.8.8)":         {"8.8.8.8"},
	} {
		var got []string
		for s := range Addresses(text) {
			got = append(got, text[s.From:s.To])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReal(t *testing.T) {
	for mailbox, want := range map[string]bool{
		"jane.doe@bigcompany.com": true, "postmaster@bigcompany.com": false, "a@example.com": false, "a@mx.example.org.": false,
		"a@corp.test": false, "a@localhost": false, "a@printer.local": false, "a@[192.0.2.1]": false, "a@notexample.com": true, "a@b.zz": false, "a@..bc": false, "xxxx@xxx.xx": false, "x@x.org": true, "a@b.c": false, "a@b.de": true,
	} {
		if Real(mailbox) != want {
			t.Errorf("%s is somebody's: %v", mailbox, !want)
		}
	}
	for address, want := range map[string]bool{
		"8.8.8.8": true, "192.0.2.1": false, "10.0.0.1": false, "127.0.0.1": false, "2001:db8::1": false, "2001:4860::8888": true,
		"fd00::1": false, "::ffff:192.0.2.1": false, "100.64.0.1": false, "0.0.0.0": false, "0.1.2.3": false, "250.1.2.3": false, "3fff::1": false, "64:ff9b::1": false, "2a00::1": true,
	} {
		if Public(netip.MustParseAddr(address)) != want {
			t.Errorf("%s is public: %v", address, !want)
		}
	}
}
