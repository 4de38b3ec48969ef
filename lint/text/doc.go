// Package text makes text fit for a terminal: harmless, whatever its source,
// and no wider than the columns there are.
package text
