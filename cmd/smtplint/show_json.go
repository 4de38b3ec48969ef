package main

import (
	"fmt"
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// The JSON contract of show, version 1. Fields are only ever added.
type (
	shownFile struct {
		Version  int            `json:"version"`
		Path     string         `json:"path"`
		Format   string         `json:"format"`
		Sessions []shownSession `json:"sessions"`
	}
	shownSession struct {
		ID        string          `json:"id"`
		Line      uint32          `json:"line"`
		Proves    []string        `json:"proves"`
		Exchanges []shownExchange `json:"exchanges"`
		Remarks   []shownText     `json:"remarks"`
		Faults    []shownFault    `json:"faults"`
	}
	shownExchange struct {
		Kind    string        `json:"kind"`
		Command *shownCommand `json:"command,omitempty"`
		Body    *shownBody    `json:"body,omitempty"`
		Reply   *shownReply   `json:"reply,omitempty"`
		More    []*shownReply `json:"more,omitempty"`
		Before  shownState    `json:"before"`
	}
	shownCommand struct {
		Verb  string `json:"verb"`
		Text  string `json:"text"`
		Line  uint32 `json:"line"`
		Early bool   `json:"early"`
		EOL   string `json:"eol"`
	}
	shownBody struct {
		Lines  int64       `json:"lines"`
		Octets int64       `json:"octets"`
		End    string      `json:"end"`
		Marks  []shownMark `json:"marks"`
	}
	shownMark struct {
		Kind  string `json:"kind"`
		Count int64  `json:"count"`
		Line  uint32 `json:"line"`
	}
	shownReply struct {
		Code    int      `json:"code"`
		Lines   []string `json:"lines"`
		Line    uint32   `json:"line"`
		Verdict string   `json:"verdict"`
	}
	shownState struct {
		Hello         string `json:"hello"`
		Secure        string `json:"secure"`
		Authenticated bool   `json:"authenticated"`
		Mail          int32  `json:"mail"`
		Accepted      int32  `json:"accepted"`
		Refused       int32  `json:"refused"`
	}
	shownText struct {
		Line uint32 `json:"line"`
		Text string `json:"text"`
	}
	shownFault struct {
		Kind string `json:"kind"`
		Line uint32 `json:"line"`
		Text string `json:"text"`
	}
)

// sessionOf copies a session for the output.
func sessionOf(s *transcripts.Session, secrets bool) shownSession {
	out := shownSession{
		ID: strings.Clone(s.ID), Line: s.Span.Line, Proves: s.Proves.Names(),
		Exchanges: []shownExchange{}, Remarks: []shownText{}, Faults: []shownFault{},
	}
	for i := range s.Exchanges {
		out.Exchanges = append(out.Exchanges, exchangeOf(&s.Exchanges[i], secrets))
	}
	for _, r := range s.Remarks {
		out.Remarks = append(out.Remarks, shownText{r.Span.Line, strings.Clone(r.Text)})
	}
	for _, f := range s.Faults {
		out.Faults = append(out.Faults, shownFault{f.Kind.String(), f.Span.Line, strings.Clone(f.Text)})
	}
	return out
}

func exchangeOf(e *transcripts.Exchange, secrets bool) shownExchange {
	out := shownExchange{
		Kind: e.Kind.String(), Reply: replyOf(&e.Reply),
		Before: shownState{
			Hello: e.Before.Hello.String(), Secure: e.Before.Secure.String(), Authenticated: e.Before.Authenticated,
			Mail: e.Before.Mail, Accepted: e.Before.Accepted, Refused: e.Before.Refused,
		},
	}
	if e.Kind == transcripts.Ordered || e.Kind == transcripts.Answered {
		text := e.Command.Text
		if !secrets {
			text = e.Shown()
		}
		out.Command = &shownCommand{
			Verb: e.Command.Verb.String(), Text: strings.Clone(text), Line: e.Command.Span.Line,
			Early: e.Command.Early, EOL: e.Command.EOL.String(),
		}
	}
	if b := e.Body; b != nil {
		out.Body = &shownBody{Lines: b.Lines, Octets: b.Octets, End: b.End.String(), Marks: []shownMark{}}
		for _, m := range b.Marks {
			out.Body.Marks = append(out.Body.Marks, shownMark{m.Kind.String(), m.Count, m.First[0].Line})
		}
	}
	for i := range e.More {
		out.More = append(out.More, replyOf(&e.More[i]))
	}
	return out
}

func replyOf(r *transcripts.Reply) *shownReply {
	if !r.Recorded() {
		return nil
	}
	out := &shownReply{Code: int(r.Code), Lines: []string{}, Line: r.Span().Line, Verdict: r.Verdict.String()}
	for _, l := range r.Lines {
		out.Lines = append(out.Lines, strings.Clone(l.Text))
	}
	return out
}

func pathError(path string, err error) error {
	if strings.Contains(err.Error(), path) {
		return err
	}
	return fmt.Errorf("%s: %w", path, err)
}
