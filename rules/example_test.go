package rules_test

import (
	"fmt"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
)

func ExampleByID() {
	r := rules.ByID("bare-period-in-body")
	fmt.Printf("%v of the %v: %s\n", r.Severity, r.Side, r.Title)
	for _, ref := range r.Refs {
		fmt.Println(ref.Short(), ref.URL())
	}
	// Output:
	// error of the client: A period on a line of its own ended the message early
	// RFC 5321 §4.5.2 https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2
	// RFC 5321 §4.1.1.4 https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.4
}

// Some of the rules are chosen as on the command line.
func Example() {
	chosen, err := lint.Select(rules.All, "area:reply")
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "S: 220 mx.example.org ESMTP\nC: EHLO client.example.com\nS: 250-mx.example.org\nS: 250 STARTTLS\n" +
		"C: STARTTLS\nS: 250 2.0.0 Go ahead\n"
	for _, d := range lint.Check(text, chosen, lint.Settings{}).Findings {
		fmt.Println(d)
	}
	// Output:
	// line 6: error: STARTTLS was answered 250; 220 is required, so client and server may now disagree about what comes next [wrong-positive-reply]
}
