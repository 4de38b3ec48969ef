package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const samples = "../../../shared/samples"

// recorded calls each for every recording among the samples.
func recorded(t *testing.T, each func(path string)) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples here")
	}
	err := filepath.WalkDir(samples, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch ext := filepath.Ext(path); {
		case ext == ".jsonl", ext == ".mbox" && !strings.Contains(path, "notice"), strings.Contains(filepath.ToSlash(path), "/truth/"):
		default:
			each(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wireSecrets returns the secrets of all AUTH exchanges among the samples, as
// the truth of the wire has them: passwords, and what was sent for them.
func wireSecrets(t *testing.T) []string {
	secrets := map[string]bool{}
	err := filepath.WalkDir(samples, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		switch {
		case err != nil:
			return err
		case strings.HasSuffix(path, ".wire.jsonl"):
			addSecrets(secrets, fromJSON(data))
		case strings.Contains(filepath.ToSlash(path), "/truth/"):
			addSecrets(secrets, fromRepr(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for s := range secrets {
		all = append(all, s)
	}
	if len(all) < 10 {
		t.Fatalf("only %d secrets found", len(all))
	}
	return all
}

// said is one line on the wire: who spoke, C or S, and what.
type said struct{ by, text string }

func fromJSON(data []byte) (lines []said) {
	for line := range bytes.Lines(data) {
		var rec struct{ Dir, Data string }
		if json.Unmarshal(line, &rec) == nil {
			for text := range strings.Lines(rec.Data) {
				lines = append(lines, said{rec.Dir, strings.TrimRight(text, "\r\n")})
			}
		}
	}
	return lines
}

// fromRepr reads lines like
//
//	> b'AUTH PLAIN ...\r\n'
func fromRepr(data []byte) (lines []said) {
	for scan := bufio.NewScanner(bytes.NewReader(data)); scan.Scan(); {
		mark, text, ok := strings.Cut(scan.Text(), " b'")
		if by := map[string]string{">": "C", "<": "S"}[mark]; ok && by != "" {
			text, _, _ = strings.Cut(text, `\r`)
			lines = append(lines, said{by, strings.TrimSuffix(text, "'")})
		}
	}
	return lines
}

var initialResponse = regexp.MustCompile(`(?i)^AUTH \S+ (\S+)`)

func addSecrets(secrets map[string]bool, lines []said) {
	asked := false
	for _, l := range lines {
		if l.by == "S" {
			asked = strings.HasPrefix(l.text, "334")
			continue
		}
		token := ""
		if m := initialResponse.FindStringSubmatch(l.text); m != nil {
			token = m[1]
		} else if asked {
			token = l.text
		}
		message, err := base64.StdEncoding.DecodeString(token)
		if err != nil || len(token) < 8 || strings.Contains(string(message), "@") && !strings.ContainsAny(string(message), "\x00 ") {
			continue // nothing, or the name of a user
		}
		if string(message) == "alice" || string(message) == "bob" {
			continue
		}
		secrets[token] = true
		password := message[bytes.LastIndexByte(message, 0)+1:]
		if user, digest, ok := strings.Cut(string(password), " "); ok && user != "" {
			password = []byte(digest) // CRAM-MD5
		}
		if len(password) > 5 {
			secrets[string(password)] = true
		}
	}
}

// TestSecretsStaySecret: no secret that was recorded comes out of any command,
// as it is or in base64, unless it is asked for.
func TestSecretsStaySecret(t *testing.T) {
	secrets := wireSecrets(t)
	shown := 0
	recorded(t, func(path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		holds := false
		for _, s := range secrets {
			holds = holds || bytes.Contains(data, []byte(s))
		}
		for _, args := range [][]string{
			{"--no-config", "--profile", "strict"}, {"--no-config", "-f", "short"}, {"--no-config", "-f", "json"},
			{"show"}, {"show", "-f", "json"},
		} {
			var out, errs bytes.Buffer
			run(append(args, path), nil, &out, &errs)
			for _, s := range secrets {
				if bytes.Contains(out.Bytes(), []byte(s)) || bytes.Contains(errs.Bytes(), []byte(s)) {
					t.Errorf("%v %s: a secret comes out", args, strings.TrimPrefix(path, samples+"/"))
					break
				}
			}
		}
		if holds {
			var out, errs bytes.Buffer
			run([]string{"show", "--show-secrets", path}, nil, &out, &errs)
			for _, s := range secrets {
				if bytes.Contains(out.Bytes(), []byte(s)) {
					shown++
					break
				}
			}
		}
	})
	t.Logf("%d secrets; %d recordings show one when asked", len(secrets), shown)
	if shown < 50 {
		t.Errorf("only %d recordings show a secret when it is asked for", shown)
	}
}
