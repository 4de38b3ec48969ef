package transcripts

// A Flaw is where a piece of a command line breaks its grammar, and how. The
// zero Flaw is none.
type Flaw struct {
	Kind FlawKind
	At   string // the piece that is wrong, cut out of the line; "" where something is missing
}

// None reports whether there is no flaw.
func (f Flaw) None() bool { return f.Kind == 0 }

// FlawKind says what is wrong.
type FlawKind uint8

const (
	_ FlawKind = iota

	// In a local part (RFC 5321 §4.1.2, Local-part).
	EmptyLocal  // nothing stands before the "@"
	LeadingDot  // it begins with a period
	TrailingDot // it ends with a period
	DoubleDot   // two periods in a row; in a domain as well
	Unquoted    // an octet that only a quoted string may hold
	EmptyQuote  // "" (RFC 5321 erratum 5414)
	OpenQuote   // the closing quote is missing
	BadQuoted   // an octet that even a quoted string may not hold
	AfterQuote  // text between the closing quote and the "@"
	NoDomain    // there is no "@" (§2.3.5)

	// In a domain (§4.1.2, Domain).
	EmptyDomain // nothing stands where it should
	DottedStart // it begins with a period
	DottedEnd   // it ends with a period
	Underscore  // common in names that are not of hosts
	HyphenEdge  // a label begins or ends with a hyphen
	SecondAt    // another "@"
	BadHost     // another octet that no domain may hold
	BareAddress // an IP address without brackets (§4.1.3)
	HostNumber  // "#" and a number, RFC 821 §4.1.2; gone since RFC 2821

	// In an address literal (§4.1.3).
	OpenLiteral  // the closing bracket is missing
	BadIPv4      // a number above 255, or not four of them
	BadIPv6      // behind the tag stands no IPv6 address
	UntaggedIPv6 // "IPv6:" is missing
	UnknownTag   // a tag that is not registered: IPv6 is the only one
	BadLiteral   // nothing that could be an address

	// In octets above 127 (RFC 6531 §3.3).
	BadUTF8

	// In a parameter (§4.1.2, esmtp-param; RFC 3461 §4, xtext).
	BadKeyword
	EmptyValue
	BadValue
	BadXtext
)

var flawWords = [...]string{
	"", "nothing stands before the @", "the local part begins with a period", "the local part ends with a period",
	"two periods stand in a row", "the local part needs quotes to hold this", "a quoted local part cannot be empty",
	"the closing quote is missing", "even quotes do not allow this octet", "text follows the closing quote",
	"it has no domain",
	"the domain is missing", "the domain begins with a period", "the domain ends with a period",
	"host names have no underscores", "a label begins or ends with a hyphen", "there is more than one @",
	"no domain holds this", "an IP address needs brackets", "numbers of hosts are no addresses any more",
	"the closing bracket is missing", "this is no IPv4 address", "this is no IPv6 address",
	`an IPv6 address needs the tag "IPv6:"`, "IPv6 is the only tag", "this is no IP address",
	"this is not UTF-8",
	"this is no parameter keyword", "the value is missing", "a value cannot hold this", "this is no xtext",
}

// String says what is wrong in a few words.
func (k FlawKind) String() string { return flawWords[k] }
