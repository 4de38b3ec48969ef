package formats

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
)

// written says what each recording among the samples was written by, as those
// who made them noted it down: a pattern of filepath.Match for its path, and
// the format. Of several patterns that fit, the first counts. What is "none"
// holds no dialogue.
var written = []struct{ pattern, format string }{
	{"clients/alpine/*", "alpine"},
	{"clients/claws-mail/*", "claws"},
	{"clients/commons-net-*/print-dir-*", "commons-net"},
	{"clients/commons-net-*/*", "bare"},
	{"clients/curl-*/trace-ascii-*", "curl-trace-ascii"},
	{"clients/curl-8*/verbose-vvv-*", "curl-trace-ascii"},
	{"clients/curl-*/trace-*", "curl-trace"},
	{"clients/curl-*/*verbose-*", "curl"},
	{"clients/emacs-smtpmail/*", "emacs"},
	{"clients/email-sender-perl/*", "perl"},
	{"clients/emersion-go-smtp-*/*", "bare"},
	{"clients/esmtp/X-*", "libesmtp"},
	{"clients/esmtp/v-*", "none"},
	{"clients/exim-client/*", "exim"},
	{"clients/git-send-email/*", "perl"},
	{"clients/gnutls-cli/*", "terminal"},
	{"clients/go-mail-*/*.jsonl", "go-mail-json"},
	{"clients/go-mail-*/*.log", "go-mail"},
	{"clients/go-net-smtp/*", "none"},
	{"clients/jakarta-mail-*/*", "javamail"},
	{"clients/javamail-*/*", "javamail"},
	{"clients/mailsend-go/debug-*", "none"},
	{"clients/mailsend-go/info.log", "mailsend-go"},
	{"clients/mailutils/*", "mailutils"},
	{"clients/mox-smtpclient/*", "mox"},
	{"clients/msmtp/*", "msmtp"},
	{"clients/mutt/*", "mutt"},
	{"clients/neomutt/*", "neomutt"},
	{"clients/netcat/nc.traditional-o-*", "nc-hex"},
	{"clients/netcat/ncat-o-hexdump.log", "ncat-hex"},
	{"clients/netcat/ncat-o.log", "bare"},
	{"clients/netcat/nc-C-piped.log", "bare"},
	{"clients/netcat/nc-lf-piped.log", "bare"},
	{"clients/netcat/*", "terminal"},
	{"clients/nmh/*", "nmh"},
	{"clients/node-emailjs/*", "emailjs"},
	{"clients/nodemailer-*/logger-nodebug-*", "none"},
	{"clients/nodemailer-*/bunyan-*", "nodemailer-json"},
	{"clients/nodemailer-*/*", "nodemailer"},
	{"clients/openssl/*", "terminal"},
	{"clients/perl-net-smtp/*", "perl"},
	{"clients/php-horde-smtp/*", "horde"},
	{"clients/php-pear-net_smtp/*", "pear"},
	{"clients/php-swiftmailer-*/*", "swift"},
	{"clients/php-symfony-mailer/*", "symfony"},
	{"clients/phpmailer-5.1.0/echo-level1-*", "none"},
	{"clients/phpmailer-5.1.0/*", "phpmailer5"},
	{"clients/phpmailer-5.2.6/*", "phpmailer5"},
	{"clients/phpmailer-*/*", "phpmailer"},
	{"clients/postfix-posttls-finger/*", "posttls-finger"},
	{"clients/postfix-smtp-source/*", "smtp-source"},
	{"clients/python-smtplib/*", "smtplib"},
	{"clients/python-twisted/*", "bounce"},
	{"clients/ruby-net-smtp/*", "ruby"},
	{"clients/s-nail/v-*", "none"},
	{"clients/s-nail/vv-*", "s-nail"},
	{"clients/sendemail/*", "sendemail"},
	{"clients/sendmail-client/*", "sendmail-v"},
	{"clients/smtp-cli/*", "smtp-cli"},
	{"clients/socat/*", "socat"},
	{"clients/ssmtp/*", "ssmtp"},
	{"clients/swaks-*/S1-success.log", "none"},
	{"clients/swaks-*/hide-all.log", "none"},
	{"clients/swaks-*/timeout.log", "none"},
	{"clients/swaks-*/*", "swaks"},
	{"clients/sylpheed/*", "claws"},
	{"clients/telnet/*", "terminal"},
	{"clients/thunderbird/*", "thunderbird"},
	{"pcap/*.pcap*", "pcap"},
	{"servers/aiosmtpd/*", "aiosmtpd"},
	{"servers/amavis/*", "amavis"},
	{"servers/chaosreader/session_*.smtp.html", "chaosreader"},
	{"servers/chaosreader/*", "none"},
	{"servers/chasquid/*", "chasquid"},
	{"servers/courier/dsn-*", "bounce"},
	{"servers/dovecot/*/*/*", "dovecot-rawlog"},
	{"servers/exim/bd-*", "exim"},
	{"servers/exim/bh*", "exim-test"},
	{"servers/exim/bounce-and-delivered.mbox", "none"},
	{"servers/exim/bs-*.txt", "bare"},
	{"servers/exim/bs-*.typescript", "terminal"},
	{"servers/exim/d-transport-*", "exim"},
	{"servers/exim/v-*", "exim"},
	{"servers/exim/*log-*-badpipe.log", "exim-log"},
	{"servers/exim/rejectlog-all-barelf.log", "exim-log"},
	{"servers/exim/*log-*", "none"},
	{"servers/go-guerrilla/*", "go-guerrilla"},
	{"servers/go-smtp/*", "bare"},
	{"servers/haraka/*", "haraka"},
	{"servers/inbucket/*", "inbucket"},
	{"servers/inetsim/*", "inetsim"},
	{"servers/maddy/*", "maddy"},
	{"servers/mailhog/*", "mailhog"},
	{"servers/mailpit/*", "mailpit"},
	{"servers/mox/*", "mox"},
	{"servers/ngrep/*", "ngrep"},
	{"servers/nodemailer-smtp-server/*", "smtp-server"},
	{"servers/opensmtpd/*", "opensmtpd"},
	{"servers/postfix/notice-*.log", "none"},
	{"servers/postfix/notice-*.mbox", "postfix-notice"},
	{"servers/postfix/postscreen-*", "none"},
	{"servers/postfix/rsyslog-*", "postfix"},
	{"servers/postfix/smtp-sink-d-*", "none"},
	{"servers/postfix/smtp-sink-v-*", "smtp-sink"},
	{"servers/postfix/smtp-source-*", "smtp-source"},
	{"servers/postfix/smtpd-plain-*", "none"},
	{"servers/postfix/smtpd-*", "postfix"},
	{"servers/proxsmtp/*", "proxsmtp"},
	{"servers/python-smtpd/*", "pysmtpd"},
	{"servers/qpsmtpd/*", "qpsmtpd"},
	{"servers/recordio/*", "recordio"},
	{"servers/sendmail/X-*", "sendmail-x"},
	{"servers/sendmail/bs-*", "bare"},
	{"servers/sendmail/dsn-*", "bounce"},
	{"servers/sendmail/syslog15-*", "sendmail-syslog"},
	{"servers/sendmail/syslog9-*", "none"},
	{"servers/sendmail/v-*", "sendmail-v"},
	{"servers/smtprelay/*", "none"},
	{"servers/socat/rR/*", "bare"},
	{"servers/socat/*", "socat"},
	{"servers/strace/*", "strace"},
	{"servers/tcpdump/*", "tcpdump"},
	{"servers/tcpflow/c-*", "tcpflow"},
	{"servers/tcpflow/bdat/*-127.000.000.001.02526", "none"},     // the client's side of a session; read with the other one,
	{"servers/tcpflow/starttls/*-127.000.000.001.02526", "none"}, // which the command looks for, it is tcpflow-files
	{"servers/tcpflow/*/*", "bare"},
	{"servers/tcpick/wR/*", "bare"},
	{"servers/tcpick/*", "tcpick"},
	{"servers/tshark/follow-*", "tshark-follow"},
	{"servers/tshark/V-*", "none"},
	{"servers/tshark/json-*", "none"},
	{"servers/tshark/*", "none"},
}

