package client

import (
	"mime"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

var bounceWithSender = &lint.Rule{
	ID:       "bounce-with-sender",
	Title:    "A delivery report was sent with a sender",
	Area:     lint.Client,
	Side:     lint.ByClient,
	Severity: lint.Warning,
	Default:  true,
	Needs:    transcripts.Order,
	Sees:     transcripts.Bodies,
	Refs:     []lint.Ref{lint.RFC(5321, "6.1"), lint.RFC(5321, "4.5.5"), lint.RFC(3461, "6.1"), lint.RFC(8098, "3")},
	On:       []transcripts.Verb{transcripts.BDAT},
	In:       []transcripts.Kind{transcripts.Content},
	Exchange: func(p *lint.Pass, i int) {
		e := &p.Exchanges[i]
		if e.Body == nil || e.Before.Mail == 0 {
			return
		}
		kind := reportType(e.Body.Header)
		if kind == "" {
			return
		}
		m := mailOf(p, i)
		if m < 0 {
			return
		}
		path := p.Exchanges[m].Command.Path()
		if path.Null() || path.Text == "" || path.Mailbox.Hidden() {
			return
		}
		what := "a delivery report"
		if kind == "disposition-notification" {
			what = "a disposition notification"
		}
		p.Report(p.Part(m, path.Text), "%s was sent with the sender %s", what, path.Text).
			Note(p.BodyStart(i), "its Content-Type says report-type=%s", kind).
			Helpf("send reports with MAIL FROM:<>, so that nothing answers them")
	},
	Doc: `
Reports about mail are sent with the null sender, MAIL FROM:<>. A report that has
one can itself bounce, the bounce can bounce again, and two hosts keep sending
mail to each other until somebody notices.

# What to do

Send delivery reports and read receipts with MAIL FROM:<>.

# When it stays silent

On other reports, like those about abuse. On reports that are attached to another
message, on those that a person sent on (Resent-From), and on those that came to a
mailing list, which sends with the address of its own (RFC 5321 §3.9.2). Where
content or the sender is not in the recording.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: MAIL FROM:<mailer-daemon@example.com>
		# want
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: mailer-daemon@example.com
		C: Content-Type: multipart/report;
		C:  report-type=delivery-status; boundary="x"
		C:
		C: --x--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: From: mailer-daemon@example.com
		C: Content-Type: multipart/report; report-type=delivery-status; boundary="x"
		C:
		C: --x--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Content-Type: multipart/mixed; boundary="y"
		C:
		C: --y
		C: Content-Type: multipart/report; report-type=delivery-status; boundary="x"
		C:
		C: --y--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Resent-From: a@example.com
		C: Content-Type: multipart/report; report-type=delivery-status; boundary="x"
		C:
		C: --x--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: List-Id: <users.example.com>
		C: Content-Type: multipart/report; report-type=delivery-status; boundary="x"
		C:
		C: --x--
		C: .
		S: 250 2.0.0 Queued
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<abuse@example.com>
		S: 250 2.1.0 Ok
		C: RCPT TO:<b@example.org>
		S: 250 2.1.5 Ok
		C: DATA
		S: 354 Go on
		C: Content-Type: multipart/report; report-type=feedback-report; boundary="x"
		C:
		C: --x--
		C: .
		S: 250 2.0.0 Queued
		`),
	},
}

// reportType returns the report-type of a message that is a delivery report or
// a disposition notification (RFC 6522, RFC 3464, RFC 8098), by its header
// section; else "", also where somebody has sent it on.
func reportType(header string) string {
	content := ""
	for rest := header; rest != ""; {
		var line string
		line, rest = cutField(rest)
		name, value, _ := strings.Cut(line, ":")
		switch {
		case len(name) == len("Content-Type") && strings.EqualFold(name, "Content-Type"):
			content = value
		case len(name) > 7 && strings.EqualFold(name[:7], "Resent-"), len(name) > 5 && strings.EqualFold(name[:5], "List-"):
			return ""
		}
	}
	const report = "multipart/report"
	content = strings.TrimSpace(content)
	if len(content) < len(report) || !strings.EqualFold(content[:len(report)], report) {
		return ""
	}
	media, params, err := mime.ParseMediaType(strings.ReplaceAll(content, "\n", " "))
	if err != nil || media != report {
		return ""
	}
	switch kind := strings.ToLower(params["report-type"]); kind {
	case "delivery-status", "disposition-notification":
		return kind
	}
	return ""
}

// cutField takes the first field off a header section, with the lines that
// continue it.
func cutField(header string) (field, rest string) {
	for n := 0; n < len(header); {
		end := strings.IndexByte(header[n:], '\n')
		if end < 0 {
			break
		}
		n += end + 1
		if n == len(header) || header[n] != ' ' && header[n] != '\t' {
			return header[:n], header[n:]
		}
	}
	return header, ""
}
