// Package explain writes the pages of the reference: of a reply code, of codes
// side by side, of a reply line that somebody pasted, of a command, an
// extension and a rule; as text for a terminal, as Markdown and as JSON.
package explain
