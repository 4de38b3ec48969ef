package rules_test

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

// deserved lists the findings at warning or above on recordings of real
// programs that the truth of the wire justifies, with the reason.
var deserved = []struct{ files, rules, because string }{
	{"clients/*/*odd*", "reply-not-ascii", "the server greets in no single encoding"},
	{"clients/*/*odd*", "bare-cr-in-data control-character-in-data eight-bit-without-8bitmime", "the wire shows such octets in the message"},
	{"clients/*/*tricky*", "reply-not-ascii", "the server greets in no single encoding"},
	{"clients/*/*tricky*", "bare-cr-in-data control-character-in-data eight-bit-without-8bitmime", "the wire shows such octets in the message"},
	{"clients/curl-*/trace-ascii-long.log", "message-line-too-long", "the wire shows a line of 1200 octets"},
	{"clients/curl-*/trace-lf.log", "smuggling-sequence", "the wire shows a period between bare LFs"},
	{"clients/curl-*/trace-lf.log", "dot-not-stuffed", "curl does not double periods behind a bare LF"},
	{"clients/exim-client/v-drop.log", "server-closed-without-421", "the server hangs up instead of answering DATA"},
	{"clients/nodemailer-*/*", "missing-quit", "Nodemailer sends no QUIT"},
	{"clients/nodemailer-*/debug-long.log", "message-line-too-long", "the wire shows a line of 1200 octets"},
	{"clients/phpmailer-6.6.3/verify-252-level2.log", "vrfy-252-treated-as-failure", "PHPMailer's verify() takes 252 for a failure"},
	{"clients/sylpheed/*auth-login.log", "auth-mechanism-not-offered", "Sylpheed tries CRAM-MD5, which works although it is not offered"},
	{"servers/sendmail/X-bs-deliver.log", "mail-before-hello data-without-354", "the client goes on although EHLO and DATA were refused"},
	{"clients/python-smtplib/*", "bare-lf-in-data", "smtplib sends a message that is given as bytes as it is"},
	{"clients/*/*-drop.log", "server-closed-without-421", "the server hangs up instead of answering RCPT"},
	{"clients/perl-net-smtp/drop.log", "server-closed-without-421", "the server hangs up instead of answering RCPT"},
	{"clients/jakarta-mail-*/debug-long.log", "message-line-too-long", "the wire shows a line of more than 998 octets"},
	{"clients/node-emailjs/debug.log", "smuggling-sequence", "emailjs sends the line ends of its caller, here LF, period, LF"},
	{"clients/s-nail/vv-*.log", "missing-quit invalid-mailbox", "s-nail closes after a refusal; with a login it puts @host behind a full address"},
	{"clients/sendemail/vv-*.log", "missing-quit", "sendEmail exits after a refusal"},
	{"clients/ssmtp/v-*.log", "missing-quit", "sSMTP exits after a refusal"},
	{"clients/swaks-*/*no-data-fixup.log", "bare-period-in-body", "the wire shows one 500 for each line behind the period"},
	{"clients/swaks-*/long.log", "message-line-too-long", "the wire shows a line of 1200 octets"},
	{"clients/swaks-20201014/rcpt-251.log", "rcpt-251-252-treated-as-failure", "swaks gives the recipient up after 251"},
	{"servers/*/*barelf*", "smuggling-sequence", "the client sends a period between bare LFs"},
	{"servers/*/*early*", "client-talks-before-greeting", "the client does not wait for the greeting"},
	{"pcap/badpipe.pcap", "pipelining-not-offered data-sent-before-354", "the client pipelines where it is not offered"},
	{"pcap/drop.pcap", "connection-lost-in-data", "the client hangs up within the message"},
	{"pcap/reject.pcap", "data-with-no-accepted-recipient", "the client sends DATA after its recipients were refused"},
	{"*/barelf*", "smuggling-sequence server-accepted-smuggled-end", "the client ends the message with bare LFs"},
	{"servers/*/barelf/*", "smuggling-sequence", "the client ends the message with bare LFs"},
	{"pcap/badseq.pcap", "rcpt-before-mail nested-mail data-without-rcpt space-around-colon missing-angle-brackets empty-command-line " +
		"hello-argument-missing non-ascii-hello", "the client sends commands out of order and malformed ones"},
	{"servers/*/*badseq*", "rcpt-before-mail nested-mail data-without-rcpt space-around-colon missing-angle-brackets empty-command-line " +
		"hello-argument-missing non-ascii-hello", "the client sends commands out of order and malformed ones"},
	{"servers/*/*barelf*", "server-accepted-smuggled-end", "the server takes a bare period with bare line feeds for the end of data"},
	{"servers/*/*-auth.*", "plaintext-auth-in-clear", "the client logs in without TLS"},
	{"servers/*/*-drop.*", "connection-lost-in-data missing-quit", "the client hangs up within the message"},
	{"servers/*/*-interleave.*", "interleaved-sessions", "two sessions are logged at the same time, and nothing tells their lines apart"},
	{"servers/*/*-reject.log", "data-with-no-accepted-recipient", "the client sends DATA after its recipients were refused"},
	{"servers/*/*-starttls.log", "auth-not-advertised", "the client logs in where nothing offers it"},
	{"servers/*/*-bdat.*", "command-not-advertised", "the client sends BDAT where it is not offered"},
	{"servers/*/*-reject.*", "parameter-not-advertised", "the client sends SIZE where it is not offered"},
	{"servers/dovecot/*/*/*", "bare-cr-in-data", "the last chunk ends between CR and LF"},
	{"servers/exim/*log-*", "pipelining-not-offered data-sent-before-354", "Exim says that the client did not wait"},
	{"servers/exim/*", "server-closed-without-421", "Exim hangs up after a 5yz reply when it has had enough"},
	{"servers/exim/*", "wrong-positive-reply", "smtp-sink answers AUTH with 250"},
	{"servers/exim/bh-reject.typescript", "data-with-no-accepted-recipient", "the client sends DATA after its recipients were refused"},
	{"servers/exim/bs-reject.typescript", "354-not-followed-by-data", "what was typed goes on as if DATA had been refused"},
	{"servers/go-smtp/server-debug-badpipe.log", "pipelining-not-offered data-sent-before-354", "the client sends everything at once"},
	{"servers/haraka/protocol-vrfy.log", "vrfy-success-without-mailbox", "Haraka answers \"250 maybe\""},
	{"servers/inetsim/service-auth.log", "auth-after-auth", "the client logs in again"},
	{"servers/maddy/io_debug-badseq.log", "reply-not-ascii", "maddy repeats the octets of the client"},
	{"servers/mailhog/log-jim-reject.log", "354-not-followed-by-data", "the client goes on as if DATA had been refused"},
	{"servers/mox/*", "ehlo-style-reply-to-helo", "mox lists its extensions after HELO, too"},
	{"servers/opensmtpd/*", "enhanced-code-missing", "OpenSMTPD leaves the code out where a recipient is refused by its rules"},
	{"servers/opensmtpd/T-smtp-badseq.txt", "repeated-hello-refused", "OpenSMTPD answers 503 to a further EHLO"},
	{"servers/mailpit/*", "smtputf8-without-8bitmime", "Mailpit offers SMTPUTF8, and no 8BITMIME"},
	{"servers/proxsmtp/*-barelf.log", "extra-reply", "the server behind proxsmtpd answers smuggled commands"},
	{"servers/proxsmtp/*", "replies-out-of-order", "proxsmtpd answers DATA before what was pipelined in front of it"},
	{"servers/strace/perl-*", "control-character-in-data eight-bit-without-8bitmime", "the message has such octets in it"},
	{"servers/tcpdump/*A-barelf.txt", "data-sent-before-354", "CRs are not shown, and the server took what was smuggled for commands"},
	{"servers/tcpflow/c-portreuse.txt", "data-with-no-accepted-recipient", "the client sends DATA after its recipients were refused"},
	{"servers/proxsmtp/*", "enhanced-code-missing", "what proxsmtpd says itself has no codes, and the server behind it promises them"},
	{"servers/proxsmtp/d4-starttls.log", "starttls-not-advertised", "the client asks for TLS where it is not offered"},
}

