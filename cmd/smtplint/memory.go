package main

import (
	"os"
	"runtime/debug"
)

// memoryPerJob is what linting one recording with two processors may occupy,
// half of it garbage, in octets for each processor.
const memoryPerJob = 112 << 20

// limitMemory makes the collector of garbage run more often than it does by
// itself where a recording fills all the room that it may take. It changes
// nothing for others, and nothing where GOMEMLIMIT says something else.
func limitMemory(jobs int) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryPerJob * int64(max(2, jobs)))
	}
}
