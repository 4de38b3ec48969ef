package main

import (
	"fmt"
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules"
	"github.com/smtplint/smtplint/rules/codes"
	"github.com/smtplint/smtplint/transcripts"
)

type explainCmd struct {
	Names []string `arg:"" name:"name" help:"A rule, or reply codes; two or more codes are compared."`
}

func (c *explainCmd) Run(s *streams) error {
	var replies []*codes.Reply
	var pages []string
	for _, name := range c.Names {
		if n, err := strconv.Atoi(name); err == nil {
			r := codes.Find(transcripts.Code(n))
			if r == nil {
				return usage("there is no explanation of reply code %q%s", name, lint.DidYouMean(name, codeNames()))
			}
			replies = append(replies, r)
			continue
		}
		r := rules.ByID(name)
		if r == nil {
			return usage("there is no rule and no reply code %q%s", name, lint.DidYouMean(name, append(ruleIDs(), codeNames()...)))
		}
		pages = append(pages, r.Text(pageWidth))
	}
	switch {
	case len(replies) == 1:
		pages = append(pages, codePage(replies[0]))
	case len(replies) > 1:
		pages = append(pages, comparison(replies))
	}
	for i, page := range pages {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		if _, err := fmt.Fprint(s.out, page); err != nil {
			return closed(err)
		}
	}
	return nil
}

func codeNames() []string {
	var names []string
	for _, r := range codes.Replies {
		names = append(names, strconv.Itoa(int(r.Code)))
	}
	return names
}