// misread lists recordings that are recognised as something that they are not.
var misread = []struct{ files, format, because string }{
	{"servers/tcpflow/gap-*/*", "bare", "tcpflow fills what was not captured with zeros"},
}

func isMisread(name, format string) int {
	for n, m := range misread {
		if ok, _ := path.Match(m.files, name); ok && m.format == format {
			return n
		}
	}
	return -1
}

// TestRealRecordings lints recordings of real programs: on those that behaved
// well nothing is found at warning or above.
func TestRealRecordings(t *testing.T) {
	const samples = "../../shared/samples"
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples here")
	}
	var inputs []lint.Input
	linter := lint.New(rules.All, lint.Settings{})
	err := filepath.WalkDir(samples, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && recorded(file) {
			name := strings.TrimPrefix(filepath.ToSlash(file), samples+"/")
			inputs = append(inputs, lint.Input{Path: name, Linter: linter, Open: func(string) (io.ReadCloser, error) { return os.Open(file) }})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	met, misreadMet := make([]bool, len(deserved)), make([]bool, len(misread))
	read, unread := 0, 0
	for f := range lint.Run(inputs, 4) {
		if f.Format == nil {
			unread++
			continue
		}
		if n := isMisread(f.Path, f.Format.Name); n >= 0 {
			misreadMet[n] = true
			unread++
			continue
		}
		read++
		for _, d := range f.Findings {
			switch n := isDeserved(f.Path, d.Rule.ID); {
			case d.Severity < lint.Warning:
			case strings.HasSuffix(d.Rule.ID, "-in-transcript"), d.Rule.ID == "crackable-exchange":
				// Deserved by every recording that has a password in it; where one
				// has been hidden, the recorder's placeholder would stand there.
			case n < 0:
				t.Errorf("%s:%d#%d (%s): %s: %s", f.Path, d.At.Span.Line, d.At.Span.Packet, f.Format.Name, d.Rule.ID, d.Message)
			default:
				met[n] = true
			}
		}
	}
	t.Logf("%d recordings read, %d not recognised", read, unread)
	for n, want := range deserved {
		if !met[n] {
			t.Errorf("%s: no %s, although %s", want.files, want.rules, want.because)
		}
	}
	for n, m := range misread {
		if !misreadMet[n] {
			t.Errorf("%s is not read as %s any more", m.files, m.format)
		}
	}
}

// recorded reports whether a file among the samples is a recording, and not the
// truth about one, or the mail that was delivered.
func recorded(file string) bool {
	switch filepath.Ext(file) {
	case ".jsonl", ".json", ".mbox":
		return false
	}
	return !strings.Contains(filepath.ToSlash(file), "/truth/")
}

func isDeserved(name, rule string) int {
	for n, d := range deserved {
		if ok, _ := path.Match(d.files, name); ok && slices.Contains(strings.Fields(d.rules), rule) {
			return n
		}
	}
	return -1
}
