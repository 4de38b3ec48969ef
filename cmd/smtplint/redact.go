package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/redact"
	"github.com/smtplint/smtplint/transcripts"
)

type redactCmd struct {
	Path string `arg:"" help:"The recording; - is standard input."`

	inputFlags `group:"Input"`
	Output     string `short:"o" placeholder:"FILE" xor:"to" help:"Where the copy goes; without it, to standard output."`
	InPlace    bool   `short:"i" xor:"to" help:"Put the copy in the place of the recording."`
	Addresses  bool   `help:"Mask addresses, too: of mail, of hosts and of the Internet. The same one becomes the same stand-in."`
	Content    bool   `help:"Mask the text of messages, too."`
}

func (c *redactCmd) Help() string {
	return `Passwords, tokens, and responses from which passwords can be guessed are overwritten wherever they stand, in the
client's lines and in what the recorder writes about them. The copy is in the same notation and has the same lines, so
that all that is found in it is found on the same lines as before. A mask is as long as what it hides.

A recording that cannot be masked in its own notation, as a packet capture, can be in plain notation:

    smtplint show session.pcap | smtplint redact --addresses --content -`
}

func (c *redactCmd) Run(s *streams) error {
	opts, err := c.options()
	if err != nil {
		return err
	}
	if c.InPlace && c.Path == "-" {
		return usage("-i: standard input cannot be replaced")
	}
	if len(c.flowsAt(c.Path)) > 0 {
		return c.refused(errors.New("it is what tcpflow writes: one side of a conversation"))
	}
	src, err := c.input(c.Path, s.in).Open(c.Path)
	if err != nil {
		return err
	}
	data, wrappings, err := redact.Read(src)
	src.Close()
	if err != nil {
		return failure{exitUnread, pathError(c.Path, err)}
	}
	f := opts.Format
	if f == nil {
		rec := transcripts.Open(bytes.NewReader(data))
		f, err = lint.Recognise(rec, opts.Hints)
		rec.Close()
		if err != nil {
			return failure{exitUnread, pathError(c.Path, err)}
		}
	}
	copied, masked, err := redact.Copy(data, f, redact.Options{Hints: opts.Hints, Addresses: c.Addresses, Content: c.Content})
	if err != nil {
		return c.refused(err)
	}
	if err := c.deliver(s, func(out io.Writer) error {
		w, err := transcripts.Pack(out, wrappings)
		if err != nil {
			return err
		}
		if _, err := w.Write(copied); err != nil {
			return err
		}
		return w.Close()
	}); err != nil {
		return err
	}
	fmt.Fprintf(s.err, "%s: masked %s\n", c.name(), c.counted(masked))
	return nil
}

func (c *redactCmd) name() string {
	if c.Path == "-" {
		return c.StdinFilename
	}
	return c.Path
}

// refused says why there is no copy, and how to get one in plain notation.
func (c *redactCmd) refused(err error) error {
	return failure{exitUnread, fmt.Errorf("%w\nThere is no copy. One in plain notation: smtplint show %s | smtplint redact -", pathError(c.name(), err), c.Path)}
}

// counted says how much was masked.
func (c *redactCmd) counted(m redact.Masked) string {
	text := number(m.Credentials, "place with credentials", "places with credentials")
	if c.Addresses {
		text += ", " + number(m.Addresses, "part of addresses", "parts of addresses")
	}
	if c.Content {
		text += ", " + number(m.Lines, "line of content", "lines of content")
	}
	return text
}

func number(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// deliver lets write write the copy to where it was asked for. A file is written
// whole or not at all.
func (c *redactCmd) deliver(s *streams, write func(io.Writer) error) error {
	path := c.Output
	if c.InPlace {
		path = c.Path
	}
	if path == "" || path == "-" {
		out := bufio.NewWriter(s.out)
		return closed(cmp.Or(write(out), out.Flush()))
	}
	r, err := replace(path)
	if err != nil {
		return err
	}
	err = write(r)
	return cmp.Or(err, r.end(err == nil))
}
