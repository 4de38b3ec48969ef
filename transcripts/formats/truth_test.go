package formats

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/internal/wire"
)

// Recordings of real programs, many with what crossed the wire beside them.
const samples = "../../../shared/samples"

// exceptions are recordings that tell another conversation than the wire, with
// the reason.
var exceptions = map[string]string{
	"clients/curl-7.88.1/trace-drop.log":                   "curl logs a QUIT that it could not send any more",
	"clients/curl-7.88.1/verbose-drop.log":                 "curl logs a QUIT that it could not send any more",
	"clients/go-mail-0.8.1/std-starttls-authlogin.log":     "go-mail hides the prompts, too",
	"clients/jakarta-mail-2.0.0/debug-bdat.log":            "a chunk ends between CR and LF, which JavaMail does not show",
	"clients/jakarta-mail-2.0.0/debug-odd-quote.log":       "JavaMail with mail.debug.quote writes M-i for an octet above 127",
	"clients/javamail-1.6.5/debug-odd-quote.log":           "JavaMail with mail.debug.quote writes M-i for an octet above 127",
	"clients/javamail-1.6.5/debug-odd.log":                 "JavaMail reads replies as UTF-8, and writes a replacement for what is not",
	"clients/msmtp/multiline-550.log":                      "msmtp closes without reading the reply to DATA",
	"clients/msmtp/tempfail-451.log":                       "msmtp closes without reading the reply to DATA",
	"clients/openssl/pty-s_client-rcpt-renegotiate.log":    "s_client takes a line that begins with R for itself",
	"clients/ssmtp/v-multiline-550.log":                    "ssmtp shows the last line of a reply only",
	"clients/swaks-20201014/bare-period-no-data-fixup.log": "what went astray was answered line by line on the wire, and as a whole in the log",
	"clients/swaks-20201014/no-data-fixup.log":             "what went astray was answered line by line on the wire, and as a whole in the log",
	"clients/swaks-git-20240210/banner-421.log":            "swaks logs a QUIT that the closed connection did not carry",
	"clients/sylpheed/multi.log":                           "Sylpheed reads only the first line of a reply that refuses",
	"clients/telnet/pty-odd.log":                           "the terminal shows octets in another character set",
	"servers/aiosmtpd/debug-barelf.log":                    "the truth beside it leaves out empty lines with a bare line feed",
	"servers/aiosmtpd/debug-bdat.log":                      "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/amavis/log5-interleave.log":                   "the client had given up before amavis greeted it",
	"servers/chasquid/v3-badseq.log":                       "chasquid logs a 503 where it sends 421 for too many errors",
	"servers/chasquid/v3-deliver.log":                      "chasquid logs another text for 354 than it sends",
	"servers/chasquid/v3-drop.log":                         "chasquid logs another text for 354 than it sends",
	"servers/chasquid/v3-interleave.log":                   "chasquid logs another text for 354 than it sends",
	"servers/chasquid/v3-pipeline.log":                     "chasquid logs another text for 354 than it sends",
	"servers/chasquid/v3-starttls.log":                     "chasquid logs another text for 354 than it sends",
	"servers/exim/bd-d+all-barelf.txt":                     "Exim took a bare period with bare line feeds for the end of data",
	"servers/exim/bd-d-receive-barelf.txt":                 "Exim took a bare period with bare line feeds for the end of data",
	"servers/go-guerrilla/debug-interleave.log":            "go-guerrilla does not tell sessions apart",
	"servers/inetsim/service-badseq.log":                   "INetSim writes periods for odd octets",
	"servers/mailhog/log-barelf.log":                       "the truth beside it leaves out empty lines with a bare line feed",
	"servers/mailpit/v-bdat.log":                           "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/mox/traceauth-bdat.log":                       "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/mox/tracedata-barelf.log":                     "the truth beside it leaves out empty lines with a bare line feed",
	"servers/mox/tracedata-submission-and-queue.log":       "the truth beside it is the submission, the log has the delivery as well",
	"servers/nodemailer-smtp-server/logger-bdat.log":       "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/opensmtpd/T-mta-hard.txt":                     "the truth beside it is the submission, the log the delivery",
	"servers/opensmtpd/T-smtp-badseq.txt":                  "OpenSMTPD cuts a command at NUL",
	"servers/postfix/notice-badseq.mbox":                   "Postfix cuts a command at NUL and writes question marks",
	"servers/postfix/notice-barelf.mbox":                   "Postfix took a bare period with bare line feeds for the end of data",
	"servers/postfix/smtpd-v-barelf.log":                   "Postfix took a bare period with bare line feeds for the end of data",
	"servers/proxsmtp/d4-barelf.log":                       "the server took a bare period with bare line feeds for the end of data, the proxy did not",
	"servers/proxsmtp/d4-pipeline.log":                     "proxsmtp does not log what it has read together with DATA",
	"servers/python-smtpd/d-interleave.log":                "smtpd does not tell sessions apart",
	"servers/recordio/plain-barelf.txt":                    "the truth beside it leaves out empty lines with a bare line feed",
	"servers/sendmail/X-server-badseq.log":                 "sendmail cuts a command at NUL",
	"servers/sendmail/syslog15-badseq.log":                 "sendmail cuts a command at NUL",
	"servers/sendmail/syslog15-drop.log":                   "sendmail logs replies that it could not send any more",
	"servers/strace/py-yy-barelf.txt":                      "the truth beside it leaves out empty lines with a bare line feed",
}

