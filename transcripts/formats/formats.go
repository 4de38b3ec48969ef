// Package formats knows how programs write down SMTP conversations: one file
// for each notation, and the list of them all.
package formats

import (
	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/capture"
)

// All lists the notations, sorted by name.
var All = []*transcripts.Format{
	aiosmtpd,
	alpine,
	amavis,
	appleMail,
	bare,
	blat,
	bounce,
	chaosreader,
	chasquid,
	claws,
	commonsNet,
	curl,
	curlServer,
	curlSockfilt,
	curlTrace,
	curlTraceASCII,
	dovecotRawlog,
	emacs,
	emailjs,
	exchange,
	exim,
	eximLog,
	eximTest,
	guerrilla,
	goMail,
	goMailJSON,
	haraka,
	hmailserver,
	horde,
	icewarp,
	iis,
	inbucket,
	inetsim,
	javamail,
	lettre,
	libesmtp,
	maddy,
	mailenable,
	mailhog,
	mailkit,
	mailpit,
	mailsendGo,
	mailutils,
	mdaemon,
	mox,
	msmtp,
	mutt,
	ncHex,
	ncatHex,
	neomutt,
	ngrep,
	nmh,
	nodemailer,
	nodemailerJSON,
	oauth2Proxy,
	opensmtpd,
	capture.Packets,
	pear,
	perl,
	phpmailer,
	phpmailer5,
	transcripts.Plain,
	postfix,
	postfixNotice,
	posttlsFinger,
	proxsmtp,
	pysmtpd,
	qpsmtpd,
	recordio,
	ruby,
	sNail,
	sendemail,
	sendmailSyslog,
	sendmailV,
	sendmailX,
	smartermail,
	smtpCLI,
	smtpServer,
	smtpSink,
	smtpSource,
	smtplib,
	socat,
	ssmtp,
	stalwart,
	strace,
	swaks,
	swift,
	symfony,
	systemNet,
	tcpdump,
	tcpflow,
	capture.Streams,
	tcpick,
	terminal,
	thunderbird,
	tsharkFollow,
}

// Names lists the names of all notations, in their order.
func Names() []string {
	names := make([]string, len(All))
	for i, f := range All {
		names[i] = f.Name
	}
	return names
}

// ByName returns the format with a name, or nil.
func ByName(name string) *transcripts.Format {
	for _, f := range All {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// replyShaped reports whether text begins like a reply line.
func replyShaped(text []byte) bool {
	return len(text) >= 3 && '2' <= text[0] && text[0] <= '5' && isDigit(text[1]) && isDigit(text[2]) &&
		(len(text) == 3 || text[3] == ' ' || text[3] == '-')
}

// roleMark reports whether text begins with "C: " or "S: ".
func roleMark(text []byte) bool {
	return len(text) >= 3 && (text[0] == 'C' || text[0] == 'S') && text[1] == ':' && text[2] == ' '
}
