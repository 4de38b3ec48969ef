package main

import (
	"os"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/codes"
)

// language is the one that --lang names, else the one that the environment
// asks for.
func language(flag string) (codes.Lang, error) {
	if flag == "" {
		return codes.LangOf(os.Getenv), nil
	}
	l, ok := codes.ParseLang(flag)
	if !ok {
		return l, usage("--lang: there is no language %q; it can be %s%s", flag, strings.Join(codes.Langs, " or "), lint.DidYouMean(flag, codes.Langs))
	}
	return l, nil
}
