// Workload writes a recording of any size to standard output, or many small ones
// into a directory, to measure with:
//
//	workload -kind text -size 64MiB >text.log
//	workload -files 20000 directory
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
	flag.Parse()
	if err := write(*kind, *size, *files, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "workload:", err)
		os.Exit(1)
	}
}

func write(kind, size string, files int, dir string) error {
	if files > 0 {
		return workload.Files(dir, files)
	}
	number, unit := size, int64(1)
	for name, factor := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30} {
		if n, ok := strings.CutSuffix(size, name); ok {
			number, unit = n, factor
		}
	}
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return fmt.Errorf("size %q: write it like 64MiB", size)
	}
	return workload.Write(os.Stdout, kind, n*unit)
}
