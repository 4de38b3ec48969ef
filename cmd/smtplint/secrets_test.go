package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtplint/smtplint/lint/report"
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

// spelled returns the ways in which an output may write a secret.
func spelled(secrets []string) []string {
	var all []string
	for _, s := range secrets {
		escaped, _ := json.Marshal(s)
		for _, text := range []string{s, base64.StdEncoding.EncodeToString([]byte(s)), string(escaped[1 : len(escaped)-1]), html.EscapeString(s), url.QueryEscape(s), hex.EncodeToString([]byte(s))} {
			if !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return all
}

// leak returns where a secret stands in an output, "" if none does.
func leak(out []byte, secrets []string) string {
	for _, s := range secrets {
		if at := bytes.Index(out, []byte(s)); at >= 0 {
			return strconv.Quote(string(out[max(0, at-80):min(len(out), at+40)]))
		}
	}
	return ""
}

// TestSecretsStaySecret: no secret that was recorded comes out of any command,
// however it is spelled, unless it is asked for.
func TestSecretsStaySecret(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples here")
	}
	secrets := wireSecrets(t)
	written := spelled(secrets)
	shown, copied := 0, 0
	recorded(t, func(path string) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(path, samples+"/")
		holds := leak(data, secrets) != ""
		for _, args := range [][]string{
			{"--no-config", "--profile", "strict"}, {"show"}, {"show", "-f", "json"}, {"redact"}, {"redact", "--addresses", "--content"},
		} {
			var out, errs bytes.Buffer
			status := run(append(args, path), nil, &out, &errs)
			if where := cmp.Or(leak(out.Bytes(), written), leak(errs.Bytes(), written)); where != "" {
				t.Errorf("%v %s: a secret comes out: %s", args, name, where)
			}
			if holds && args[0] == "redact" && status == exitClean {
				copied++
			}
		}
		if holds {
			var out, errs bytes.Buffer
			run([]string{"show", "--show-secrets", path}, nil, &out, &errs)
			if leak(out.Bytes(), secrets) != "" {
				shown++
			}
		}
	})
	t.Logf("%d secrets; %d recordings show one when asked, %d copies have none", len(secrets), shown, copied)
	if shown < 50 || copied < 100 {
		t.Errorf("only %d recordings show a secret when it is asked for, and only %d are copied", shown, copied)
	}
}

// TestSecretsStayOutOfReports: nor do they come out of any report, or a baseline.
func TestSecretsStayOutOfReports(t *testing.T) {
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples here")
	}
	secrets := spelled(wireSecrets(t))
	dir := t.TempDir()
	args := []string{"--no-config", "--profile", "strict", "--explain", "--show-suppressed", "--context", "3", "--exclude", "truth/"}
	var files []string
	for _, name := range report.Names() {
		files = append(files, filepath.Join(dir, name))
		args = append(args, "-o", name+":"+filepath.Join(dir, name))
	}
	known := filepath.Join(dir, "baseline")
	t.Chdir(samples)
	files = append(files, known)
	for _, args := range [][]string{append(args, "."), {"baseline", "write", "--no-config", "--exclude", "truth/", "--baseline", known, "."}} {
		var out, errs bytes.Buffer
		if status := run(args, nil, &out, &errs); status == exitUsage {
			t.Fatal(errs.String())
		}
		if where := cmp.Or(leak(out.Bytes(), secrets), leak(errs.Bytes(), secrets)); where != "" {
			t.Errorf("%v: a secret comes out: %s", args[0], where)
		}
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if where := leak(data, secrets); where != "" {
			t.Errorf("%s: a secret comes out: %s", filepath.Base(path), where)
		}
		t.Logf("%s: %d octets", filepath.Base(path), len(data))
	}
}
