package shell

import (
	"slices"
	"strings"
)

// schema spells out the shorthand in which routes are described, as JSON
// Schema:
//
//	"string", "integer", "boolean", "time"   one value
//	"Card", "Card|Post"                      a shape by its name, or one of two
//	["Card"]                                 a list
//	{"a": "string", "b?": "integer"}         an object; b may be missing
//	{"c|null": ["Card"]}                     c may be null
//	{"*": "string"}                          any names
func schema(shape any) object {
	switch shape := shape.(type) {
	case []any:
		return object{"type": "array", "items": schema(shape[0])}
	case map[string]any:
		return fields(shape)
	case string:
		switch shape {
		case "string", "integer", "boolean":
			return object{"type": shape}
		case "time":
			return object{"type": "string", "format": "date-time"}
		}
		if one, other, two := strings.Cut(shape, "|"); two {
			return object{"anyOf": []object{schema(one), schema(other)}}
		}
		return object{"$ref": "#/components/schemas/" + shape}
	}
	return object{}
}

func fields(shape map[string]any) object {
	properties, required, out := object{}, []string{}, object{"type": "object"}
	for name, value := range shape {
		if name == "*" {
			out["additionalProperties"] = schema(value)
			continue
		}
		name, optional := strings.CutSuffix(name, "?")
		name, nullable := strings.CutSuffix(name, "|null")
		if !optional {
			required = append(required, name)
		}
		properties[name] = schema(value)
		if nullable {
			properties[name] = object{"anyOf": []object{schema(value), {"type": "null"}}}
		}
	}
	out["properties"] = properties
	if slices.Sort(required); len(required) > 0 {
		out["required"] = required
	}
	return out
}
