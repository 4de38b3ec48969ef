package esmtp

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/smtplint/smtplint/transcripts"
)

// A Grammar says what is wrong with a value, or "" where nothing is. What holds
// for all values (transcripts.Param.Flaw) it need not look at.
type Grammar func(value string) (wrong string)

func anything(string) string { return "" }

// size: RFC 1870 §3.
func size(value string) string {
	switch {
	case !digits(value):
		return "it is not a number"
	case len(value) > 20:
		return "it has more than 20 digits"
	}
	return ""
}

// bodyType: RFC 6152 §2, RFC 3030 §3.
func bodyType(value string) string {
	return oneOf(value, "it is no type of content", "7BIT", "8BITMIME", "BINARYMIME")
}

// returned: RFC 3461 §4.3.
func returned(value string) string {
	return oneOf(value, "it is neither FULL nor HDRS", "FULL", "HDRS")
}

// notify: RFC 3461 §4.1.
func notify(value string) string {
	if strings.EqualFold(value, "NEVER") {
		return ""
	}
	for word := range strings.SplitSeq(value, ",") {
		if strings.EqualFold(word, "NEVER") {
			return "NEVER does not go with others"
		}
		if wrong := oneOf(word, "it is not made of SUCCESS, FAILURE and DELAY", "SUCCESS", "FAILURE", "DELAY"); wrong != "" {
			return wrong
		}
	}
	return ""
}

// xtext: RFC 3461 §4. What it stands for must be printable (§4.2, §4.4).
func xtext(value string) string {
	text, flaw := transcripts.DecodeXtext(value)
	if !flaw.None() {
		return "it is no xtext"
	}
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] == 0x7f {
			return "it stands for control characters"
		}
	}
	return ""
}

// envelopeID: RFC 3461 §4.4.
func envelopeID(value string) string {
	if len(value) > 100 {
		return "it has more than 100 characters"
	}
	return xtext(value)
}

// originalRecipient: RFC 3461 §4.2. An internationalized address has an
// encoding of its own (RFC 6533 §3).
func originalRecipient(value string) string {
	kind, address, found := strings.Cut(value, ";")
	switch {
	case !found || kind == "":
		return "the type of the address is missing"
	case address == "":
		return "the address is missing"
	case len(value) > 500:
		return "it has more than 500 characters"
	case strings.EqualFold(kind, "utf-8"):
		return ""
	}
	return xtext(address)
}

// submitter: RFC 4954 §5.
func submitter(value string) string {
	if value == "<>" {
		return ""
	}
	text, flaw := transcripts.DecodeXtext(value)
	if !flaw.None() {
		return "it is no xtext"
	}
	if m := transcripts.ParseMailbox(text); !m.Flaw.None() && m.Flaw.Kind != transcripts.Underscore && !m.Hidden() {
		return "it is no mailbox: " + m.Flaw.Kind.String()
	}
	return ""
}

// deliverBy: RFC 2852 §4.
func deliverBy(value string) string {
	seconds, mode, _ := strings.Cut(value, ";")
	number := strings.TrimLeft(seconds, "+-")
	if len(seconds)-len(number) > 1 || !digits(number) || len(number) > 9 {
		return "it does not begin with up to 9 digits"
	}
	switch strings.ToUpper(mode) {
	case "R", "RT":
		if seconds[0] == '-' || strings.Trim(number, "0") == "" {
			return "a message that is to be returned needs more than 0 seconds"
		}
	case "N", "NT":
	default:
		return "it does not end with ;R or ;N, and perhaps T"
	}
	return ""
}

// holdFor: RFC 4865 §3.
func holdFor(value string) string {
	if !digits(value) || len(value) > 9 || value[0] == '0' {
		return "it is no number from 1 to 999999999"
	}
	return ""
}

// dateTime: RFC 3339 §5.6. Erratum 2040 of RFC 4865 says that this is what is
// meant there.
func dateTime(value string) string {
	if _, err := time.Parse(time.RFC3339, strings.ToUpper(value)); err != nil {
		return "it is no date and time of RFC 3339"
	}
	return ""
}

// validSince: RFC 7293 §3.1.
func validSince(value string) string {
	date, action, found := strings.Cut(value, ";")
	if found && !strings.EqualFold(action, "C") && !strings.EqualFold(action, "R") {
		return "behind the date may stand ;C or ;R only"
	}
	return dateTime(date)
}

// priority: RFC 6710 §7.
func priority(value string) string {
	if number := strings.TrimPrefix(value, "-"); len(number) != 1 || !digits(number) || value == "-0" {
		return "it is no number from -9 to 9"
	}
	return ""
}

// trackingID: RFC 3885 §3.1.
func trackingID(value string) string {
	certifier, timeout, found := strings.Cut(value, ":")
	if _, err := base64.StdEncoding.DecodeString(certifier); err != nil || certifier == "" {
		return "the certifier is no base64"
	}
	if found && (!digits(timeout) || len(timeout) > 9) {
		return "the timeout is no number of up to 9 digits"
	}
	return ""
}

func oneOf(value, wrong string, words ...string) string {
	for _, w := range words {
		if strings.EqualFold(value, w) {
			return ""
		}
	}
	return wrong
}

func digits(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
