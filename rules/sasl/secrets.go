package sasl

import (
	"strings"

	"github.com/smtplint/smtplint/transcripts"
)

// Secrets returns what in the client's line of exchange i must not be told: what
// was sent, as it stands there, and behind it what that stands for, which other
// lines of a recording may print as well: the password, the token, or the proof
// from which a password can be guessed.
func Secrets(s *transcripts.Session, i int) []string {
	e := &s.Exchanges[i]
	sent := e.Secret()
	if sent == "" {
		return nil
	}
	secrets := []string{sent}
	if e.Kind != transcripts.Answered && e.Command.Verb != transcripts.AUTH {
		return secrets
	}
	message, ok := Decode(sent)
	if !ok {
		return secrets
	}
	name, step := At(s, i)
	proof := Proof(name, step, message)
	if challenge, _ := Challenge(s, i); name == "" && AsksPassword(challenge) {
		proof = message // of LOGIN, whose beginning is not on record
	}
	if proof != "" && !transcripts.Redacted(proof) {
		secrets = append(secrets, proof)
	}
	return secrets
}

// Proof returns the part of a client's message that proves who it is, "" where
// there is none that could be printed by itself. The mechanism may be unknown.
func Proof(mechanism string, step int, message string) string {
	if _, password, ok := Plain(message); ok {
		return password
	}
	if token, ok := Bearer(message); ok {
		return token
	}
	switch {
	case mechanism == "LOGIN":
		if step == 1 {
			return message
		}
	case mechanism == "CRAM-MD5": // RFC 2195 §2
		_, digest, _ := strings.Cut(message, " ")
		return digest
	case mechanism == "DIGEST-MD5": // RFC 2831 §2.1.2
		_, digest, _ := strings.Cut(message, "response=")
		digest, _, _ = strings.Cut(digest, ",")
		return strings.Trim(digest, `"`)
	case strings.HasPrefix(mechanism, "SCRAM-"): // RFC 5802 §5.1
		_, proof, _ := strings.Cut(message, ",p=")
		return proof
	}
	return ""
}

// AsksPassword reports whether a challenge is the one by which LOGIN asks for the
// password.
func AsksPassword(challenge string) bool {
	return strings.Contains(strings.ToLower(challenge), "password")
}
