package formats_test

import (
	"fmt"

	"github.com/smtplint/smtplint/transcripts/formats"
)

func ExampleDetect() {
	for _, head := range []string{
		"2026-11-25 10:00:00 CLIENT -> SERVER: EHLO client.example.com\n",
		"<-  220 mx.example.org ESMTP\n -> EHLO client.example.com\n",
		"Dear Bob, how are you?\n",
	} {
		if f := formats.Detect([]byte(head)); f != nil {
			fmt.Println(f.Name)
		} else {
			fmt.Println("no recording of SMTP")
		}
	}
	// Output:
	// phpmailer
	// swaks
	// no recording of SMTP
}