// readAs says which formats the recordings of a program are in, by the start
// of their folder's name. Programs that are not listed are not compared.
var readAs = map[string]string{
	"clients/alpine":                 "alpine",
	"clients/claws-mail":             "claws",
	"clients/commons-net":            "commons-net",
	"clients/curl":                   "curl curl-trace curl-trace-ascii",
	"clients/emacs":                  "emacs",
	"clients/email-sender-perl":      "perl",
	"clients/emersion-go":            "bare",
	"clients/esmtp":                  "libesmtp",
	"clients/git-send-email":         "perl",
	"clients/gnutls-cli":             "terminal",
	"clients/go-mail":                "go-mail go-mail-json",
	"clients/jakarta-mail":           "javamail",
	"clients/javamail":               "javamail",
	"clients/mailsend-go":            "mailsend-go",
	"clients/mailutils":              "mailutils",
	"clients/mox":                    "mox",
	"clients/msmtp":                  "msmtp",
	"clients/mutt":                   "mutt",
	"clients/neomutt":                "neomutt",
	"clients/netcat":                 "bare nc-hex ncat-hex terminal",
	"clients/nmh":                    "nmh",
	"clients/node-emailjs":           "emailjs",
	"clients/nodemailer":             "nodemailer nodemailer-json",
	"clients/openssl":                "terminal",
	"clients/perl-net-smtp":          "perl",
	"clients/php-horde":              "horde",
	"clients/php-pear":               "pear",
	"clients/php-swift":              "swift",
	"clients/php-symfony":            "symfony",
	"clients/phpmailer-":             "phpmailer phpmailer5",
	"clients/postfix-posttls-finger": "posttls-finger",
	"clients/postfix-smtp-source":    "smtp-source",
	"clients/python-smtplib":         "smtplib",
	"clients/python-twisted":         "bounce",
	"clients/ruby-net-smtp":          "ruby",
	"clients/s-nail":                 "s-nail",
	"clients/sendemail":              "sendemail",
	"clients/sendmail-client":        "sendmail-v",
	"clients/smtp-cli":               "smtp-cli",
	"clients/socat":                  "socat",
	"clients/ssmtp":                  "ssmtp",
	"clients/swaks":                  "swaks",
	"clients/sylpheed":               "claws",
	"clients/telnet":                 "terminal",
	"clients/thunderbird":            "thunderbird",
	"servers/aiosmtpd":               "aiosmtpd",
	"servers/amavis":                 "amavis",
	"servers/chasquid":               "chasquid",
	"servers/exim":                   "exim",
	"servers/go-guerrilla":           "go-guerrilla",
	"servers/haraka":                 "haraka",
	"servers/inbucket":               "inbucket",
	"servers/inetsim":                "inetsim",
	"servers/mailhog":                "mailhog",
	"servers/mailpit":                "mailpit",
	"servers/mox":                    "mox",
	"servers/nodemailer-smtp-server": "smtp-server",
	"servers/opensmtpd":              "opensmtpd",
	"servers/postfix":                "postfix postfix-notice smtp-source smtp-sink",
	"servers/proxsmtp":               "proxsmtp",
	"servers/python-smtpd":           "pysmtpd",
	"servers/qpsmtpd":                "qpsmtpd",
	"servers/recordio":               "recordio",
	"servers/sendmail":               "sendmail-syslog sendmail-x sendmail-v",
	"servers/socat":                  "socat",
	"servers/strace":                 "strace",
}

