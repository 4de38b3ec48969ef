package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"
)

// version is the version of the module, as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

// versionFlag is --version.
type versionFlag bool

// BeforeReset is called where the flag is given.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintln(k.Stdout, version())
	k.Exit(exitClean)
	return nil
}

type versionCmd struct{}

func (c *versionCmd) Run(s *streams) error {
	info, _ := debug.ReadBuildInfo()
	_, err := fmt.Fprintf(s.out, "%s %s\n%s", program, version(), buildInfo(info))
	return closed(err)
}

// committed is the day of the commit that the program was built from, or "".
func committed() string {
	info, _ := debug.ReadBuildInfo()
	day, _, _ := strings.Cut(settingsOf(info)["vcs.time"], "T")
	return day
}

// settingsOf are the settings of a build, by name.
func settingsOf(info *debug.BuildInfo) map[string]string {
	settings := map[string]string{}
	if info != nil {
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
	}
	return settings
}

// buildInfo says what the program was built from, and with what.
func buildInfo(info *debug.BuildInfo) string {
	var b strings.Builder
	if info != nil {
		settings := settingsOf(info)
		if commit := settings["vcs.revision"]; commit != "" {
			changed := ""
			if settings["vcs.modified"] == "true" {
				changed = ", with changes"
			}
			fmt.Fprintf(&b, "commit %s of %s%s\n", commit, settings["vcs.time"], changed)
		}
		if info.Main.Sum != "" {
			fmt.Fprintf(&b, "module %s %s\n", info.Main.Path, info.Main.Sum)
		}
	}
	fmt.Fprintf(&b, "built with %s for %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return b.String()
}