// writtenBy returns what the listing says of a sample, "" for nothing.
func writtenBy(sample string) string {
	for _, w := range written {
		if ok, err := filepath.Match(w.pattern, sample); err != nil {
			panic(err)
		} else if ok {
			return w.format
		}
	}
	return ""
}

// takenFor returns the formats of all that is in a recording.
func takenFor(t *testing.T, data []byte) string {
	f := detected(data)
	if f == nil {
		return "none"
	}
	names := map[string]bool{}
	if f.Name != Search.Name {
		names[f.Name] = true
	}
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			t.Fatal(err)
		}
		names[s.Format] = true
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), ", ")
}

// TestConfusion: every sample is recognised as what it was written by, and as
// nothing else.
func TestConfusion(t *testing.T) {
	confused := map[string]map[string]int{} // what it is: what it was taken for: how often
	used := map[string]bool{}
	seen := 0
	err := fs.WalkDir(os.DirFS(samples), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".wire.jsonl") || strings.Contains(path, "/truth/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(samples, path))
		if err != nil {
			return err
		}
		seen++
		want := writtenBy(path)
		if want == "" {
			t.Errorf("nobody has noted down what wrote %s", path)
			return nil
		}
		got := takenFor(t, data)
		if confused[want] == nil {
			confused[want] = map[string]int{}
		}
		confused[want][got]++
		used[want] = true
		if got != want {
			t.Errorf("%s is %s, and was taken for %s", path, want, got)
		}
		return nil
	})
	if seen == 0 {
		t.Skip("no samples here")
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range slices.Sorted(maps.Keys(confused)) {
		t.Logf("%-17s %s", want, strings.TrimPrefix(fmt.Sprint(confused[want]), "map"))
	}
	for _, f := range All {
		if f.Captured && !used[f.Name] && !withoutSamples[f.Name] {
			t.Errorf("%s is said to be read against captures; there is none", f.Name)
		}
	}
}

// withoutSamples are formats that no single file of the samples is in.
var withoutSamples = map[string]bool{
	"curl-server":   true, // read against recordings of others
	"curl-sockfilt": true,
	"plain":         true, // what people write
	"tcpflow-files": true, // two files together
}
