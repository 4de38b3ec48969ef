package rules_test

// notRead lists the notations of the corpus that are not read.
var notRead = []string{
	"curl sockfilt.log (quoted bytes)", "curl ftpserver.pl log", "zeek fuzz .pkt", "arrow ---> / <---",
	`sendmail bounce ">>> / <<<"`, `SMTP server: / "SMTP client:" prose`, "nodemailer smtp-server log", "Postfix In:/Out: notice",
	"telnet with callouts <1>",
}

// beyondLabels lists findings on sessions that are labelled as conforming, with
// the reason why the finding is right all the same. Most labels say that the
// authors of a test expect its replies, not that the client behaves.
var beyondLabels = []struct{ files, rules, because string }{
	{"async-smtp/*", "bad-address-literal", `the client says EHLO [SMTP TEST CLIENT]`},
	{"curl/*/911.txt", "empty-message", "the message is an empty file"},
	{"curl/*/93?.txt", "challenge-not-base64", `the challenge is "Rubbish"`},
	{"curl/trace/96?.txt", "smtputf8-without-8bitmime", "the server of curl's tests offers SMTPUTF8 alone"},
	{"mailkit/*", "plaintext-auth-in-clear auth-required-ignored same-credentials-retried", "MailKit's tests log in without TLS, and try things that must fail"},
	{"mailkit/*", "enhanced-code-missing", "the server of MailKit's tests promises codes, and leaves some out"},
	{"mailkit/RequireTls.txt", "requiretls-without-tls", "the test has no TLS"},
	{"mailkit/NoOp.txt", "rset-or-noop-refused", "the server answers NOOP with 503"},
	{"pcap-arkime/*", "hello-not-fqdn", "the client gives a name without a domain"},
	{"pcap-suricata/*", "hello-not-fqdn unqualified-address missing-quit", "the client gives a name without a domain; one only sends RSET and closes"},

	{"suites/*/*", "missing-quit", "the test is over and closes its client"},
	{"suites/*/*", "server-closed-without-421", "the test is over, and its server is stopped; or it is about servers that hang up"},
	{"suites/inbucket/*", "command-after-quit", "the test sends QUIT, and its harness another one"},
	{"suites/aiosmtpd/*", "client-continues-after-421 permanent-failure-retried", "the test goes on to see what the server does"},
	{"suites/aiosmtpd/*", "argument-missing source-route invalid-mailbox challenge-not-base64 starttls-in-transaction end-of-data-reply-missing",
		"the test is about what aiosmtpd does with it"},
	{"suites/aiosmtpd/*", "smtputf8-without-8bitmime", "aiosmtpd offers the one without the other where it decodes content"},
	{"suites/aiosmtplib/*", "rset-or-noop-refused argument-missing", "the test's server answers RSET with an error; VRFY has no argument"},
	{"suites/chrj/TestDataContinuation*", "connection-lost-in-data", "the test hangs up after 354"},
	{"suites/chrj/TestMaxRecipients.pcap", "recipient-limit-below-100 too-many-recipients-mishandled", "the server of the test takes one recipient"},
	{"suites/chrj/TestNonASCIIAddressWithoutTheParameter*", "utf8-address-without-smtputf8", "the test is about just that"},
	{"suites/chrj/TestVerifySMTPUTF8*", "parameter-not-advertised non-ascii-command", "the test is about names without SMTPUTF8"},
	{"suites/chrj/TestXCLIENT*", "mail-before-hello", "XCLIENT begins the session anew, and no EHLO follows"},
	{"suites/gosmtp/TestServer_Chunking_Binarymime.pcap", "parameter-not-advertised", "BINARYMIME is not offered"},
	{"suites/inbucket/TestGreetState*", "hello-argument-invalid", "an address stands without its brackets"},
	{"suites/inbucket/TestMailState-4.pcap", "empty-message", "the message is a period alone"},
	{"suites/inbucket/TestReadyState*", "invalid-mailbox", "a quoted pair stands outside of quotes"},
	{"suites/mailpit/TestSimpleCommands*", "argument-missing", "VRFY and EXPN have no argument"},
	{"suites/mhale/TestSimpleCommands*", "argument-missing", "VRFY and EXPN have no argument"},
	{"suites/moxserver/TestFutureRelease*", "futurerelease-above-maximum", "the test asks for more than the server holds"},
	{"suites/nodemailer-smtp-server/*", "auth-plain-malformed invalid-mailbox", "the test is about what the server forgives"},
	{"suites/nodemailer-transport/*", "end-of-data-reply-missing", "the test is about servers that hang up"},
	{"suites/pysmtplib/*testAUTH*", "hello-argument-invalid", "the name of the client has underscores"},
	{"suites/pysmtplib/*testSecondHELO*", "repeated-hello-refused", "smtpd answers 503 to a second HELO"},
	{"suites/pysmtplib/*test_auth_function-3*", "duplicate-ehlo-keyword", "AUTH is offered on three lines"},
}

// faults lists words by which labels name faults, with the rules about them.
var faults = []struct{ words, rules string }{
	{"RCPT without an accepted MAIL", "rcpt-before-mail hello-mid-transaction failure-treated-as-success"},
	{"RCPT before MAIL", "rcpt-before-mail"},
	{"DATA without an accepted RCPT", "data-without-rcpt data-with-no-accepted-recipient hello-mid-transaction"},
	{"DATA before RCPT", "data-without-rcpt"},
	{"DATA before MAIL", "data-without-rcpt"},
	{"DATA without MAIL", "data-without-rcpt"},
	{"second MAIL inside an open transaction", "nested-mail"},
	{"unknown command", "unknown-command private-command-not-listed empty-command-line middlebox-masking"},
	{"LHLO to an SMTP server", "lhlo-on-smtp"},
	{"to an LMTP server", "smtp-hello-on-lmtp"},
	{"talks before the greeting", "client-talks-before-greeting"},
	{"unsolicited extra reply", "extra-reply"},
	{"extra replies sent behind the STARTTLS answer", "reply-injected-before-tls extra-reply"},
	{"reply line over 512 octets", "malformed-reply"},
	{"greeting line of over 5000 octets", "reply-line-too-long"},
	{"server: 354 without recipients", "accepts-bad-sequence"},
	{"PIPELINING listed as first EHLO line", "keyword-on-first-ehlo-line"},
	{"server accepts MAIL although HELO failed", "accepts-bad-sequence"},
	{"pipelined behind DATA without waiting for 354", "data-sent-before-354"},
}

// belowLabels lists faults that labels name and no rule finds, with the reason.
var belowLabels = []struct{ files, words, because string }{
	{"curl/trace/94[89].txt", "unsolicited extra reply", "curl does not show the second reply"},
	{"curl/trace/980.txt", "extra replies sent behind the STARTTLS answer", "curl does not show the injected replies"},
	{"pcap-suricata/smtp-out-of-order.pcap", "DATA before RCPT", "the cause is the RCPT before MAIL, which is found"},
	{"suites/chrj/TestPROXY*", "talks before the greeting", "a PROXY header comes before the greeting by rights"},
}
