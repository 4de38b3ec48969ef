// Workload writes a recording of any size to standard output, or many small ones
// into a directory, to measure with:
//
//	workload -kind text -size 64MiB >text.log
//	workload -files 20000 directory
//
// It also measures a smtplint as a whole process, in turn with other programs
// that are installed: wc and grep, which only read, for captures tcpflow and
// tshark. Arguments name the kinds of workload; without any, all are made.
//
//	workload -compare ./smtplint -size 64MiB -rounds 7 chatty pcap
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/smtplint/smtplint/transcripts/workload"
)

func main() {
	kind := flag.String("kind", "text", "one of "+strings.Join(workload.Kinds, ", "))
	size := flag.String("size", "64MiB", "least size of the recording")
	files := flag.Int("files", 0, "write that many recordings into a directory")
	smtplint := flag.String("compare", "", "measure this smtplint beside others")
	rounds := flag.Int("rounds", 5, "how often to measure")
	flag.Parse()
	if err := do(*kind, *size, *files, *smtplint, *rounds, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "workload:", err)
		os.Exit(1)
	}
}

func do(kind, size string, files int, smtplint string, rounds int, args []string) error {
	n, err := octets(size)
	switch {
	case err != nil:
		return err
	case smtplint != "":
		return compare(smtplint, args, n, max(1, rounds))
	case files > 0 && len(args) == 1:
		return workload.Files(args[0], files)
	case files > 0:
		return fmt.Errorf("-files needs one directory")
	}
	return workload.Write(os.Stdout, kind, n)
}

// octets reads a size like "64MiB", or one in octets.
func octets(size string) (int64, error) {
	number, unit, bits := size, int64(1), 64
	for name, factor := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30} {
		if n, ok := strings.CutSuffix(size, name); ok {
			number, unit, bits = n, factor, 32
		}
	}
	n, err := strconv.ParseInt(number, 10, bits)
	if err != nil {
		return 0, fmt.Errorf("size %q: write it like 64MiB", size)
	}
	return n * unit, nil
}
