// Package transcripts reads recorded SMTP conversations.
//
// A Recording is bytes; a Format knows the notation that they are written in.
// Its Decoder takes the recorder's marks off and yields Lines: who said what.
// The dialogue pairs them into Exchanges, and a Session is all of those over
// one connection:
//
//	S: 220 mx.example.org ESMTP          Exchange{Kind: Connected, Reply: 220}
//	C: EHLO client.example.com           Exchange{Kind: Ordered, Command: EHLO,
//	S: 250-mx.example.org                         Reply: 250, two Lines}
//	S: 250 PIPELINING
//	C: MAIL FROM:<a@example.com>         Ordered, MAIL; Before.Hello is EHLO
//	C: RCPT TO:<b@example.org>           Ordered, RCPT; Early: sent before MAIL was answered
//	S: 250 2.1.0 Ok
//	S: 250 2.1.5 Ok
//	C: DATA                              Ordered, DATA; Before.Mail is 1, Before.Accepted is 1
//	S: 354 Go on
//	C: Subject: hello                    Exchange{Kind: Content, Body: measured, not kept,
//	C:                                            Reply: 250}
//	C: .
//	S: 250 2.0.0 Queued
//
// Raw stands next to interpreted, and the zero value means unknown: most
// recordings forget something. What a recording can prove is its Evidence.
// Nothing here judges; trouble with a recording becomes a Fault.
//
// A Session is lent. Its text lies in an arena that is used again for the next
// one, so whoever keeps a piece of it must copy it.
package transcripts
