package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/smtplint/smtplint/lint"
)

// choices reads words, and says what is nearest to one that is none of those
// allowed.
var choices = kong.KindMapper(reflect.String, kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
	var word string
	if err := ctx.Scan.PopValueInto("string", &word); err != nil {
		return err
	}
	if ctx.Value.Enum != "" {
		if err := choice(word, ctx.Value.EnumSlice()); err != nil {
			return err
		}
	}
	target.SetString(word)
	return nil
}))

// choice returns an error about a word that is none of those allowed, where ""
// stands for none at all.
func choice(word string, allowed []string) error {
	if slices.Contains(allowed, word) {
		return nil
	}
	allowed = slices.DeleteFunc(slices.Clone(allowed), func(s string) bool { return s == "" })
	return fmt.Errorf("%q must be one of %s%s", word, strings.Join(allowed, ", "), lint.DidYouMean(word, allowed))
}
