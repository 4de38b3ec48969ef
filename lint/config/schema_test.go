package config

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// compiled is the schema, as a validator reads it.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema(known)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("smtplint.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("smtplint.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchema: an editor accepts what the parser accepts, and marks what it does
// not, as far as a schema can tell.
func TestSchema(t *testing.T) {
	s := compiled(t)
	validate := func(in string) error {
		var v any
		if err := yaml.Unmarshal([]byte(in), &v); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(doc)
	}
	for _, in := range []string{everything, "extends: lmtp\n", "extends: [lmtp, ./base.yaml]\n", "rules: {acme-own: off}\n", "overrides: [{files: a, rules: {}}]\n"} {
		if err := validate(in); err != nil {
			t.Errorf("%s%v", in, err)
		}
		if _, err := Parse("x", []byte(in), known); err != nil && in == everything {
			t.Error(err)
		}
	}
	const custom = "custom: [{id: my-rule, title: T, side: client, find: "
	for _, in := range []string{
		"extends: strickt\n", "sde: client\n", "side: clent\n", "side: [client]\n", "fail-on: warn\n", "exclude: a\n", "- a\n",
		"rules: [nested-mail]\n", "rules: {nested-mail: lout}\n", "overrides: [{rules: {}}]\n", "overrides: [{files: a, format: swask}]\n",
		"ignore: [{rule: nested-mail}]\n", "ignore: [{rule: nested-mail, reason: ''}]\n",
		"custom: [{id: My_Rule, title: T, side: client, find: {verb: a}}]\n", "custom: [{id: my-rule, title: T, side: client}]\n",
		custom + "{}}]\n", custom + "{before: {}}}]\n", custom + "{vreb: QUIT}}]\n", custom + "{args: '('}}]\n", custom + "{reply: 999}}]\n", custom + "{secure: maybe}}]\n",
		custom + "{port: 0}}]\n", custom + "{verb: a, before: {before: {verb: a}}}}]\n",
	} {
		if validate(in) == nil {
			t.Errorf("the schema accepts %s", in)
		}
		if _, err := Parse("x", []byte(in), known); err == nil {
			t.Errorf("the parser accepts %s", in)
		}
	}
}
