package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/smtplint/smtplint/transcripts/workload"
)

// A contender is a command that is measured as a whole process.
type contender struct {
	name   string
	args   []string
	env    []string
	took   []time.Duration // by the clock, round by round
	worked []time.Duration // on processors
	peak   int64           // octets of memory
	absent bool            // it is not installed, or failed
}

// patience is how long a contender may take in the first round to be measured
// in the others.
const patience = 5 * time.Second

// contenders lists who reads a workload. All others are set beside the first.
func contenders(smtplint, kind, file, dir string) []*contender {
	lint := []string{smtplint, "--no-config", file}
	one := &contender{name: "smtplint, one processor", args: append(lint, "-j1"), env: []string{"GOMAXPROCS=1"}}
	all := &contender{name: "smtplint", args: lint}
	switch kind {
	case "files":
		return []*contender{{name: "grep -rc", args: []string{"grep", "-rc", "^S: 5", file}}, one, all}
	case "pcap", "pcap-chatty":
		return []*contender{
			one, all,
			{name: "tcpflow", args: []string{"tcpflow", "-r", file, "-o", filepath.Join(dir, "flows")}},
			{name: "tshark", args: []string{"tshark", "-n", "-r", file, "-Y", "smtp", "-T", "fields", "-e", "smtp.req.command", "-e", "smtp.response.code"}},
		}
	}
	return []*contender{
		{name: "wc -l", args: []string{"wc", "-l", file}},
		{name: "grep -c", args: []string{"grep", "-c", "^S: 5", file}},
		one, all,
	}
}

// compare makes workloads and measures a smtplint beside other programs.
func compare(smtplint string, kinds []string, size int64, rounds int) error {
	dir, err := os.MkdirTemp("", "workload")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if len(kinds) == 0 {
		kinds = append(slices.Clone(workload.Kinds), "files", "small")
	}
	for _, kind := range kinds {
		file := filepath.Join(dir, kind)
		octets, err := prepare(kind, file, size)
		if err != nil {
			return err
		}
		all := contenders(smtplint, kind, file, dir)
		for round := range rounds {
			for _, c := range all {
				if c.absent || round > 0 && c.took[0] > patience {
					continue
				}
				warm(file)
				c.run(dir)
			}
		}
		show(kind, float64(octets)/(1<<20), all)
		if err := os.RemoveAll(file); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes a workload and returns its octets. It is made in a process of
// its own: Linux counts the memory of this one as that of those it starts.
func prepare(kind, file string, size int64) (octets int64, err error) {
	if kind == "small" { // what it takes to start
		kind, size = "text", 10<<10
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	maker := exec.Command(self, "-kind", kind, "-size", strconv.FormatInt(size, 10))
	if kind == "files" {
		maker = exec.Command(self, "-files", strconv.FormatInt(max(1, size>>12), 10), file)
	} else {
		f, err := os.Create(file)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		maker.Stdout = f
	}
	maker.Stderr = os.Stderr
	if err := maker.Run(); err != nil {
		return 0, err
	}
	err = filepath.Walk(file, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			octets += info.Size()
		}
		return err
	})
	return octets, err
}

// warm reads a file, so that whoever comes next finds it in memory.
func warm(file string) {
	if f, err := os.Open(file); err == nil {
		io.Copy(io.Discard, f)
		f.Close()
	}
}

// run measures one run. What the command prints goes to a file.
func (c *contender) run(dir string) {
	out, err := os.Create(filepath.Join(dir, "out"))
	if err != nil {
		c.absent = true
		return
	}
	defer out.Close()
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Stdout = out
	cmd.Env = append(os.Environ(), c.env...)
	began := time.Now()
	err = cmd.Run()
	took := time.Since(began)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 { // 1: findings, or no match
		c.absent = true
		return
	}
	c.took = append(c.took, took)
	c.worked = append(c.worked, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	c.peak = max(c.peak, peakOf(cmd.ProcessState))
	os.RemoveAll(filepath.Join(dir, "flows"))
}

// show prints medians, and the medians of the ratios to the first contender round
// by round.
func show(kind string, mebibytes float64, all []*contender) {
	fmt.Printf("%s, %.4g MiB\n", kind, mebibytes)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\twall ms\tCPU ms\tMiB/s\tpeak MiB\twall / %[1]s\tCPU / %[1]s\t\n", all[0].name)
	for _, c := range all {
		if c.absent {
			fmt.Fprintf(w, "%s\tis not here\t\t\t\t\t\t\n", c.name)
			continue
		}
		wall := median(c.took)
		fmt.Fprintf(w, "%s\t%.4g\t%.4g\t%.0f\t%.0f\t%s\t%s\t\n", c.name, wall.Seconds()*1e3, median(c.worked).Seconds()*1e3,
			mebibytes/wall.Seconds(), float64(c.peak)/(1<<20), ratio(c.took, all[0].took), ratio(c.worked, all[0].worked))
	}
	w.Flush()
	fmt.Println()
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func ratio(a, b []time.Duration) string {
	var each []float64
	for i := range min(len(a), len(b)) {
		each = append(each, a[i].Seconds()/max(b[i].Seconds(), 1e-6))
	}
	if len(each) == 0 {
		return "-"
	}
	slices.Sort(each)
	return strings.TrimSuffix(fmt.Sprintf("%.2f", each[len(each)/2]), ".00")
}
