package rules_test

import (
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// silences are conversations in which a rule must say nothing, although they
// are not good: what is wrong there is the matter of another rule.
var silences = []struct{ rule, because, text string }{
	{"354-treated-as-error", "a lost connection says nothing about 354", `
# excerpt
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
# connection reset
`},
	{"truncated-transcript", "replies that came out of order leave open what is still owed", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250 PIPELINING
C: MAIL FROM:<a@example.com>
C: RCPT TO:<b@example.org>
C: DATA
S: 354 Go on
S: 451 4.3.0 Local error
`},
	{"unknown-command", "message text that was read as commands has another cause", `
# excerpt
C: DATA
S: 554 5.5.1 No valid recipients
C: Subject: hi
C:
C: Dear friend
C: .
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
S: 500 5.5.2 Not recognized
`},
	{"text-contradicts-code", "the enhanced code of another class is enhanced-code-class-mismatch", `
# excerpt
C: RCPT TO:<b@example.org>
S: 550 4.7.1 Greylisted, please try again later
`},
	{"unknown-parameter", "the words are part of something else", `
# excerpt
C: MAIL FROM:a@example(comment). example
S: 501 5.5.4 Bad address
C: MAIL FROM:<a@example.com> (comment) example
S: 501 5.5.4 Bad parameter
`},
	{"parameter-value-syntax", "the blanks are trailing-text-after-path", `
# excerpt
C: MAIL FROM:<a@example.com> SIZE = 1000
S: 501 5.5.4 Bad parameter
`},
	{"unknown-command", "another protocol is foreign-protocol", `
S: 220 mx.example.org ESMTP
C: GET / HTTP/1.1
S: 500 5.5.2 Not recognized
`},
	{"221-without-quit", "the server closes on another protocol", `
S: 220 mx.example.org ESMTP
C: GET / HTTP/1.1
S: 221 2.7.0 Error: I can break rules, too. Goodbye.
`},
	{"trailing-text-after-path", "a second command is command-injection-in-argument", `
# excerpt
C: RCPT TO:<b@example.org>\r\nRCPT TO:<c@example.org>
S: 501 5.1.3 Bad recipient
`},
	{"command-after-quit", "QUIT was refused", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: QUIT
S: 503 5.5.1 Not while a lookup is running
C: QUIT
S: 221 2.0.0 Bye
`},
	{"521-outside-greeting", "the host had greeted with 521", `
S: 521 mx.example.org takes no mail
C: QUIT
S: 521 mx.example.org takes no mail
`},
	{"ehlo-keyword-syntax", "a device between the hosts has put X over a keyword", `
# excerpt
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-XXXXXXXA
S: 250 OK
`},
	{"greeting-without-domain", "the banner is masked", `
S: 220 ******************
C: EHLO client.example.com
S: 250 localhost
C: QUIT
S: 221 2.0.0 Bye
`},
	{"unterminated-multiline-reply", "the client spoke too early, and the rest of the reply follows", `
# excerpt
S: 220-mx.example.org ESMTP
C: EHLO client.example.com
S: 220 ready
S: 250 mx.example.org
`},
	{"unusual-reply-for-command", "the greeting had refused the client", `
S: 554 mx.example.org No SMTP service here
C: QUIT
S: 554 mx.example.org No SMTP service here
`},
	{"accepted-message-without-recipients", "the recording does not show how the transaction began", `
# excerpt
C: RCPT TO:<nobody@example.org>
S: 550 5.1.1 No such user
C: DATA
S: 354 Go on
C: .
S: 250 2.0.0 Queued
`},
	{"rset-or-noop-refused", "the greeting had refused the client", `
S: 554 mx.example.org No SMTP service here
C: RSET
S: 503 5.5.1 No service here
`},
	{"wrong-code-for-bad-sequence", "550 is for policy, 530 for a missing login, 554 for a message without recipients", `
S: 220 mx.example.org ESMTP
C: MAIL FROM:<a@example.com>
S: 550 5.7.1 HELO is required here
C: EHLO client.example.com
S: 250 mx.example.org
C: RCPT TO:<b@example.org>
S: 530 5.7.0 Log in first
C: RCPT TO:<b@@>
S: 501 5.1.3 Bad address
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: DATA
S: 554 5.5.1 No valid recipients
`},
	{"accepts-bad-sequence", "hardly a server keeps a transaction whose message was refused", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: DATA
S: 451 4.3.0 Not now
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
`},
	{"required-command-not-implemented", "LMTP has LHLO", `
S: 220 store.example.org LMTP
C: EHLO client.example.com
S: 500 5.5.1 Unrecognized command
`},
	{"required-command-not-implemented", "a command out of order is wrong-code-for-bad-sequence", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: RCPT TO:<b@example.org>
S: 502 5.5.1 Missing MAIL FROM command
`},
	{"required-command-not-implemented", "the two are out of step", `
# excerpt
C: NOOP
S: 250 2.0.0 Ok
S: 250 2.0.0 Ok
C: NOOP
S: 500 5.5.2 Not recognized
`},
	{"repeated-hello-refused", "LMTP and SMTP are mixed up", `
S: 220 store.example.org
C: LHLO client.example.com
S: 250-store.example.org
S: 250-PIPELINING
S: 250 ENHANCEDSTATUSCODES
C: EHLO client.example.com
S: 503 5.5.1 Not here
`},
	{"quit-not-221", "QUIT with an argument may be refused", `
# excerpt
C: QUIT now
S: 501 5.5.4 No parameters allowed
`},
	{"221-without-quit", "the roles are exchanged", `
# excerpt
C: ATRN example.org
S: 250 2.0.0 Now you are the server
C: 220 client.example.com ESMTP
S: EHLO mx.example.org
C: 250 client.example.com
S: QUIT
C: 221 2.0.0 Bye
C: 221 2.0.0 Bye
`},
	{"recipient-limit-below-100", "the null sender has one recipient by rights", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: MAIL FROM:<>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: RCPT TO:<c@example.org>
S: 452 4.5.3 Too many recipients
`},
	{"vrfy-disabled-should-be-252", "there is no argument", `
# excerpt
C: VRFY
S: 502 5.5.1 Not implemented
`},
	{"extra-reply", "421 may come at any time", `
# excerpt
C: NOOP
S: 250 2.0.0 Ok
S: 421 4.3.2 mx.example.org Shutting down
`},
	{"permanent-failure-retried", "after 503 the same command may be right", `
S: 220 mx.example.org ESMTP
C: VRFY b@example.org
S: 503 5.5.1 Wait for the list of users to be loaded
C: VRFY b@example.org
S: 252 2.5.0 It will be tried
C: QUIT
S: 221 2.0.0 Bye
`},
	{"permanent-failure-retried", "552 is what RFC 821 had for too many recipients", `
# excerpt
C: MAIL FROM:<a@example.com>
S: 503 5.5.1 Finish the other transaction first
C: RSET
S: 250 2.0.0 Ok
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: RCPT TO:<c@example.org>
S: 552 5.5.3 Too many recipients
C: DATA
S: 354 Go on
C: Subject: hi
C:
C: .
S: 250 2.0.0 Queued
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<c@example.org>
S: 250 2.1.5 Ok
`},
	{"end-of-data-reply-missing", "the client did not wait", `
# excerpt
C: DATA
S: 354 Go on
C: Subject: x
C:
C: text
C: .
# client closed the connection
`},
	{"server-accepted-smuggled-end", "the one reply may belong to the true end", `
# excerpt
C: DATA
S: 354 Go on
C= "text\r\n"
C= ".\n"
C= "still the same message\r\n"
C= ".\r\n"
S: 250 2.0.0 Queued
C: QUIT
S: 221 2.0.0 Bye
`},
	{"server-accepted-smuggled-end", "the server refused it", `
# excerpt
C: DATA
S: 354 Go on
C= "text\r\n"
C= ".\n"
S: 550 5.5.2 Bare LF received
`},
	{"server-answers-injected-command", "the reply may belong to what was sent inside TLS", `
# excerpt
C: STARTTLS
C: NOOP
S: 220 2.0.0 Ready
# TLS established
C: NOOP
S: 250 2.0.0 Ok
`},
	{"reply-injected-before-tls", "nothing shows that TLS began", `
# excerpt
C: STARTTLS
S: 220 2.0.0 Ready
S: 250 2.0.0 Ok
`},
	{"commands-behind-starttls", "STARTTLS was refused", `
# excerpt
C: STARTTLS
C: RSET
S: 454 4.7.0 Not now
S: 250 2.0.0 Ok
`},
	{"eight-bit-without-8bitmime", "all of them are in a header field", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: DATA
S: 354 Go on
C: Subject: Grüße
C:
C: text
C: .
S: 250 2.0.0 Queued
`},
	{"bdat-size-mismatch", "the connection was lost within the chunk", `
# excerpt
C: BDAT 100 LAST
C= "Subject: half\r\n"
# client closed the connection
`},
	{"extra-reply", "the server says why it closes, if not with 421", `
# excerpt
C: NOOP
S: 250 2.0.0 Ok
S: 451 4.4.2 Timeout
# server closed the connection
`},
	{"body-shown-unstuffed", "the recording shows what crossed the wire", `
# excerpt
# stuffing: wire
C: DATA
S: 354 Go on
C: .profile is a file
C: .
S: 250 2.0.0 Queued
`},
	{"helo-instead-of-ehlo", "LMTP has neither", `
S: 220 store.example.org LMTP
C: HELO client.example.com
S: 500 5.5.1 Use LHLO
`},
	{"no-helo-fallback", "LMTP has no HELO", `
S: 220 store.example.org LMTP
C: EHLO client.example.com
S: 500 5.5.1 Use LHLO
C: QUIT
S: 221 2.0.0 Bye
`},
	{"connection-lost-in-data", "the client forgot to end the message", `
# excerpt
C: DATA
S: 354 Go on
C: Subject: hi
C:
C: text
C: QUIT
# connection lost
`},
	{"connection-lost-in-data", "the server closed without a word", `
# excerpt
C: DATA
S: 354 Go on
C: Subject: hi
# server closed the connection
`},
	{"server-closed-without-421", "QUIT was answered, if not with 221", `
S: 220 mx.example.org ESMTP
C: QUIT
S: 250 Goodbye
# server closed the connection
`},
	{"client-continues-after-421", "the greeting refused the client", `
S: 421 mx.example.org Busy
C: EHLO client.example.com
S: 421 mx.example.org Busy
`},
	{"missing-quit", "a browser knows no QUIT", `
S: 220 mx.example.org ESMTP
C: GET / HTTP/1.1
S: 500 5.5.2 Not recognized
# client closed the connection
`},
	{"unusual-reply-for-command", "TLS was too weak", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-ETRN
S: 250 STARTTLS
C: STARTTLS
S: 220 2.0.0 Go ahead
# TLS established
C: ETRN example.org
S: 554 5.7.0 TLS is too weak
`},
	{"duplicate-ehlo-keyword", "the old form of AUTH may stand beside the new one", `
# excerpt
C: EHLO client.example.com
S: 250-mx.example.org
S: 250-AUTH LOGIN PLAIN
S: 250 AUTH=LOGIN PLAIN
`},
	{"required-command-not-implemented", "the client is not wanted", `
# excerpt
C: MAIL FROM:<a@example.com>
S: 502 5.5.1 Denied
`},
	{"advertised-but-not-implemented", "the server does not say that it does not know the command", `
# excerpt
C: EHLO client.example.com
S: 250-mx.example.org
S: 250 STARTTLS
C: STARTTLS
S: 500 error
`},
	{"accepts-bad-sequence", "a message that was sent in chunks is over", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250-mx.example.org
S: 250 CHUNKING
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: BDAT 2 LAST
C:
S: 250 2.0.0 Queued
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: RCPT TO:<b@example.org>
S: 250 2.1.5 Ok
C: DATA
S: 354 Go on
`},
	{"data-with-no-accepted-recipient", "the recipient was refused because no transaction was open", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: RCPT TO:<b@example.org>
S: 503 5.5.1 Need MAIL
C: DATA
S: 503 5.5.1 Need RCPT
`},
	{"rcpt-before-mail", "EHLO had ended the transaction", `
S: 220 mx.example.org ESMTP
C: EHLO client.example.com
S: 250 mx.example.org
C: MAIL FROM:<a@example.com>
S: 250 2.1.0 Ok
C: EHLO client.example.com
S: 250 mx.example.org
C: RCPT TO:<b@example.org>
S: 503 5.5.1 Need MAIL
`},
}

func TestSilences(t *testing.T) {
	for _, c := range silences {
		r := rules.ByID(c.rule)
		if r == nil {
			t.Errorf("there is no rule %s", c.rule)
			continue
		}
		set := lint.Settings{Severities: map[string]lint.Severity{r.ID: r.Severity}}
		for _, d := range lint.Check(c.text, []*lint.Rule{r}, set).Findings {
			t.Errorf("%s: %s, yet: line %d: %s", c.rule, c.because, d.At.Span.Line, d.Message)
		}
	}
}
