package reporttest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Command is a workflow command as GitHub's runner takes it.
type Command struct {
	Name       string
	Properties map[string]string
	Message    string
}

var unescapeData = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%")
var unescapeProperty = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")

// ParseCommand reads a line as the runner does (ActionCommand.TryParseV2): up
// to the first space the name, up to the next "::" the properties.
func ParseCommand(line string) (Command, bool) {
	line, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
	if !ok {
		return Command{}, false
	}
	head, message, ok := strings.Cut(line, "::")
	if !ok {
		return Command{}, false
	}
	c := Command{Properties: map[string]string{}, Message: unescapeData.Replace(message)}
	var properties string
	c.Name, properties, _ = strings.Cut(head, " ")
	for _, p := range strings.Split(strings.TrimSpace(properties), ",") {
		if name, value, ok := strings.Cut(p, "="); ok {
			c.Properties[name] = unescapeProperty.Replace(value)
		}
	}
	return c, true
}

// github reads the commands as the runner does, and holds them against the
// number of annotations that it shows.
func github(out []byte, want Want) error {
	levels := map[string]int{}
	shown, more := 0, 0
	for line := range strings.Lines(string(out)) {
		c, ok := ParseCommand(line)
		if !ok {
			return fmt.Errorf("no command: %q", line)
		}
		if c.Name != "error" && c.Name != "warning" && c.Name != "notice" {
			return fmt.Errorf("the command %q", c.Name)
		}
		levels[c.Name]++
		if c.Properties["file"] == "" {
			more, _ = strconv.Atoi(strings.Fields(c.Message)[0])
			continue
		}
		shown++
		if err := c.check(); err != nil {
			return err
		}
	}
	for name, n := range levels {
		if n > 10 {
			return fmt.Errorf("%d of the level %s", n, name)
		}
	}
	return errors.Join(number("annotations", shown+more, want.Findings+want.Failed))
}

func (c *Command) check() error {
	for name, value := range c.Properties {
		switch name {
		case "file", "title":
		case "line", "endLine", "col", "endColumn":
			if n, err := strconv.Atoi(value); err != nil || n < 1 {
				return fmt.Errorf("%s is %q", name, value)
			}
		default:
			return fmt.Errorf("the property %q", name)
		}
	}
	if c.Properties["endLine"] != "" && c.Properties["endLine"] != c.Properties["line"] {
		return errors.New("columns in several lines")
	}
	if c.Message == "" || c.Properties["title"] == "" {
		return errors.New("an annotation without words")
	}
	return nil
}
