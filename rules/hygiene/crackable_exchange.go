package hygiene

import (
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/rules/sasl"
	"github.com/smtplint/smtplint/transcripts"
)

var crackableExchange = &lint.Rule{
	ID:       "crackable-exchange",
	Title:    "An exchange stands in the recording from which the password can be guessed",
	Area:     lint.Hygiene,
	Side:     lint.ByRecording,
	Severity: lint.Warning,
	Default:  true,
	Refs:     []lint.Ref{lint.RFC(4954, "9"), lint.RFC(2195, "5"), lint.RFC(5802, "9")},
	In:       []transcripts.Kind{transcripts.Answered},
	Adrift:   true,
	Exchange: func(p *lint.Pass, i int) {
		response, ok := sasl.Decode(p.Exchanges[i].Secret())
		if !ok || response == "" {
			return
		}
		name, _ := sasl.At(p.Session, i)
		challenge, _ := sasl.Challenge(p.Session, i)
		if !provable(name, challenge, response) || publishedResponse(response) {
			return
		}
		d := p.Report(p.Command(i), "this %s exchange lets anybody guess the password, as often as they like", name).
			Labelf("the value is not shown here").
			Helpf("run smtplint redact: without the client's response nothing can be guessed")
		if rounds(challenge) >= slow {
			d.AtMost(lint.Info)
		}
	},
	Doc: `
CRAM-MD5, DIGEST-MD5, NTLM and SCRAM do not send the password, but challenge and
response together let whoever has them try passwords until one fits. Most
passwords that people choose do not hold out for long.

# What to do

Replace the client's response with "****" ("smtplint redact" does). Change the
password if it is one that could be guessed.

# When it stays silent

Where challenge or response are hidden, and on the exchanges that RFCs print.
SCRAM with hundreds of thousands of iterations is an info: guessing is slow.
`,
	Examples: []lint.Example{
		lint.Bad(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PDEyMzRAbXguY29ycC5leGFtcGxlPg==
		C: YWxpY2UgYzAzNjVmYmZiM2UzYjM4MjU4ZTJkYTA3MjlkODE4ODE=
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: AUTH DIGEST-MD5
		S: 334 cmVhbG09ImNvcnAuZXhhbXBsZSIsbm9uY2U9Ik9BNk1HOXRFUUdtMmhoIixxb3A9ImF1dGgiLGFsZ29yaXRobT1tZDUtc2Vzcw==
		C: dXNlcm5hbWU9ImFsaWNlIixyZWFsbT0iY29ycC5leGFtcGxlIixub25jZT0iT0E2TUc5dEVRR20yaGgiLGNub25jZT0iT0E2TUhYaDZWcVRyUmsiLG5jPTAwMDAwMDAxLHFvcD1hdXRoLGRpZ2VzdC11cmk9InNtdHAvbXguY29ycC5leGFtcGxlIixyZXNwb25zZT1kMzg4ZGFkOTBkNGJiZDc2MGExNTIzMjFmMjE0M2FmOA==
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: AUTH NTLM TlRMTVNTUAABAAAAB4IIAA==
		S: 334 TlRMTVNTUAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQIDBAUGBw==
		C: TlRMTVNTUAADAAAAGAAYABgAGAAYABgAGAAYAGFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYQ==
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# excerpt
		C: AUTH SCRAM-SHA-1 biwsbj1hbGljZSxyPWZ5a28=
		S: 334 cj1meWtvM3JmYyxzPVFTWENSK1E2c2VrOGJmOTIsaT00MDk2
		C: Yz1iaXdzLHI9ZnlrbzNyZmMscD14MFg4djNCejJUMENKR2JKUXlGMFgrSEk0VHc9
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Bad(`
		# Many iterations: an info.
		# excerpt
		C: AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWZ5a28=
		S: 334 cj1meWtvM3JmYyxzPVFTWENSK1E2c2VrOGJmOTIsaT02MDAwMDA=
		C: Yz1iaXdzLHI9ZnlrbzNyZmMscD14MFg4djNCejJUMENKR2JKUXlGMFgrSEk0VHc9
		# want
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PDEyMzRAbXguY29ycC5leGFtcGxlPg==
		C: ****
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# Without the challenge nothing can be tried.
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 ****
		C: YWxpY2UgYzAzNjVmYmZiM2UzYjM4MjU4ZTJkYTA3MjlkODE4ODE=
		S: 235 2.7.0 Welcome
		`),
		lint.Good(`
		# This one is in RFC 4954.
		# excerpt
		C: AUTH CRAM-MD5
		S: 334 PENCeUxFREJoU0NnbmhNWitOMjNGNndAZWx3b29kLmlubm9zb2Z0LmNvbT4=
		C: ZnJlZCA5ZTk1YWVlMDljNDBhZjJiODRhMGMyYjNiYmFlNzg2ZQ==
		S: 235 2.7.0 Welcome
		`),
	},
}

// provable reports whether a guessed password can be tried on a challenge and
// the response to it.
func provable(mechanism, challenge, response string) bool {
	switch {
	case mechanism == "CRAM-MD5": // RFC 2195 §2
		_, digest, found := strings.Cut(response, " ")
		return found && len(digest) == 32 && challenge != ""
	case mechanism == "DIGEST-MD5": // RFC 2831 §2.1.2
		return strings.Contains(response, "response=") && strings.Contains(response, "nonce=")
	case mechanism == "NTLM": // MS-NLMP, CHALLENGE_MESSAGE and AUTHENTICATE_MESSAGE
		return strings.HasPrefix(challenge, "NTLMSSP\x00\x02") && strings.HasPrefix(response, "NTLMSSP\x00\x03")
	case strings.HasPrefix(mechanism, "SCRAM-"): // RFC 5802 §5.1
		return rounds(challenge) > 0 && strings.Contains(response, ",p=")
	}
	return false
}

// slow is a number of iterations with which trying passwords takes long.
const slow = 100_000

// rounds returns the number of iterations that a server asks for with SCRAM, or
// 0 (RFC 5802 §5.1).
func rounds(challenge string) int {
	for attribute := range strings.SplitSeq(challenge, ",") {
		if number, ok := strings.CutPrefix(attribute, "i="); ok {
			n, _ := strconv.Atoi(number)
			return n
		}
	}
	return 0
}
