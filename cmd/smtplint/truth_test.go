package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// planted says which rules find a violation that a generated recording has in
// it, at its place.
var planted = map[string][]string{
	"8bit-without-8bitmime":       {"eight-bit-without-8bitmime"},
	"auth-plain-without-tls":      {"plaintext-auth-in-clear", "auth-not-advertised"}, // the second where AUTH is not offered at all
	"bare-lf-in-body":             {"bare-lf-in-data"},
	"bare-period-in-body":         {"bare-period-in-body"},
	"command-after-quit":          {"command-after-quit"},
	"data-without-354":            {"data-without-354"},
	"data-without-rcpt":           {"data-without-rcpt"},
	"dependent-command-after-503": {"failure-treated-as-success", "mail-before-hello"},
	"line-longer-than-998":        {"message-line-too-long"},
	"nested-mail":                 {"nested-mail"},
	"no-ehlo-after-starttls":      {"no-ehlo-after-tls"},
	"parameter-not-offered":       {"parameter-not-advertised"},
	"pipelining-not-offered":      {"pipelining-not-offered"},
	"rcpt-before-mail":            {"rcpt-before-mail"},
	"reply-code-mismatch":         {"multiline-code-mismatch"},
	"space-after-colon":           {"space-around-colon"},
	"vrfy-252-then-quit":          {"vrfy-252-treated-as-failure"},
}

// implied are further findings at warning or above that a session deserves
// which has a violation in it.
var implied = map[string]struct{ rule, because string }{
	"dependent-command-after-503": {"mail-before-hello", "MAIL drew the 503 because no EHLO had come before it"},
	"auth-plain-without-tls":      {"auth-not-advertised", "AUTH is not offered before TLS there, either"},
}

// byChance are findings that large recordings deserve although nobody planted
// what they are about.
var byChance = map[string]string{
	"immediate-retry-after-temporary": "recipients are drawn at random, now and then the same one again",
	"message-above-limit":             "the servers announce a SIZE that the largest message exceeds",
	"permanent-failure-retried":       "recipients are drawn at random, now and then the same one again",
}

// truth is what a generator has planted.
type truth struct {
	Violations []struct {
		Session, Line, Packet, PID int
		Violation                  string
	}
}

// found is a finding as it is reported.
type found struct {
	Rule, Severity, Path, Session string
	Line, Packet                  int
	Related                       []struct{ Line, Packet int }
}

// TestGroundTruth lints recordings of every kind that a generator makes
// together with a list of what is wrong in them: all of that is found where it
// is, and nothing else. What is printed is the same with one worker and two,
// from a file, from standard input and through a pipe. Usually the recordings
// are small; SMTPLINT_FULL_SIZE=1 makes them 256 MiB large.
func TestGroundTruth(t *testing.T) {
	source := root + "../shared/perf/gen"
	if _, err := os.Stat(source); err != nil {
		t.Skip("the generator is not here")
	}
	dir := t.TempDir()
	program := build(t)
	gen := filepath.Join(dir, "gen")
	make := exec.Command("go", "build", "-o", gen, ".")
	make.Dir = source
	if out, err := make.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	size, files, rate := "4MiB", "300", "0.3"
	switch {
	case os.Getenv("SMTPLINT_FULL_SIZE") != "":
		size, files, rate = "256MiB", "20000", "0.03"
	case testing.Short():
		size = "1MiB"
	}
	for n, kind := range []string{"text", "swaks", "syslog", "chatty", "bigbody", "bigline", "files", "pcap", "pcap-chatty", "pcapng", "crlf"} {
		t.Run(kind, func(t *testing.T) {
			name := filepath.Join(dir, kind)
			args := []string{"--seed", fmt.Sprint(n + 1), "--violation-rate", rate, "--out", name}
			switch kind {
			case "files":
				args = append(args, "--kind", kind, "--files", files)
			case "pcapng":
				args = append(args, "--kind", "pcap", "--pcapng", "--size", size)
			case "crlf":
				args = append(args, "--kind", "text", "--crlf", "--size", size)
			default:
				args = append(args, "--kind", kind, "--size", size)
			}
			if out, err := exec.Command(gen, args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%.500s", err, out)
			}
			defer os.RemoveAll(name)
			shell := func(script string) []byte {
				cmd := exec.Command("sh", "-c", script, "sh", program, kind)
				cmd.Dir = dir
				out, _ := cmd.Output()
				if status := cmd.ProcessState.ExitCode(); status > 1 {
					t.Fatalf("%s: status %d", script, status)
				}
				return out
			}
			out := shell(`"$1" --no-config -f jsonl -j 1 "$2"`)
			if again := shell(`"$1" --no-config -f jsonl -j 2 "$2"`); !bytes.Equal(out, again) {
				t.Errorf("two workers find something else than one")
			}
			if kind != "files" {
				for _, script := range []string{
					`"$1" --no-config -f jsonl -j 1 --stdin-filename "$2" - <"$2"`,
					`cat "$2" | "$1" --no-config -f jsonl -j 2 --stdin-filename "$2" -`,
				} {
					if again := shell(script); !bytes.Equal(out, again) {
						t.Errorf("%s: something else is found than in the file", script)
					}
				}
			}
			compare(t, kind, name+".truth.json", out)
		})
	}
}

