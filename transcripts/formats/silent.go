package formats

import (
	"bytes"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/capture"
)

// A Silent is a log that tells of SMTP and has nothing of what was said.
type Silent struct {
	Log    string              // what it is, as in "a mail log of Postfix"
	Format *transcripts.Format // what the same program writes when it is told to
	sign   func(line []byte) bool
}

// silent lists such logs: those that people have at hand when they look for a
// recording.
var silent = []Silent{
	{"a mail log of Postfix", postfix, postfixRecord},
	{"a log of Exim", exim, eximRecord},
	{"a mail log of sendmail", sendmailSyslog, func(line []byte) bool {
		return has(line, "sendmail[", "sm-mta[", "sendmail-mta[") && has(line, " from=", " to=", "starting daemon", "rejecting connections", " relay=")
	}},
	{"a mail log of OpenSMTPD", opensmtpd, func(line []byte) bool {
		return has(line, "smtpd[") && has(line, " smtp connected ", " smtp message ", " smtp failed-command ", " mta delivery ")
	}},
	{"a log of qmail", recordio, func(line []byte) bool {
		return has(line, " starting delivery ", "starting delivery ") && has(line, ": msg ") || has(line, "status: local ") && has(line, " remote ")
	}},
	{"a log of amavis", amavis, func(line []byte) bool { return has(line, "amavis[") && has(line, ") Passed ", ") Blocked ") }},
	{"a log of Dovecot", dovecotRawlog, func(line []byte) bool {
		return has(line, "dovecot: ", " dovecot[") && has(line, "submission", "lmtp(", "imap-login: ", "lda(")
	}},
	{"a log file of msmtp", msmtp, func(line []byte) bool { return has(line, " host=") && has(line, " smtpstatus=", " recipients=") }},
	{"a log of Nodemailer without its debug option", nodemailer, func(line []byte) bool { return has(line, "Creating transport: nodemailer") }},
	{"the output of s-nail -v", sNail, func(line []byte) bool { return has(line, ": Connecting to ") && has(line, " ... connected.") }},
	{"the output of esmtp -v", libesmtp, func(line []byte) bool { return string(line) == "Connected to MTA" }},
	{"a log of IIS without the field cs-uri-query", iis, func(line []byte) bool {
		return bytes.HasPrefix(line, []byte("#Fields: ")) && has(line, " cs-method") && !has(line, " cs-uri-query")
	}},
	{"a message tracking log of Exchange", exchange, func(line []byte) bool { return has(line, "#Log-type: Message Tracking Log") }},
	{"what tshark prints of packets", tsharkFollow, func(line []byte) bool {
		return has(line, " SMTP ") && has(line, " → ", " -> ") || has(line, "Simple Mail Transfer Protocol", `"smtp.rsp": "1"`, `"smtp.req": "1"`)
	}},
	{"the smtp.log of Zeek", capture.Packets, func(line []byte) bool { return string(line) == "#path\tsmtp" || has(line, `"_path":"smtp"`) }},
	{"a log of Suricata", capture.Packets, func(line []byte) bool { return has(line, `"event_type":"smtp"`) }},
}

// SilentLog returns what a log that begins with head is, or nil.
func SilentLog(head []byte) *Silent {
	for len(head) > 0 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte{'\n'})
		line = withoutCR(plainText(line))
		for i := range silent {
			if silent[i].sign(line) {
				return &silent[i]
			}
		}
	}
	return nil
}

// has reports whether a line has one of several words in it.
func has(line []byte, words ...string) bool {
	for _, w := range words {
		if bytes.Contains(line, []byte(w)) {
			return true
		}
	}
	return false
}

// postfixRecord recognises "postfix/smtpd[123]: ".
func postfixRecord(line []byte) bool {
	n := bytes.Index(line, []byte("postfix/"))
	if n < 0 {
		return false
	}
	tag, _, found := bytes.Cut(line[n:], []byte("]: "))
	open := bytes.LastIndexByte(tag, '[')
	return found && open > 0 && number(tag[open+1:]) >= 0
}

// eximRecord recognises "2026-11-23 14:22:06 1xVUwj-000005-2O <= ", and what
// Exim says without a message.
func eximRecord(line []byte) bool {
	_, n := dateTime(line)
	if n == 0 || n+1 >= len(line) || line[n] != ' ' {
		return false
	}
	rest := line[n+1:]
	if has(rest, "exim 4.", "exim 5.") && has(rest, " daemon started: ") || has(rest, "SMTP connection from ", "SMTP call from ", "authenticator failed for ", " rejected RCPT ") {
		return true
	}
	id, what, _ := bytes.Cut(rest, []byte{' '})
	if pid, _ := inBrackets(rest, 0); len(pid) > 0 {
		id, what, _ = bytes.Cut(what, []byte{' '})
	}
	return len(id) >= 16 && id[6] == '-' && has(what, "<= ", "=> ", "-> ", "** ", "== ", "Completed")
}
