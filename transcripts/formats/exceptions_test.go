package formats

// exceptions are recordings that tell another conversation than the wire, with
// the reason.
var exceptions = map[string]string{
	"clients/openssl/pty-s_client-rcpt-renegotiate.log":    "s_client takes a line that begins with R for itself",
	"clients/ssmtp/v-multiline-550.log":                    "ssmtp shows the last line of a reply only",
	"clients/swaks-20201014/bare-period-no-data-fixup.log": "what went astray was answered line by line on the wire, and as a whole in the log",
	"clients/swaks-20201014/no-data-fixup.log":             "what went astray was answered line by line on the wire, and as a whole in the log",
	"servers/chasquid/v3-badseq.log":                       "chasquid logs a 503 where it sends 421 for too many errors",
	"servers/go-guerrilla/debug-interleave.log":            "go-guerrilla does not tell sessions apart",
	"servers/go-smtp/server-debug-interleave.log":          "go-smtp does not tell sessions apart",
	"servers/maddy/io_debug-interleave.log":                "maddy does not tell sessions apart",
	"servers/proxsmtp/d4-pipeline.log":                     "proxsmtp does not log what it has read together with DATA",
	"servers/python-smtpd/d-interleave.log":                "smtpd does not tell sessions apart",
	"servers/sendmail/syslog15-drop.log":                   "sendmail logs replies that it could not send any more",
}

// seenOtherwise are recordings that tell what a server made of the octets, or
// another conversation, where the truth beside them is what the client meant.
// They count neither as right nor as wrong.
var seenOtherwise = map[string]string{
	"servers/aiosmtpd/debug-bdat.log":                "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/amavis/log5-interleave.log":             "the client had given up before amavis greeted it",
	"servers/exim/bd-d+all-barelf.txt":               "Exim took a bare period with bare line feeds for the end of data",
	"servers/exim/bd-d-receive-barelf.txt":           "Exim took a bare period with bare line feeds for the end of data",
	"servers/mailpit/v-bdat.log":                     "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/mox/traceauth-bdat.log":                 "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/mox/tracedata-submission-and-queue.log": "the truth beside it is the submission, the log has the delivery as well",
	"servers/nodemailer-smtp-server/logger-bdat.log": "the payload of a BDAT that was refused is logged as the commands it was taken for",
	"servers/opensmtpd/T-mta-hard.txt":               "the truth beside it is the submission, the log the delivery",
	"servers/postfix/notice-barelf.mbox":             "Postfix took a bare period with bare line feeds for the end of data",
	"servers/postfix/smtpd-v-barelf.log":             "Postfix took a bare period with bare line feeds for the end of data",
	"servers/proxsmtp/d4-barelf.log":                 "the server took a bare period with bare line feeds for the end of data, the proxy did not",
	"servers/recordio/plain-barelf.txt":              "the recording client leaves out empty lines with a bare line feed",
	"servers/strace/py-yy-barelf.txt":                "the recording client leaves out empty lines with a bare line feed",
}
