package explain

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/smtplint/smtplint/rules/codes"
)

// A Page is what there is to say about one thing, ready to be shown.
type Page interface {
	id() string                         // tells pages apart
	text(b *strings.Builder, width int) // for a terminal of so many columns
	markdown(b *strings.Builder, level int)
	json.Marshaler
}

// Formats lists the formats of Write.
var Formats = []string{"text", "markdown", "json"}

// Options says how pages are shown.
type Options struct {
	Format string // one of Formats
	Lang   codes.Lang
	Width  int // columns, for text
}

// Write shows pages.
func Write(w io.Writer, pages []Page, opts Options) error {
	if opts.Format == "json" {
		return writeJSON(w, struct {
			Version int    `json:"version"`
			Lang    string `json:"lang"`
			Pages   []Page `json:"pages"`
		}{1, opts.Lang.String(), pages})
	}
	var b strings.Builder
	for i, p := range pages {
		if i > 0 {
			b.WriteByte('\n')
		}
		if opts.Format == "markdown" {
			p.markdown(&b, 1)
		} else {
			p.text(&b, max(opts.Width, leastWidth))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// leastWidth is the width below which lines get too short to be read.
const leastWidth = 32

func writeJSON(w io.Writer, doc any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		var value strings.Builder
		enc := json.NewEncoder(&value)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(m.value); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", m.key, value.String())
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}