func formatsOf(sample string) string {
	for prefix, names := range readAs {
		if strings.HasPrefix(sample, prefix) {
			return names
		}
	}
	return ""
}

// truthOf finds the truth beside a sample: what a recording server wrote, or a
// recording client.
func truthOf(path string) (truth []byte, f *transcripts.Format) {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	if truth, err := os.ReadFile(base + ".wire.jsonl"); err == nil {
		return truth, wire.JSON
	}
	truth, err := os.ReadFile(filepath.Join(filepath.Dir(path), "truth", filepath.Base(base)+".txt"))
	if err != nil {
		return nil, nil
	}
	return truth, wire.Python
}

// TestWireTruth compares every sample with the truth of the wire, as far as
// the evidence of its format goes.
func TestWireTruth(t *testing.T) {
	paths, _ := filepath.Glob(samples + "/*/*/*")
	if len(paths) == 0 {
		t.Skip("no samples here")
	}
	type tally struct{ right, all int }
	tallies := map[string]*tally{}
	for _, path := range paths {
		name, _ := filepath.Rel(samples, path)
		names := formatsOf(name)
		if names == "" || strings.HasSuffix(path, ".wire.jsonl") {
			continue
		}
		truth, as := truthOf(path)
		data, err := os.ReadFile(path)
		if as == nil || err != nil {
			continue
		}
		f := detected(data)
		if f == nil || !slices.Contains(strings.Fields(names), f.Name) {
			continue
		}
		c := tallies[f.Name]
		if c == nil {
			c = &tally{}
			tallies[f.Name] = c
		}
		c.all++
		switch diff := compare(outline(data, f), outline(truth, as)); {
		case diff == "":
			c.right++
			if exceptions[name] != "" {
				t.Errorf("%s is right, although it is listed as an exception", name)
			}
		case exceptions[name] == "":
			t.Errorf("%s (%s): %s", name, f.Name, diff)
		}
	}
	for name, c := range tallies {
		t.Logf("%-12s %3d of %3d", name, c.right, c.all)
	}
}

// compare returns "" where a log and the truth tell the same conversations.
// Sessions that ran at the same time may end in another order. A log may hold
// sessions in which the client said nothing: somebody looked whether the
// server was up.
func compare(got, want []told) string {
	for i, s := range got {
		if len(s.steps) == 1 && s.steps[0].kind == transcripts.Connected {
			continue
		}
		var far difference
		found := slices.IndexFunc(want, func(w told) bool {
			d := s.differs(w)
			far = far.farther(d)
			return d.text == ""
		})
		switch {
		case found >= 0:
			want = slices.Delete(slices.Clone(want), found, found+1)
		case len(want) == 0:
			return fmt.Sprintf("session %d is not on the wire", i+1)
		default:
			return fmt.Sprintf("session %d: %s", i+1, far.text)
		}
	}
	return ""
}

// told is what a recording tells of one session.
type told struct {
	steps    []step
	replies  bool // the server's lines are on record
	client   bool // the client's lines are
	opening  bool
	secrets  bool
	unbroken bool
	gaps     bool // the recorder says that it leaves lines out
	server   bool // the log is a server's
}

type step struct {
	kind  transcripts.Kind
	text  string
	reply string
	lines int64 // of content
}

func outline(data []byte, f *transcripts.Format) []told {
	var all []told
	for s, err := range transcripts.Read(bytes.NewReader(data), f, transcripts.Hints{}) {
		if err != nil {
			panic(err)
		}
		if strings.HasSuffix(s.ID, "/server") || strings.HasSuffix(s.ID, "/out") {
			continue // the truth beside a proxy's log is that of its client
		}
		one := told{
			opening: s.Proves.Has(transcripts.Opening), secrets: s.Proves.Has(transcripts.Secrets),
			unbroken: s.Proves.Has(transcripts.Unbroken), server: !s.Carries.Has(transcripts.Reaction),
			gaps: s.Carries.Has(transcripts.Unbroken) && !s.Proves.Has(transcripts.Unbroken),
		}
		for i := range s.Exchanges {
			e := &s.Exchanges[i]
			st := step{kind: e.Kind, text: strings.Clone(strings.TrimSpace(e.Command.Text))}
			for _, r := range append([]transcripts.Reply{e.Reply}, e.More...) {
				for _, l := range r.Lines {
					one.replies = true
					st.reply += strings.TrimSpace(fmt.Sprintf(" %d%c%s", r.Code, max(l.Sep, ' '), strings.TrimSpace(l.Text)))
				}
			}
			if e.Body != nil && e.Body.Complete() {
				st.lines = e.Body.Lines
			}
			one.client = one.client || e.Kind == transcripts.Ordered
			one.steps = append(one.steps, st)
		}
		all = append(all, one)
	}
	return all
}

