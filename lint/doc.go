// Package lint judges recorded SMTP conversations.
//
// A Rule is a value that says what can be wrong, why it matters and how to
// find it. A Linter is a set of rules with their severities; it shows each
// Session to the rules that can have something to say about it and collects
// their Diagnostics. What a recording cannot prove is not judged but withheld,
// and reported as such.
package lint
