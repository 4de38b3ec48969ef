package reply

import (
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/transcripts"
)

// contradictions are words that say the opposite of a reply code, by its class.
var contradictions = [transcripts.NumClasses][]string{
	transcripts.Success:      {"error", "failed", "denied", "rejected", "refused"},
	transcripts.Intermediate: {"error"},
	transcripts.Transient:    {"permanent", "never"},
	transcripts.Permanent: {"try again later", "try later", "try again in", "temporarily", "temporary fail", "temporary err", "temporary problem",
		"temporary lookup", "temporary reject", "greylist", "graylist"},
}

// gone are words by which a server says that an address does not exist. 450 and
// 451 say so as long as the server has not found out.
var gone = []string{"user unknown", "does not exist", "no such user", "unknown user"}

var textContradictsCode = &lint.Rule{
	ID:       "text-contradicts-code",
	Title:    "The text of a reply says the opposite of its code",
	Area:     lint.Reply,
	Side:     lint.ByServer,
	Severity: lint.Info,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(5321, "4.2"), lint.RFC(5321, "4.2.1")},
	In:       []transcripts.Kind{transcripts.Connected, transcripts.Ordered, transcripts.Answered, transcripts.Content},
	Hears:    func(e *transcripts.Exchange) bool { return contradiction(e) != "" },
	Exchange: func(p *lint.Pass, i int) {
		code := p.Exchanges[i].Reply.Code
		word := contradiction(&p.Exchanges[i])
		if word == "" {
			return
		}
		p.Report(p.ReplyLine(i, 0), "%03d means %s, but the text says %q; clients follow the code", code, meaning[code.Class()], word).
			Sure(lint.Likely).
			Helpf("send 4yz for \"try again later\", 5yz for \"never\", and 2yz only for success")
	},
	Doc: `
Clients go by the code, people by the text. Here the two say opposite things:
mail that should come again later is given back, or what will never work is tried
for days.

# What to do

Choose the code for what is meant.

# When it stays silent

On words in quotes, in angle brackets and in addresses of web pages; on words
that are denied ("not a permanent error") or hedged ("may be permanently
unreachable"), and on those of another server ("host ... said: 550 ..."); on
greetings and 221, whose text is about more than this connection; on 450 and 451
for recipients that are not known yet; and where the enhanced code contradicts
the code as well, which is a rule of its own.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: RCPT TO:<b@example.org>
		S: 550 Greylisted, please try again later
		# want likely
		`),
		lint.Good(`
		S: 220 mx.example.org ESMTP; unsolicited mail is refused
		C: QUIT
		S: 221 2.0.0 Bye
		`),
		lint.Good(`
		# excerpt
		C: MAIL FROM:<a@example.com>
		S: 250 2.1.0 No errors so far
		C: RCPT TO:<b@example.org>
		S: 450 4.7.1 Greylisted, please try again later
		C: RCPT TO:<failed@example.org>
		S: 250 2.1.5 <failed@example.org> accepted
		C: RCPT TO:<c@example.org>
		S: 450 4.1.1 User unknown, still asking
		C: RCPT TO:<d@example.org>
		S: 550 5.7.1 See https://example.org/temporary
		C: RCPT TO:<e@example.org>
		S: 550 5.7.1 Your subject says "try again later"
		C: RCPT TO:<f@example.org>
		S: 451-they may be permanently unreachable from this server
		S: 451 Talk to your mail administrator for details
		C: RCPT TO:<g@example.org>
		S: 450 4.1.1 undeliverable address: host mx.example.net said: 550 permanent failure
		C: RCPT TO:<h@example.org>
		S: 554 5.7.1 This is not a temporary error, do not retry
		C: RCPT TO:<i@example.org>
		S: 550 5.7.1 Senders with temporary addresses are not welcome
		C: FROM: <a@example.com>
		S: 221 2.7.0 Error: I can break rules, too. Goodbye.
		`),
	},
}

// contradiction returns what a reply says against its code, or "".
func contradiction(e *transcripts.Exchange) string {
	r := &e.Reply
	class := r.Code.Class()
	if !r.Recorded() || class == transcripts.Success && (e.Kind == transcripts.Connected || r.Code == 221 || e.Kind == transcripts.Ordered &&
		(e.Command.Verb.Hello() || e.Command.Verb == transcripts.HELP)) {
		return ""
	}
	if s := status(r); s.Class != 0 && transcripts.Code(s.Class-'0') != r.Code/100 {
		return "" // enhanced-code-class-mismatch
	}
	word := contradicting(r, contradictions[class])
	if word == "" && class == transcripts.Transient && r.Code != 450 && r.Code != 451 {
		word = contradicting(r, gone)
	}
	return word
}

// contradicting returns the first of some words that the text of a reply says
// in earnest.
func contradicting(r *transcripts.Reply, words []string) string {
	if lint.Says(r, words...) == "" {
		return "" // by far the most
	}
	for k := range r.Lines {
		text := strings.ToLower(unquoted(r.Lines[k].Text))
		for _, word := range words {
			if at := strings.Index(text, word); at >= 0 && !denied(text[:at]) {
				return word
			}
		}
	}
	return ""
}

// denied reports whether what stands before a word takes it back: it says no,
// or perhaps, or that another server said so.
func denied(before string) bool {
	if strings.Contains(before, "said:") || strings.Contains(before, "was:") {
		return true
	}
	before = strings.TrimRight(before, " -\"'")
	for _, article := range [...]string{" a", " an", " the"} {
		before = strings.TrimSuffix(before, article)
	}
	for _, no := range [...]string{"no", "not", "non", "nor", "n't", "0", "without", "never", "may be", "might be", "can be", "could be"} {
		if rest, ok := strings.CutSuffix(before, no); ok && (rest == "" || no == "n't" || rest[len(rest)-1] == ' ') {
			return true
		}
	}
	return false
}

// unquoted returns a text without what it quotes: words in quotation marks and
// in angle brackets, and addresses of mail and of the web.
func unquoted(text string) string {
	var b strings.Builder
	for _, field := range strings.Fields(text) {
		if !strings.Contains(field, "://") && !strings.Contains(field, "@") {
			b.WriteString(field)
			b.WriteByte(' ')
		}
	}
	text = b.String()
	for _, pair := range [...]string{`""`, "<>"} {
		for {
			from := strings.IndexByte(text, pair[0])
			if from < 0 {
				break
			}
			n := strings.IndexByte(text[from+1:], pair[1])
			if n < 0 {
				break
			}
			text = text[:from] + text[from+n+2:]
		}
	}
	return text
}