// compare checks the findings against the truth.
func compare(t *testing.T, kind, path string, out []byte) {
	var want truth
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &want) != nil || len(want.Violations) == 0 {
		t.Fatalf("no truth: %v", err)
	}
	type place struct {
		file string
		n    int
	}
	at := map[place][]*found{}
	justified := map[*found]bool{}
	sessions := map[string][]*found{}
	var all []*found
	for line := range bytes.Lines(out) {
		f := new(found)
		if json.Unmarshal(line, f) != nil || f.Rule == "" {
			continue // the summary
		}
		all = append(all, f)
		file := ""
		if kind == "files" {
			file = filepath.Base(f.Path)
		}
		at[place{file, f.Line + f.Packet}] = append(at[place{file, f.Line + f.Packet}], f)
		for _, r := range f.Related {
			at[place{file, r.Line + r.Packet}] = append(at[place{file, r.Line + r.Packet}], f)
		}
		sessions[f.Path+" "+f.Session] = append(sessions[f.Path+" "+f.Session], f)
	}
	missed := 0
	for _, v := range want.Violations {
		file, where, slack := "", v.Line, 0
		if kind == "files" {
			file = fmt.Sprintf("s%05d.txt", v.Session)
		}
		if v.Packet > 0 { // where it begins; told is the packet that shows it
			where, slack = v.Packet, 4
		}
		var hit *found
		for n := where; n <= where+slack && hit == nil; n++ {
			for _, f := range at[place{file, n}] {
				if slices.Contains(planted[v.Violation], f.Rule) && (hit == nil || !justified[f]) {
					hit = f
				}
			}
		}
		if hit == nil && kind == "syslog" && v.Violation == "dependent-command-after-503" {
			// A server's log does not show that the client saw the 503. That MAIL
			// came too early, a few lines before, it does.
			for _, f := range all {
				if f.Rule == "mail-before-hello" && f.Line < v.Line && strings.Contains(f.Session, fmt.Sprintf("[%d]", v.PID)) {
					hit = f
				}
			}
		}
		if hit == nil {
			if missed++; missed < 10 {
				t.Errorf("missed: %+v", v)
			}
			continue
		}
		justified[hit] = true
		for _, f := range sessions[hit.Path+" "+hit.Session] {
			if f.Rule == implied[v.Violation].rule {
				justified[f] = true
			}
		}
	}
	extra := 0
	for _, f := range all {
		if !justified[f] && f.Severity != "info" && byChance[f.Rule] == "" {
			if extra++; extra < 10 {
				t.Errorf("not planted: %+v", f)
			}
		}
	}
	t.Logf("planted %d, missed %d, other findings %d", len(want.Violations), missed, extra)
}
