package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// colored decides about colours: the flag first, then NO_COLOR, FORCE_COLOR and
// CLICOLOR_FORCE, then whether there is a terminal that can show them and wants
// to (no-color.org, force-color.org, bixense.com/clicolors).
func colored(flag string, terminal bool) bool {
	force := os.Getenv("CLICOLOR_FORCE")
	switch {
	case flag != "auto":
		return flag == "always"
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "", force != "" && force != "0":
		return true
	}
	return terminal && os.Getenv("TERM") != "dumb" && os.Getenv("CLICOLOR") != "0"
}

func terminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns is the width of out: what COLUMNS says, else that of the terminal,
// else 80.
func columns(out io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := out.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 80
}
