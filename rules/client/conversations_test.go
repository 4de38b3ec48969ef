package client_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/client"
)

const (
	start   = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250 mx.example.org\n" // 3 lines
	offers  = "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250-mx.example.org\nS: 250 PIPELINING\n"
	mail    = "C: MAIL FROM:<a@example.com>\nS: 250 Ok\n"
	rcptB   = "C: RCPT TO:<b@example.org>\n"
	rcptC   = "C: RCPT TO:<c@example.org>\n"
	ok      = "S: 250 Ok\n"
	no      = "S: 550 No\n"
	later   = "S: 450 Later\n"
	content = "C: DATA\nS: 354 Go on\nC: Subject: hi\nC:\nC: .\n"                                                         // 5 lines
	lmtp    = "# mode: lmtp\nS: 220 mx\nC: LHLO client.example.com\nS: 250 mx\nC: MAIL FROM:<a@example.com>\nS: 250 Ok\n" // 6 lines
	rset    = "C: RSET\nS: 250 Ok\n"
	quit    = "C: QUIT\nS: 221 Bye\n"
	server  = "# proves: Opening Closing Unbroken Order Clock Bodies\n"
)

// TestConversations says for conversations which rules of this area speak, and
// on which lines.
func TestConversations(t *testing.T) {
	for _, c := range []struct{ because, in, want string }{
		{"RCPT after a refused MAIL", start + "C: MAIL FROM:<a@example.com>\n" + no + rcptB + no, "6 failure-treated-as-success"},
		{"the next RCPT as well, said once", start + "C: MAIL FROM:<a@example.com>\n" + no + rcptB + no + rcptC + no, "6 failure-treated-as-success"},
		{"with NOOP in between", start + "C: MAIL FROM:<a@example.com>\n" + no + "C: NOOP\n" + ok + rcptB + no, "8 failure-treated-as-success"},
		{"RSET and EHLO end it", start + "C: MAIL FROM:<a@example.com>\n" + no + rset + rcptB + no, ""},
		{"a new greeting ends it", start + "C: MAIL FROM:<a@example.com>\n" + no + "C: EHLO me.example\n" + ok + rcptB + no, ""},
		{"a refused greeting does not", start + "C: MAIL FROM:<a@example.com>\n" + no + "C: EHLO me.example\n" + no + rcptB + no, "8 failure-treated-as-success"},
		{"after 421 the server is gone", start + "C: MAIL FROM:<a@example.com>\nS: 421 Bye\n" + rcptB, ""},
		{"MAIL was not answered", start + "C: MAIL FROM:<a@example.com>\n" + rcptB, ""},
		{"the refused MAIL was a second one", start + mail + "C: MAIL FROM:<a@example.com>\nS: 503 No\n" + rcptB + ok, ""},
		{"out of step", start + "C: HELP\nS: 214 Ok\n" + no + "C: MAIL FROM:<a@example.com>\n" + no + rcptB + no, ""},
		{"a reply too many before MAIL", start + "C: MAIL FROM:<a@example.com>\n" + no + no + rcptB + no, ""},

		{"a refused message", start + mail + rcptB + ok + content + no + "# client: mail sent\n", "13 failure-treated-as-success"},
		{"said once", start + mail + rcptB + ok + content + no + "# client: mail sent\n# client: mail sent\n", "13 failure-treated-as-success"},
		{"by the recorder's mark", start + mail + rcptB + ok + content + no + "# [welcomed]\n", "13 failure-treated-as-success"},
		{"it had been said before the reply", start + mail + rcptB + ok + content + "# client: mail sent\n" + no, ""},
		{"in chunks", start + mail + rcptB + ok + "C: BDAT 4 LAST\nC= \"hi\\r\\n\"\n" + no + "# client: mail sent\n", "10 failure-treated-as-success"},
		{"a person's words", start + mail + rcptB + ok + content + no + "# mail sent when tried again\n", ""},
		{"not the last chunk", start + mail + rcptB + ok + "C: BDAT 4\nC= \"hi\\r\\n\"\n" + no + "# client: mail sent\n", ""},
		{"an accepted message", start + mail + rcptB + ok + content + ok + "# client: mail sent\n", ""},
		{"a server's words", server + start + mail + rcptB + ok + content + no + "# client: mail sent\n", ""},
		{"TLS after 220", start + "C: STARTTLS\nS: 220 Go\n# TLS established\n", ""},
		{"TLS later", start + "C: STARTTLS\nS: 454 No\nC: NOOP\nS: 250 Ok\n# TLS established\n", ""},

		{"RCPT again", start + mail + rcptB + no + rcptB + no, "8 permanent-failure-retried"},
		{"and again", start + mail + rcptB + no + rcptB + no + rcptB + no, "8 permanent-failure-retried"},
		{"in the next message", start + mail + rcptB + no + rset + mail + rcptB + no, "12 permanent-failure-retried"},
		{"with another sender", start + mail + rcptB + no + rset + "C: MAIL FROM:<>\n" + ok + rcptB + no, ""},
		{"after a message", start + mail + rcptB + no + rcptC + ok + content + ok + mail + rcptB + no, "18 permanent-failure-retried"},
		{"in chunks", start + mail + rcptB + no + rcptC + ok + "C: BDAT 4 LAST\nC= \"hi\\r\\n\"\n" + ok + mail + rcptB + no, "15 permanent-failure-retried"},
		{"another address", start + mail + rcptB + no + rcptC + no, ""},
		{"503", start + rcptB + "S: 503 No\n" + rcptB + "S: 503 No\n", ""},
		{"530", start + mail + rcptB + "S: 530 No\n" + rcptB + "S: 530 No\n", ""},
		{"after AUTH", start + "C: VRFY b\n" + no + "C: AUTH PLAIN\nS: 334 \nC: ****\nS: 235 Ok\nC: VRFY b\n" + no, ""},
		{"after a failed AUTH", start + "C: VRFY b\n" + no + "C: AUTH PLAIN\nS: 334 \nC: ****\nS: 535 No\nC: VRFY b\n" + no, "10 permanent-failure-retried"},
		{"after AUTH with a response", start + "C: VRFY b\n" + no + "C: AUTH PLAIN ****\nS: 235 Ok\nC: VRFY b\n" + no, ""},
		{"after XCLIENT", start + "C: VRFY b\n" + no + "C: XCLIENT NAME=a\nS: 220 Ok\nC: VRFY b\n" + no, ""},
		{"after STARTTLS", start + "C: VRFY b\n" + no + "C: STARTTLS\nS: 220 Ok\nC: VRFY b\n" + no, ""},
		{"after HELO", start + "C: VRFY b\n" + no + "C: HELO a.example\n" + ok + "C: VRFY b\n" + no, ""},
		{"after a refused HELO", start + "C: VRFY b\n" + no + "C: HELO a.example\n" + no + "C: VRFY b\n" + no, "8 permanent-failure-retried"},
		{"out of step", start + "C: VRFY b\n" + no + no + "C: VRFY b\n" + no, ""},
		{"pipelined", offers + mail + rcptB + rcptB + no + no, ""},
		{"far away", start + "C: VRFY b\n" + no + strings.Repeat("C: NOOP\n"+ok, 70) + "C: VRFY b\n" + no, ""},

		{"deferred RCPT again", start + mail + rcptB + later + rcptB + later, "8 immediate-retry-after-temporary"},
		{"in the next message", start + mail + rcptB + later + rset + mail + rcptB + later, ""},
		{"after a second", timed(start+mail+rcptB+later, "10:00:09", rcptB+ok), "8 immediate-retry-after-temporary"},
		{"after a minute", timed(start+mail+rcptB+later, "10:01:00", rcptB+ok), ""},
		{"greylisted, at once", timed(start+mail+rcptB+"S: 450 Greylisted\n", "10:00:09", rcptB+ok), "8 immediate-retry-after-temporary"},
		{"greylisted, a little later", timed(start+mail+rcptB+"S: 450 Greylisted\n", "10:00:20", rcptB+ok), "8 greylist-retry-too-early"},
		{"graylisted", timed(start+mail+rcptB+"S: 450 Graylisted\n", "10:00:20", rcptB+ok), "8 greylist-retry-too-early"},
		{"it says when", timed(start+mail+rcptB+"S: 450 Try again in 2 minutes.\n", "10:01:40", rcptB+ok), "8 greylist-retry-too-early"},
		{"in seconds", timed(start+mail+rcptB+"S: 450 Greylisted for 300s\n", "10:04:59", rcptB+ok), "8 greylist-retry-too-early"},
		{"a number of something else", timed(start+mail+rcptB+"S: 450 4.7.1 Greylisted, 3 tries, wait 100 sec\n", "10:01:30", rcptB+ok), "8 greylist-retry-too-early"},
		{"no number", timed(start+mail+rcptB+"S: 450 Greylisted for some min\n", "10:01:00", rcptB+ok), ""},
		{"a large number", timed(start+mail+rcptB+"S: 450 Greylisted 99999999999999999999 s\n", "10:01:00", rcptB+ok), ""},
		{"a deferred MAIL is not greylisted", timed(start+"C: MAIL FROM:<>\nS: 450 Try again in 5 minutes\n", "10:00:30", "C: MAIL FROM:<>\n"+ok), "6 immediate-retry-after-temporary"},
		{"greylisted in another message", timed(start+mail+rcptB+"S: 450 Greylisted\n", "10:00:20", rset+mail+rcptB+ok), "12 greylist-retry-too-early"},

		{"too many, and gave up", start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\n" + quit, "10 too-many-recipients-mishandled"},
		{"with NOOP", start + mail + rcptB + ok + rcptC + "S: 452 TOO MANY RECIPIENTS\nC: NOOP\n" + ok + rset, "12 too-many-recipients-mishandled"},
		{"none was accepted", start + mail + rcptC + "S: 452 Too many recipients\n" + quit, ""},
		{"something else was too much", start + mail + rcptB + ok + rcptC + "S: 452 Too many connections\n" + quit, ""},
		{"pipelined with QUIT", offers + mail + rcptB + ok + rcptC + "C: QUIT\nS: 452 Too many recipients\nS: 221 Bye\n", ""},
		{"it asked for VRFY", start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\nC: VRFY c\n" + ok, ""},
		{"another refusal followed", start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\n" + rcptC + no + quit, "10 immediate-retry-after-temporary"},
		{"six more", start + mail + rcptB + ok + strings.Repeat(rcptC+"S: 452 4.5.3 No\n", 7), "10 immediate-retry-after-temporary, 20 too-many-recipients-mishandled"},
		{"many more, said once", start + mail + rcptB + ok + strings.Repeat(rcptC+"S: 452 4.5.3 No\n", 20), "10 immediate-retry-after-temporary, 20 too-many-recipients-mishandled"},
		{"the server closed", start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\nS: 421 Bye\nC: RSET\n", ""},
		{"five more", start + mail + rcptB + ok + strings.Repeat(rcptC+"S: 452 4.5.3 No\n", 6), "10 immediate-retry-after-temporary"},
		{"six in a group", offers + mail + rcptB + ok + strings.Repeat(rcptC, 8) + strings.Repeat("S: 452 4.5.3 No\n", 8), ""},

		{"the null sender, to two", start + "C: MAIL FROM:<>\n" + ok + rcptB + ok + rcptC + ok, "8 null-sender-many-recipients"},
		{"to one, twice", start + "C: MAIL FROM:<>\n" + ok + rcptB + ok + rset + "C: MAIL FROM:<>\n" + ok + rcptC + ok, ""},
		{"addresses are hidden", start + "C: MAIL FROM:<>\n" + ok + "C: RCPT TO:<>\n" + ok + "C: RCPT TO:<>\n" + ok, ""},
		{"a sender, to two", start + mail + rcptB + ok + rcptC + ok, ""},
		{"LHLO", "S: 220 mx\nC: LHLO a\n" + ok + "C: MAIL FROM:<>\n" + ok + rcptB + ok + rcptC + ok, ""},
		{"MAIL is not on record", "# excerpt\n" + rcptB + ok + rcptC + ok, ""},

		{"the null sender is refused", start + "C: MAIL FROM:<>\nS: 550 no null sender\n", "5 null-sender-refused"},
		{"before any greeting", "S: 220 mx\nC: MAIL FROM:<>\nS: 550 no null sender\n", ""},
		{"another is accepted", start + "C: MAIL FROM:<>\n" + no + "C: MAIL FROM:<a@b.c>\n" + ok, "5 null-sender-refused"},
		{"after RSET", start + "C: MAIL FROM:<>\n" + no + rset + "C: MAIL FROM:<a@b.c>\n" + ok, "5 null-sender-refused"},
		{"another is refused, too", start + "C: MAIL FROM:<>\n" + no + "C: MAIL FROM:<a@b.c>\n" + no, ""},
		{"something else came first", start + "C: MAIL FROM:<>\n" + no + "C: VRFY b\n" + ok + "C: MAIL FROM:<a@b.c>\n" + ok, ""},
		{"no other sender", start + "C: MAIL FROM:<>\n" + no + "C: MAIL FROM:<> SIZE=1\n" + ok, ""},
		{"another sender is refused", start + "C: MAIL FROM:<a@b.c>\nS: 550 not an empty sender, but blocked\n", ""},

		{"VRFY, then RCPT", start + "C: VRFY b@example.org\n" + ok + mail + rcptB + ok, "4 vrfy-as-existence-check"},
		{"said once", start + "C: VRFY b@example.org\n" + ok + "C: VRFY c@example.org\n" + ok + mail + rcptB + ok + rcptC + ok, "4 vrfy-as-existence-check"},
		{"part of an address", start + "C: VRFY b@example\n" + ok + mail + rcptB + ok, ""},
		{"in another message", start + mail + rcptC + ok + "C: VRFY b@example.org\n" + ok + content + ok + mail + rcptB + ok, ""},
		{"VRFY without argument", start + "C: VRFY\n" + no + mail + rcptB + ok, ""},

		{"a report with a sender", start + mail + rcptB + ok + report("delivery-status"), "4 bounce-with-sender"},
		{"a receipt", start + mail + rcptB + ok + report("disposition-notification"), "4 bounce-with-sender"},
		{"another report", start + mail + rcptB + ok + report("feedback-report"), ""},
		{"sent on", start + mail + rcptB + ok + strings.Replace(report("delivery-status"), "C: Content", "C: Resent-To: x\nC: Content", 1), ""},
		{"a longer field", start + mail + rcptB + ok + strings.Replace(report("delivery-status"), "C: Content", "C: Received: x\nC: Content", 1), "4 bounce-with-sender"},
		{"folded with a tab", start + mail + rcptB + ok + strings.Replace(report("delivery-status"), "; report", ";\nC: \treport", 1), "4 bounce-with-sender"},
		{"hidden", start + "C: MAIL FROM:<***>\n" + ok + rcptB + ok + report("delivery-status"), ""},
		{"no MAIL", "# excerpt\n" + report("delivery-status"), ""},
		{"no transaction", start + report("delivery-status"), ""},

		{"all were told", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: sent mail to all recipients\n", "16 partial-success-misreported"},
		{"by number", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: sent mail to 2 recipients\n", "16 partial-success-misreported"},
		{"by another number", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: sent mail to 1 recipients\n", ""},
		{"some of them", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: mail sent to 1 of 2 recipients\n", ""},
		{"the refused one is named", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: mail sent to all recipients but c@example.org\n", ""},
		{"all were refused", start + mail + rcptB + no + rcptC + no + content + no + "# client: failed for all recipients\n", ""},
		{"the message was refused", start + mail + rcptB + ok + rcptC + no + content + no + "# client: failed for all recipients\n", ""},
		{"none was refused", start + mail + rcptB + ok + rcptC + ok + content + ok + "# client: sent mail to all recipients\n", ""},
		{"in the message before", start + mail + rcptB + no + rset + mail + rcptC + ok + content + ok + "# client: sent mail to all recipients\n", ""},
		{"no verdict", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: all recipients\n", ""},
		{"a server's words", server + start + mail + rcptB + ok + rcptC + no + content + ok + "# client: sent mail to all recipients\n", ""},

		{"LMTP, the second", lmtp + rcptB + ok + rcptC + ok + content + ok + no + "# client: delivered to all recipients\n", "18 partial-success-misreported"},
		{"LMTP, the first", lmtp + rcptB + ok + rcptC + ok + content + no + ok + "# client: delivered to all recipients\n", "18 partial-success-misreported"},
		{"LMTP, one was refused before", lmtp + rcptB + no + rcptC + ok + content + ok + "# client: delivered to all recipients\n", "17 partial-success-misreported"},
		{"LMTP, a reply is lacking", lmtp + rcptB + ok + rcptC + ok + content + ok + "# client: delivered to all recipients\n", ""},
		{"all of something else", start + mail + rcptB + ok + rcptC + no + content + ok + "# client: all mail delivered\n", ""},

		{"the same RCPT after a success", start + mail + rcptB + ok + rcptB + ok, "8 success-treated-as-failure"},
		{"in a group", offers + mail + rcptB + rcptB + ok + ok, ""},
		{"hidden", start + mail + "C: RCPT TO:<***>\n" + ok + "C: RCPT TO:<***>\n" + ok, ""},
		{"251 in doubt", start + mail + rcptB + "S: 251 Forwarded\n# client: recipient refused\n" + quit, "7 rcpt-251-252-treated-as-failure"},
		{"252 in doubt", start + mail + rcptB + "S: 252 Perhaps\n# client: recipient refused\n" + quit, "7 rcpt-251-252-treated-as-failure"},
		{"250 in doubt", start + mail + rcptB + "S: 250 Ok\n# client: recipient refused\n" + quit, "7 success-treated-as-failure"},
		{"251, and gave up", start + mail + rcptB + "S: 251 Forwarded\n" + quit, "7 rcpt-251-252-treated-as-failure"},
		{"251, and the recording ends", start + mail + rcptB + "S: 251 Forwarded\n", ""},
		{"a person says what comes next", start + mail + rcptB + "S: 251 Forwarded\n# an unknown recipient\n" + rcptC + no + quit, ""},
		{"251, and gave up, in a fragment", "# excerpt\n" + mail + rcptB + "S: 251 Forwarded\nC: RSET\n" + ok, ""},
		{"251, and gave up, but who says why", server + start + mail + rcptB + "S: 251 Forwarded\n" + quit, ""},
		{"251, and gave up with another", start + mail + rcptB + ok + rcptC + "S: 251 Forwarded\n" + quit, ""},
		{"251, and another", start + mail + rcptB + "S: 251 Forwarded\n" + rcptC + ok + quit, ""},
		{"251, and went on", start + mail + rcptB + "S: 251 Forwarded\n# client: recipient invalid\n" + content + ok, ""},

		{"given up for good", start + mail + rcptB + later + "# client: bounced\n", "7 temporary-treated-as-permanent"},
		{"said twice", start + mail + rcptB + later + "# client: bounced\n# client: bounced\n", "7 temporary-treated-as-permanent"},
		{"after QUIT", start + mail + rcptB + later + quit + "# client: bounced\n", "7 temporary-treated-as-permanent"},
		{"it was refused for good", start + mail + rcptB + no + "# client: bounced\n", ""},
		{"tried again", start + mail + rcptB + later + "# client: bounced\n" + rset + mail + rcptB + later, ""},
		{"before the reply", start + mail + rcptB + "# client: bounced\n" + later, ""},
		{"in the server's words only", start + mail + rcptB + "S: 450 will be bounced soon\n# client: error: 450 will be bounced soon\n", ""},
		{"a server's words", server + start + mail + rcptB + later + "# client: bounced\n", ""},
		{"at the greeting", "S: 421 Busy\n# client: bounced\n", "1 temporary-treated-as-permanent"},

		{"354 taken for an error", start + mail + rcptB + ok + "C: DATA\nS: 354 Go\n# client: error 354\n", "9 354-treated-as-error"},
		{"the message was sent", start + mail + rcptB + ok + content + "# client: error 354\n" + ok, ""},
		{"an empty one", start + mail + rcptB + ok + "C: DATA\nS: 354 Go\nC: .\n" + ok + "# client: error 354\n", ""},
		{"part of it", start + mail + rcptB + ok + "C: DATA\nS: 354 Go\nC: x\n# client: error 354\n", ""},
		{"it is not shown", "# proves: Opening Closing Unbroken Order Reaction\n" + start + mail + rcptB + ok + "C: DATA\nS: 354 Go\nC: .\n" + ok + "# client: error 354\n", ""},
		{"another 3yz", start + mail + rcptB + ok + "C: DATA\nS: 350 Go\n# client: error 350\n", ""},
	} {
		var got []string
		for _, d := range lint.Check(c.in, client.Rules, lint.Settings{}).Findings {
			got = append(got, fmt.Sprintf("%d %s", d.At.Span.Line, d.Rule.ID))
		}
		if all := strings.Join(got, ", "); all != c.want {
			t.Errorf("%s: found %q, want %q in\n%s", c.because, all, c.want, c.in)
		}
	}
}

// timed puts times before the lines: ten o'clock before those of the first
// part, the time at before those of the second.
func timed(first, at, second string) string {
	var b strings.Builder
	for n, part := range []string{first, second} {
		for line := range strings.Lines(part) {
			b.WriteString([]string{"10:00:00", at}[n] + " " + line)
		}
	}
	return b.String()
}

// report is a message that is a report of a kind, up to the reply to it.
func report(kind string) string {
	return "C: DATA\nS: 354 Go on\nC: Content-Type: multipart/report; report-type=" + kind + "; boundary=x\nC:\nC: .\nS: 250 Ok\n"
}

// TestTimeouts: which wait is too short.
func TestTimeouts(t *testing.T) {
	const (
		open   = "10:00:00 S: 220 mx.example.org ESMTP\n10:00:00 C: EHLO client.example.com\n10:00:00 S: 250 mx.example.org\n"
		inMail = open + "10:00:00 C: MAIL FROM:<>\n10:00:00 S: 250 Ok\n10:00:00 C: RCPT TO:<b@example.org>\n10:00:00 S: 250 Ok\n"
		inData = inMail + "10:00:00 C: DATA\n10:00:00 S: 354 Go\n10:00:00 C: x\n"
	)
	for _, c := range []struct {
		because, in string
		want        string // the message
	}{
		{"MAIL", open + "10:00:00 C: MAIL FROM:<>\n10:04:00 # [client closed]\n", "the client gave up after 4m0s, while it waited for the reply to MAIL"},
		{"long enough", open + "10:00:00 C: MAIL FROM:<>\n10:04:59 # [client closed]\n", ""},
		{"submission", "# port: 465\n" + open + "10:00:00 C: MAIL FROM:<>\n10:01:59 # [client closed]\n", ""},
		{"submission, too short", "# port: 587\n" + open + "10:00:00 C: MAIL FROM:<>\n10:01:50 # [client closed]\n", "the client gave up after 1m50s, while it waited for the reply to MAIL"},
		{"DATA", inMail + "10:00:00 C: DATA\n10:01:50 # [client closed]\n", "the client gave up after 1m50s, while it waited for the reply to DATA"},
		{"DATA, long enough", inMail + "10:00:00 C: DATA\n10:02:00 # [client closed]\n", ""},
		{"the message", inData + "10:00:10 C: .\n10:09:10 # client: timeout\n", "the client gave up after 9m0s, while it waited for the reply to the message"},
		{"still sending", inData + "10:00:10 # [client closed]\n", ""},
		{"the last chunk", inMail + "10:00:00 C: BDAT 3 LAST\n10:00:00 C= \"x\\r\\n\"\n10:06:00 # [client closed]\n", "the client gave up after 6m0s, while it waited for the reply to the message"},
		{"another chunk", inMail + "10:00:00 C: BDAT 3\n10:00:00 C= \"x\\r\\n\"\n10:06:00 # [client closed]\n", ""},
		{"AUTH", open + "10:00:00 C: AUTH PLAIN\n10:00:00 S: 334 \n10:00:00 C: ****\n10:01:00 # [client closed]\n", "the client gave up after 1m0s, while it waited for the reply to AUTH"},
		{"not at all", open + "10:00:00 C: MAIL FROM:<>\n10:00:00 # [client closed]\n", ""},
		{"the server closed", open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # [server closed]\n", ""},
		{"nobody knows who closed", open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # [closed]\n", ""},
		{"by a signal", open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # [client closed] got a signal\n", ""},
		{"a remark", open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # nothing\n", ""},
		{"everything was answered", inMail + "10:00:30 # [client closed]\n", ""},
		{"after QUIT", open + "10:00:00 C: QUIT\n10:00:30 # [client closed]\n", ""},
		{"the server is closing", open + "10:00:00 C: MAIL FROM:<>\n10:00:10 S: 421 Bye\n10:00:10 C: NOOP\n10:00:30 # [client closed]\n", ""},
		{"it went on", open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # client: timeout\n10:00:30 C: RSET\n10:00:30 S: 250 Ok\n", ""},
		{"a group, from the last reply", "10:00:00 S: 220 mx\n10:00:00 C: EHLO a.example\n10:00:00 S: 250-mx\n10:00:00 S: 250 PIPELINING\n" +
			"10:00:00 C: MAIL FROM:<>\n10:00:00 C: RCPT TO:<b@example.org>\n10:00:00 C: RCPT TO:<c@example.org>\n10:04:00 S: 250 Ok\n10:06:00 # [client closed]\n",
			"the client gave up after 2m0s, while it waited for the reply to RCPT"},
		{"no command", open + "10:00:00 C: ?\n10:00:30 # [client closed]\n", ""},
		{"a server's words", server + open + "10:00:00 C: MAIL FROM:<>\n10:00:30 # client: timeout\n", ""},
		{"nothing but an end", "10:00:00 # [opened]\n10:00:30 # [client closed]\n", ""},
	} {
		var got []string
		for _, d := range lint.Check(c.in, client.Rules, lint.Settings{Only: []string{"client-timeout-too-short"}}).Findings {
			got = append(got, d.Message)
		}
		if !slices.Equal(got, strings.FieldsFunc(c.want, func(r rune) bool { return r == '\n' })) {
			t.Errorf("%s: found %q, want %q", c.because, got, c.want)
		}
	}
}

// TestCounts: messages count recipients, and say what a refusal means where it
// was met.
func TestCounts(t *testing.T) {
	for in, want := range map[string]string{
		start + "C: MAIL FROM:<>\nS: 550 No null sender\n":                   "the null sender was refused with 550: no bounce can reach this server",
		"# port: 587\n" + start + "C: MAIL FROM:<>\nS: 550 No null sender\n": "the null sender was refused with 550: no read receipt can be sent through this server",
		start + "C: MAIL FROM:<>\n" + ok + rcptB + ok + rcptC + ok + rcptC + no + "C: VRFY b\n" + ok + "C: RCPT TO:<d@example.org>\n" + ok + rset + mail + rcptB + ok: "a message with the null sender was sent to 3 recipients",
		start + mail + rcptB + ok + "C: VRFY b\n" + no + rcptC + no + "C: RCPT TO:<d@example.org>\n" + no + content + ok + "# client: mail sent to 3 recipients\n":    "2 of 3 recipients were refused, but the client reported success for all",
		start + mail + rcptB + no + rset + mail + rcptB + ok + rcptC + no + content + ok + "# client: mail failed for all recipients\n":                               "1 of 2 recipients were refused, but the client reported failure for all",
		start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\n" + quit:                                                                                     "the server had taken one recipient, but the client gave up all because one more was too many",
	} {
		var got []string
		for _, d := range lint.Check(in, client.Rules, lint.Settings{}).Findings {
			got = append(got, d.Message)
		}
		if !slices.Contains(got, want) {
			t.Errorf("found %q, want %q in\n%s", got, want, in)
		}
	}
}

// TestCopies: which messages were sent once for each recipient.
func TestCopies(t *testing.T) {
	const toB, toC = mail + rcptB + ok + content, mail + rcptC + ok + content
	for _, c := range []struct {
		because, in string
		want        int
	}{
		{"two copies", start + toB + ok + toC + ok, 1},
		{"three, said once", start + toB + ok + toC + ok + mail + "C: RCPT TO:<d@example.org>\n" + ok + content + ok, 1},
		{"for the same recipient", start + toB + ok + toB + ok, 0},
		{"the first was refused", start + toB + no + toC + ok, 0},
		{"another sender", start + toB + ok + strings.Replace(toC, "a@", "d@", 1) + ok, 0},
		{"another header section", start + toB + ok + strings.Replace(toC, "hi", "ho", 1) + ok, 0},
		{"another text", start + toB + ok + strings.Replace(toC, "C: .", "C: ho\nC: .", 1) + ok, 0},
		{"too many recipients for one", start + mail + rcptB + ok + rcptC + "S: 452 Too many recipients\n" + content + ok + toC + ok, 0},
		{"no header section", start + mail + rcptB + ok + "C: DATA\nS: 354 Go\nC:\nC: .\n" + ok + mail + rcptC + ok + "C: DATA\nS: 354 Go\nC:\nC: .\n" + ok, 0},
	} {
		if found := lint.Check(c.in, client.Rules, lint.Settings{Only: []string{"same-message-per-recipient"}}).Findings; len(found) != c.want {
			t.Errorf("%s: %v, want %d", c.because, found, c.want)
		}
	}
}
