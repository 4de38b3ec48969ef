package codes

import "github.com/smtplint/smtplint/transcripts"

type list = []transcripts.Code

// ToGreeting are the replies with which a server may greet.
var ToGreeting = Answers{
	To: Greeting, Success: list{220}, Errors: list{554}, Extension: list{521},
	Tolerated: list{450, 451, 550, 571}, Exempt: true,
}

// ToEndOfData are the replies to the end of a message that followed DATA.
var ToEndOfData = Answers{
	To: EndOfData, Success: list{250}, Errors: list{450, 451, 452, 550, 552, 554},
	Extension: list{353}, Tolerated: list{503, 541, 553, 571}, Exempt: true,
}

// ToUnknown are the replies to a command that no specification knows, besides 500.
var ToUnknown = Answers{
	To: "an unknown command", Errors: list{502}, Tolerated: list{503, 521, 554},
}

// byVerb holds the replies to commands. Sources are RFC 5321 §4.3.2 and the
// document that defines the command; what is tolerated was met in Postfix,
// Exim, sendmail, OpenSMTPD, Haraka, aiosmtpd, and go-smtp, which says 502 where
// 503 is meant.
var byVerb = [transcripts.NumVerbs]Answers{
	transcripts.ATRN: {To: "ATRN", Success: list{250}, Errors: list{450, 451, 453, 502, 530}}, // RFC 2645
	transcripts.AUTH: { // RFC 4954 §4, §6
		To: "AUTH", Success: list{235}, Intermediate: list{334},
		Errors:    list{432, 454, 503, 504, 534, 535, 538},
		Extension: list{530}, // RFC 3207: TLS comes first
		Tolerated: list{435, 451, 502, 523, 524, 525, 533, 550, 553, 554},
	},
	transcripts.BDAT: {To: "BDAT", Success: list{250}, Errors: list{450, 451, 452, 503, 550, 552, 554}, Tolerated: list{502, 521}}, // RFC 3030
	transcripts.BURL: {To: "BURL", Success: list{250}, Errors: list{451, 503, 554}, Tolerated: list{535, 550}},                     // RFC 4468
	transcripts.DATA: {
		To: "DATA", Intermediate: list{354}, Errors: list{503, 554}, Extension: list{451, 452},
		Tolerated: list{450, 502, 550, 552},
	},
	transcripts.EHLO: {To: "EHLO", Success: list{250}, Errors: list{502, 504, 550}, Tolerated: list{450, 503, 530, 554}, Exempt: true},
	transcripts.ETRN: { // RFC 1985 §5.1
		To: "ETRN", Success: list{250, 251, 252, 253}, Errors: list{458, 459}, Tolerated: list{503, 550, 552},
	},
	transcripts.EXPN: {To: "EXPN", Success: list{250, 252}, Errors: list{502, 504, 550}, Tolerated: list{503}},
	transcripts.HELO: {To: "HELO", Success: list{250}, Errors: list{504, 550}, Tolerated: list{450, 503, 554}},
	transcripts.HELP: {To: "HELP", Success: list{211, 214}, Errors: list{502, 504}, Tolerated: list{250, 503}},
	transcripts.LHLO: {To: "LHLO", Success: list{250}, Errors: list{502, 504, 550}, Tolerated: list{450, 503, 530, 554}, Exempt: true}, // RFC 2033
	transcripts.MAIL: {
		To: "MAIL", Success: list{250}, Errors: list{451, 452, 455, 503, 550, 552, 553, 555},
		Extension: list{355, 530, 554}, // RFC 1845; RFC 4954, RFC 3207; RFC 6409
		Tolerated: list{450, 502, 504, 535, 551},
	},
	transcripts.NOOP: {To: "NOOP", Success: list{250}, Exempt: true},
	transcripts.QUIT: {To: "QUIT", Success: list{221}, Tolerated: list{250}, Exempt: true},
	transcripts.RCPT: {
		To: "RCPT", Success: list{250, 251}, Errors: list{450, 451, 452, 455, 503, 550, 551, 552, 553, 555},
		Extension: list{530, 554, 556}, // RFC 4954, RFC 3207; RFC 6409; RFC 7504
		Tolerated: list{252, 454, 502, 504, 521, 541, 571},
	},
	transcripts.RSET:     {To: "RSET", Success: list{250}, Tolerated: list{503}},
	transcripts.SAML:     likeMail("SAML"),
	transcripts.SEND:     likeMail("SEND"),
	transcripts.SOML:     likeMail("SOML"),
	transcripts.STARTTLS: {To: "STARTTLS", Success: list{220}, Errors: list{454}, Tolerated: list{502, 503, 554}}, // RFC 3207
	transcripts.TURN:     {To: "TURN", Success: list{250}, Errors: list{502, 503}},                                // RFC 821
	transcripts.VRFY: {
		To: "VRFY", Success: list{250, 251, 252}, Errors: list{502, 504, 550, 551, 553}, Tolerated: list{503, 554},
	},
	transcripts.XCLIENT: { // of Postfix; it greets anew
		To: "XCLIENT", Success: list{220}, Errors: list{503, 550}, Tolerated: list{450, 451, 521, 554, 571},
	},
	transcripts.XFORWARD: {To: "XFORWARD", Success: list{250}, Errors: list{503, 550}}, // of Postfix
}

// likeMail are the replies to the commands of RFC 821 that send mail to a
// terminal; they are those of MAIL, and 502 where a server has dropped them.
func likeMail(verb string) Answers {
	return Answers{
		To: verb, Success: list{250}, Errors: list{451, 452, 455, 503, 550, 552, 553, 555}, Extension: list{530},
		Tolerated: list{450, 502},
	}
}
