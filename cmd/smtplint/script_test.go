package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"smtplint": main, "measured": measured})
}

// TestScripts runs the command as users do: arguments and files in, streams and
// exit status out.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			captures, err := filepath.Abs(root + "transcripts/capture/testdata")
			env.Setenv("CAPTURES", captures)
			return err
		},
	})
}