// difference says where a log and the truth part: after how many steps.
type difference struct {
	text string
	at   int
}

// farther returns the one that says more about what is wrong.
func (d difference) farther(e difference) difference {
	if d.text == "" || e.at > d.at {
		return e
	}
	return d
}

// differs says where a log tells something else than the wire: commands and
// replies that both have must be the same and pair up the same way.
func (s told) differs(wire told) difference {
	if !s.client {
		return s.differsInReplies(wire.steps)
	}
	log, truth := s.steps, wire.steps
	if !s.replies {
		truth = withoutReplies(truth)
	}
	var far difference
	for { // where the log does not begin with the session, it may begin anywhere
		diff := s.differsFrom(log, truth)
		if diff.text == "" {
			return diff
		}
		far = far.farther(diff)
		switch {
		case s.opening || len(truth) == 0:
			return far
		case log[0].kind == transcripts.Unasked && len(log) > 1:
			log = log[1:]
		default:
			truth = truth[1:]
		}
	}
}

func withoutReplies(truth []step) (out []step) {
	for _, w := range truth {
		if w.kind != transcripts.Connected {
			w.reply = ""
			out = append(out, w)
		}
	}
	return out
}

func (s told) differsFrom(log, truth []step) difference {
	for i, got := range log {
		if i >= len(truth) {
			return difference{fmt.Sprintf("the log goes on with %v %q", got.kind, got.text), i}
		}
		for s.gaps && truth[i].hidden(got) && i+1 < len(truth) {
			truth = append(truth[:i:i], truth[i+1:]...)
		}
		want := truth[i]
		auth := got.kind == transcripts.Answered || strings.HasPrefix(got.text, "AUTH") && want.kind == got.kind
		if got.kind == transcripts.Unasked && !s.unbroken {
			want.kind, want.text = got.kind, got.text // the command is not on record
		}
		if got.lines == 0 {
			want.lines = 0 // content is not shown
		}
		if got.text == "QUIT" && got.reply == "" && i+1 == len(log) {
			want.reply = "" // not logged
		}
		if s.server && !answered(truth[i:]) {
			want.reply = got.reply // the client did not wait for it
		}
		if auth && (!s.secrets || got.text == "") {
			want.text = got.text
		}
		if got.reply == "" && (got.text == "QUIT" || !s.unbroken) {
			want.reply = "" // the client did not read it, or did not log it
		}
		if auth && (got.reply == "" || s.gaps) {
			want.reply = got.reply // the notation leaves out the replies of AUTH
		}
		if got != want {
			return difference{fmt.Sprintf("\n  log  %+v\n  wire %+v", got, want), i}
		}
	}
	return difference{}
}

// hidden reports whether a step of the wire is one that recorders leave out,
// and is not the one that the log has in its place: AUTH, and what comes before
// EHLO.
func (w step) hidden(got step) bool {
	switch {
	case w.kind == transcripts.Answered:
		return got.kind != transcripts.Answered
	case strings.HasPrefix(w.text, "AUTH"):
		return !strings.HasPrefix(got.text, "AUTH")
	}
	return strings.HasPrefix(w.text, "HELO") && strings.HasPrefix(got.text, "EHLO")
}

func answered(steps []step) bool {
	return slices.ContainsFunc(steps, func(s step) bool { return s.reply != "" })
}

// differsInReplies compares a log of the server's lines only. The replies of
// AUTH may be left out.
func (s told) differsInReplies(truth []step) difference {
	for i, got := range s.steps {
		for len(truth) > 0 && truth[0].reply != got.reply &&
			(!s.opening || truth[0].reply == "" || strings.HasPrefix(truth[0].reply, "334") || strings.HasPrefix(truth[0].reply, "235")) {
			truth = truth[1:]
		}
		if len(truth) == 0 || truth[0].reply != got.reply {
			return difference{"the wire has no reply " + got.reply, i}
		}
		truth = truth[1:]
	}
	return difference{}
}
