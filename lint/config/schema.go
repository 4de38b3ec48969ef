package config

import (
	"encoding/json"

	"github.com/smtplint/smtplint/lint"
	"github.com/smtplint/smtplint/lint/custom"
)

// Schema returns a JSON Schema of the configuration, for editors.
func Schema(known []*lint.Rule) ([]byte, error) {
	p := &parser{loader: &loader{known: known}}
	s := objectSchema(p.fields(new(Config)))
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "smtplint configuration (" + Name + ")"
	condition := objectSchema(p.conditionFields(new(custom.Condition), false))
	condition["minProperties"] = 1 // an empty one would hold of everything
	s["$defs"] = schema{"condition": condition}
	return json.MarshalIndent(s, "", "  ")
}

// objectSchema is the schema of a mapping with fixed keys.
func objectSchema(fields []field) schema {
	properties, required := map[string]schema{}, []string{}
	for _, f := range fields {
		s := schema{"description": f.doc}
		for k, v := range f.schema {
			s[k] = v
		}
		properties[f.name] = s
		if f.required {
			required = append(required, f.name)
		}
	}
	s := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}
