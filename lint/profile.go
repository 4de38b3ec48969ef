package lint

import (
	"maps"
	"slices"

	"github.com/smtplint/smtplint/transcripts"
)

// A Profile is a set of rule settings for one kind of recording.
type Profile struct {
	Name    string
	Purpose string              // one line, no full stop
	All     []Area              // in these areas all rules are on
	Rules   map[string]Severity // by rule ID; stronger than All
	Hints   transcripts.Hints   // facts that hold where a recording does not state others
}

// Profiles lists the profiles: the two general ones, then by kind of server.
var Profiles = []Profile{
	{
		Name:    "standard",
		Purpose: "every rule at its own severity, without those that are off by default",
	},
	{
		Name:    "strict",
		Purpose: "also the rules about the protocol that are off by default",
		All:     []Area{Session, Reply, Data, TLS, Auth, Extension, Client, Grammar},
	},
	{
		Name:    "mx",
		Purpose: "a server that takes mail from other servers, on port 25",
		Rules: map[string]Severity{
			"null-sender-refused":       Error, // reports could not be delivered
			"postmaster-rejected":       Error,
			"unregistered-ehlo-keyword": Info,
		},
		Hints: transcripts.Hints{Port: 25},
	},
	{
		Name:    "submission",
		Purpose: "a server that takes new mail from users who log in, on port 587",
		Rules: map[string]Severity{
			"helo-instead-of-ehlo":        Warning, // without EHLO there is no AUTH
			"postmaster-rejected":         Off,
			"starttls-offered-not-used":   Warning,
			"too-many-recipients-code":    Info, // quotas are usual
			"vrfy-disabled-should-be-252": Off,
		},
		Hints: transcripts.Hints{Port: 587},
	},
	{
		Name:    "lmtp",
		Purpose: "local delivery: the conversations are LMTP",
		Rules: map[string]Severity{
			"starttls-offered-not-used": Off, // on the same host, or next to it
		},
		Hints: transcripts.Hints{LMTP: true},
	},
	{
		Name:    "test-double",
		Purpose: "a server made for tests, where the client is what is being tested",
		Rules: map[string]Severity{
			"accepts-bad-sequence":             Off,
			"advertised-but-not-implemented":   Off,
			"bearer-token-in-transcript":       Info, // of nobody
			"crackable-exchange":               Info,
			"credential-in-transcript":         Info,
			"greeting-without-domain":          Off,
			"hello-not-fqdn":                   Off, // the client runs where its tests do
			"lmtp-missing-extensions":          Off,
			"recipient-limit-below-100":        Off,
			"reply-without-text":               Off,
			"required-command-not-implemented": Info,
			"server-closed-without-421":        Info,
			"unusual-reply-for-command":        Off,
			"vrfy-disabled-should-be-252":      Off,
			"vrfy-success-without-mailbox":     Off,
		},
	},
	{
		Name:    "publish",
		Purpose: "a recording that others will see: what is private in it, too",
		Rules: map[string]Severity{
			"internal-names-leak":           Warning,
			"message-content-in-transcript": Warning,
			"personal-data-in-transcript":   Warning,
		},
	},
}

// FindProfile returns the profile with a name, or nil.
func FindProfile(name string) *Profile {
	i := slices.IndexFunc(Profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &Profiles[i]
}

// ProfileNames lists the names of the profiles.
func ProfileNames() []string {
	var names []string
	for i := range Profiles {
		names = append(names, Profiles[i].Name)
	}
	return names
}

// Set puts the severities of the profile into those of a Settings.
func (p *Profile) Set(rules []*Rule, severities map[string]Severity) {
	for _, r := range rules {
		if slices.Contains(p.All, r.Area) {
			severities[r.ID] = r.Severity
		}
	}
	maps.Copy(severities, p.Rules)
}

// Hint adds the facts of the profile to hints that do not have others.
func (p *Profile) Hint(h *transcripts.Hints) {
	if h.Port == 0 {
		h.Port = p.Hints.Port
	}
	h.LMTP = h.LMTP || p.Hints.LMTP
}
