package transcripts_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
	"github.com/smtplint/smtplint/transcripts/formats"
)

// A recording is opened, its notation recognised, and its sessions looked at
// one after the other.
func Example() {
	f, err := os.Open("../cmd/smtplint/testdata/verify.log")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	rec := transcripts.Open(f)
	defer rec.Close()
	format := formats.Detect(rec.Head())
	if format == nil {
		fmt.Println("no recording of SMTP")
		return
	}
	for s, err := range rec.Sessions(format, transcripts.Hints{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, e := range s.Exchanges {
			fmt.Printf("%-9v %-4v %d\n", e.Kind, e.Command.Verb, e.Reply.Code)
		}
		fmt.Println("line ends are known:", s.Proves.Has(transcripts.CommandEnds|transcripts.ReplyEnds))
	}
	// Output:
	// connected      220
	// ordered   EHLO 250
	// ordered   VRFY 252
	// ordered   QUIT 221
	// line ends are known: false
}

// Content of a message is measured, and not kept.
func ExampleBody() {
	recording := strings.NewReader(`# excerpt
C: DATA
S: 354 Go on
C: Subject: hello
C:
C: ..a line that begins with a period
C: .
S: 250 2.0.0 Queued
`)
	for s, err := range transcripts.Read(recording, transcripts.Plain, transcripts.Hints{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, e := range s.Exchanges {
			if e.Kind == transcripts.Content {
				fmt.Println(e.Body.Lines, "lines,", e.Body.Octets, "octets, ended by", e.Body.End)
			}
		}
	}
	// Output:
	// 3 lines, 54 octets, ended by dot
}
