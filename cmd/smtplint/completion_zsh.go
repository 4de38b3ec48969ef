package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// zshCompletion writes a function for each command, all of them for _arguments.
func zshCompletion(app *kong.Application) string {
	root := complete(app.Node, nil)
	var b strings.Builder
	b.WriteString("#compdef smtplint\n")
	for _, c := range root.all()[1:] {
		c.zsh(&b)
	}
	check := root.subs[0]
	fmt.Fprintf(&b, "\n_smtplint() {\n\tlocal -a commands=(\n%s\t)\n", zshList(root.subs))
	fmt.Fprintf(&b, `	local word=${words[2]}
	if (( CURRENT > 2 && $+functions[_smtplint_$word] )); then
		shift words
		(( CURRENT-- ))
		_smtplint_$word
		return
	fi
	if (( CURRENT == 2 )) && [[ $word != -* ]]; then
		_alternative 'commands:command:(( ${commands} ))' 'files:recording:_files'
		return
	fi
	_smtplint_%s
}

if [[ $funcstack[1] == _smtplint ]]; then
	_smtplint "$@"
else
	compdef _smtplint smtplint
fi
`, check.path[0])
	return b.String()
}

// zsh writes the function of a command.
func (c *completed) zsh(b *strings.Builder) {
	fmt.Fprintf(b, "\n_smtplint_%s() {\n", strings.Join(c.path, "_"))
	if len(c.subs) > 0 {
		fmt.Fprintf(b, "\tlocal -a commands=(\n%s\t)\n", zshList(c.subs))
		fmt.Fprintf(b, `	local word=${words[2]}
	if (( CURRENT > 2 )); then
		shift words
		(( CURRENT-- ))
		(( $+functions[_smtplint_%[1]s_$word] )) && _smtplint_%[1]s_$word
		return
	fi
	_describe command commands
}
`, strings.Join(c.path, "_"))
		return
	}
	b.WriteString("\t_arguments -S \\\n")
	for _, f := range c.flags {
		value := ""
		if f.value != nil {
			value = ":" + f.name + ":" + f.value.zsh()
		}
		repeat := "'*'"
		equals := ""
		if f.value != nil {
			equals = "="
		}
		if f.short != "" {
			fmt.Fprintf(b, "\t\t%s'-%s[%s]%s' \\\n", repeat, f.short, zshText(f.help), value)
		}
		fmt.Fprintf(b, "\t\t%s'--%s%s[%s]%s' \\\n", repeat, f.name, equals, zshText(f.help), value)
	}
	fmt.Fprintf(b, "\t\t'*:argument:%s'\n}\n", c.args.zsh())
}

// zshList lists commands with what they are for.
func zshList(commands []*completed) string {
	var b strings.Builder
	for _, c := range commands {
		fmt.Fprintf(&b, "\t\t'%s:%s'\n", c.path[len(c.path)-1], zshText(firstSentence(c.help)))
	}
	return b.String()
}

// zshText takes out of a description what means something to zsh.
func zshText(s string) string {
	return strings.NewReplacer("'", "", `"`, "", "[", "(", "]", ")", ":", ",", "`", "", "$", "").Replace(s)
}

func (v *values) zsh() string {
	switch {
	case len(v.words) > 0:
		return "(" + strings.ReplaceAll(strings.Join(v.words, " "), ":", `\:`) + ")"
	case v.files:
		return "_files"
	}
	return " "
}
