// Package files selects the files that are to be linted: patterns, what
// .gitignore leaves out, and walking through directories.
package files
