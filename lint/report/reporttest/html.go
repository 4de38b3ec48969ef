package reporttest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// void are the elements without an end tag that a page may have.
var void = []string{"meta"}

// allowed are the other elements that a page may have.
var allowed = strings.Fields(`html head title style body header main section footer nav article div p span b a h1 h2 h3 h4 h5
	ul ol li dl dt dd details summary table thead tbody tr th td code pre mark q`)

// page reads a page as a browser does, and sees to it that it stands for
// itself: every element is closed, nothing is loaded and nothing runs; links
// within lead somewhere; headings step down one at a time.
func page(out []byte, want Want) error {
	z := html.NewTokenizer(bytes.NewReader(out))
	var open []string
	ids := map[string]bool{}
	var targets []string
	level, articles := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err()
			}
			if len(open) > 0 {
				return fmt.Errorf("%v not closed", open)
			}
			for _, t := range targets {
				if !ids[t] {
					return fmt.Errorf("a link to #%s, which is nowhere", t)
				}
			}
			return number("findings", articles, want.Findings+want.Suppressed)
		case html.CommentToken:
			return errors.New("a comment")
		case html.EndTagToken:
			t := z.Token()
			if t.Data != "p" {
				open = endParagraph(open)
			}
			if len(open) == 0 || open[len(open)-1] != t.Data {
				return fmt.Errorf("</%s> in %v", t.Data, open)
			}
			open = open[:len(open)-1]
		case html.StartTagToken:
			t := z.Token()
			if slices.Contains(blocks, t.Data) {
				open = endParagraph(open)
			}
			if !slices.Contains(void, t.Data) {
				if !slices.Contains(allowed, t.Data) {
					return fmt.Errorf("the element %s", t.Data)
				}
				open = append(open, t.Data)
			}
			if t.Data == "article" {
				articles++
			}
			if t.Data[0] == 'h' && len(t.Data) == 2 {
				n := int(t.Data[1] - '0')
				if n > level+1 && !slices.Contains(open, "article") {
					return fmt.Errorf("%s below h%d", t.Data, level)
				}
				level = n
			}
			for _, a := range t.Attr {
				if err := attribute(a, ids, &targets); err != nil {
					return err
				}
			}
		}
	}
}

// blocks are the elements that end a paragraph, whose end tag may be missing.
var blocks = strings.Fields(`p ul ol dl pre h1 h2 h3 h4 h5 details div section article table`)

func endParagraph(open []string) []string {
	if n := len(open); n > 0 && open[n-1] == "p" {
		return open[:n-1]
	}
	return open
}

func attribute(a html.Attribute, ids map[string]bool, targets *[]string) error {
	switch a.Key {
	case "id":
		if ids[a.Val] {
			return fmt.Errorf("two elements are #%s", a.Val)
		}
		ids[a.Val] = true
	case "href":
		if target, ok := strings.CutPrefix(a.Val, "#"); ok {
			*targets = append(*targets, target)
		} else if !strings.HasPrefix(a.Val, "https://") {
			return fmt.Errorf("a link to %q", a.Val)
		}
	case "class", "title", "open", "lang", "charset", "name", "content", "http-equiv", "aria-label", "aria-labelledby", "aria-hidden", "scope", "tabindex", "role":
	default:
		return fmt.Errorf("the attribute %s", a.Key)
	}
	return nil
}
