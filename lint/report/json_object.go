package report

import (
	"strconv"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/text"
	"github.com/smtplint/smtplint/transcripts"
)

// jsonObject writes findings as objects.
type jsonObject struct{ scratch []byte }

func (o *jsonObject) append(b []byte, f *lint.File, d *lint.Diagnostic) []byte {
	b = appendJSON(append(b, `{"rule":`...), d.Rule.ID)
	b = appendJSON(append(b, `,"area":`...), string(d.Rule.Area))
	b = append(append(b, `,"side":"`...), d.Side.String()...)
	b = append(append(b, `","severity":"`...), d.Severity.String()...)
	b = append(append(b, `","confidence":"`...), d.Confidence.String()...)
	b = clean(append(b, `","message":`...), d.Message)
	b = clean(append(b, `,"help":`...), d.Help)
	b = appendJSON(append(b, `,"path":`...), f.PathOf(d.At))
	b = clean(append(b, `,"session":`...), d.Session)
	line, column := lineOf(d.At.Span)
	b = number(append(b, `,"line":`...), line)
	b = number(append(b, `,"column":`...), column)
	b = number(append(b, `,"endLine":`...), line)
	behind := column
	if d.At.Span.Packet == 0 {
		behind += d.At.Span.Length
	}
	b = number(append(b, `,"endColumn":`...), behind)
	s := sink{b: append(b, `,"offset":`...)}
	s.num(d.At.Span.Offset)
	b = packet(append(s.b, `,"packet":`...), d.At.Span)
	b = append(b, `,"excerpt":`...)
	o.scratch, _, _ = appendLine(o.scratch[:0], &d.At, widest)
	b = appendJSON(b, o.scratch)
	b = relatedTo(append(b, `,"related":[`...), f, d.Related)
	b = append(b, `],"refs":[`...)
	for i := range d.Refs {
		if i > 0 {
			b = append(b, ',')
		}
		b = ref(b, &d.Refs[i])
	}
	b = append(b, `],"fingerprint":"`...)
	b = append(d.AppendFingerprint(b), `","suppressed":`...)
	if d.Suppressed == "" {
		return append(b, `null}`...)
	}
	return append(clean(b, d.Suppressed), '}')
}

func relatedTo(b []byte, f *lint.File, related []lint.Related) []byte {
	some := false
	for i := range related {
		r := &related[i]
		if !r.At.Span.Known() {
			continue
		}
		if some {
			b = append(b, ',')
		}
		some = true
		line, column := lineOf(r.At.Span)
		b = clean(append(b, `{"message":`...), r.Label)
		b = appendJSON(append(b, `,"path":`...), f.PathOf(r.At))
		b = number(append(b, `,"line":`...), line)
		b = number(append(b, `,"column":`...), column)
		b = append(packet(append(b, `,"packet":`...), r.At.Span), '}')
	}
	return b
}

// clean appends text as a string of JSON which is harmless also once decoded.
func clean(b []byte, s string) []byte { return appendJSON(b, text.Clean(s)) }

// ref appends a reference as the contract has it.
func ref(b []byte, r *lint.Ref) []byte {
	b = append(b, '"')
	if r.Number != 0 {
		b = r.AppendDoc(b)
	} else {
		b = appendEscaped(b, r.Title)
	}
	if r.Section != "" {
		b = appendEscaped(append(b, " section "...), r.Section)
	}
	return append(b, '"')
}

// lineOf is the line and column of a place, from 1. Captures have none.
func lineOf(s transcripts.Span) (line, column uint32) {
	if s.Packet != 0 {
		return 1, 1
	}
	return max(1, s.Line), max(1, s.Column)
}

func number(b []byte, n uint32) []byte { return strconv.AppendUint(b, uint64(n), 10) }

// packet appends the number of a packet, or null outside captures.
func packet(b []byte, s transcripts.Span) []byte {
	if s.Packet == 0 {
		return append(b, "null"...)
	}
	return number(b, s.Packet)
}
