package worldfile

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// object is a JSON object.
type object = map[string]any

// stateSchema is the schema of a state.
func stateSchema() object {
	replaced := object{}
	for _, s := range settings.All() {
		replaced[s.Name] = object{"$ref": "#/$defs/replaced"}
	}
	messages := list(schemaOf(reflect.TypeFor[inbox.Message](), ""), "The SMS and e-mails, oldest first.")
	messages["maxItems"], messages["title"] = inbox.Capacity, fmt.Sprintf("a list of at most %d messages", inbox.Capacity)
	members := object{
		noteMember: object{"type": "string", "description": "A word to the reader of the file."},
		replacedMember: object{"type": "object", "additionalProperties": false, "properties": replaced,
			"description": "The settings that the situation changed, with their values before and during it."},
		faultsMember: list(object{"type": "object", "additionalProperties": true},
			"The faults with their counts, as GET /control/v1/faults shows them."),
		defectsMember: list(object{"type": "string"}, "The defects that the world has on purpose."),
		inboxMember:   messages,
	}
	for _, f := range store.Forms(store.Anywhere) {
		members[f.Name] = list(schemaOf(f.Type, ""), "Records of the store, in the order in which they were added.")
	}
	return object{"type": "object", "additionalProperties": false, "properties": members,
		"description": "What has happened in the world, as GET /control/v1/world?with=state shows it. With it, the " +
			"settings are those in force, and the situation is not entered again."}
}

func list(items object, description string) object {
	return object{"type": "array", "items": items, "description": description}
}

// mostOf is the largest number in a record: acknowledgement numbers have 15 digits.
const mostOf = 999_999_999_999_999

// schemaOf is the schema of the JSON of a type of records. A member called gstin, or something with it, has one.
func schemaOf(t reflect.Type, name string) object {
	name = strings.ToLower(name)
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"$ref": "#/$defs/moment"}
	case t == reflect.TypeFor[nic.Environment]():
		return object{"enum": []any{string(nic.Sandbox), string(nic.Production)}}
	case t == reflect.TypeFor[[]byte]():
		return object{"$ref": "#/$defs/base64"}
	case t.Kind() == reflect.String && strings.HasSuffix(name, "gstin"):
		return object{"$ref": "#/$defs/party"}
	case t.Kind() == reflect.String && name == "pan":
		return object{"$ref": "#/$defs/panOrNone"}
	}
	switch t.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer", "minimum": 0, "maximum": mostOf,
			"title": fmt.Sprint("a whole number from 0 to ", mostOf)}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": schemaOf(t.Elem(), name)}
	case reflect.Struct:
		properties := object{}
		for _, f := range reflect.VisibleFields(t) {
			member, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			properties[member] = schemaOf(f.Type, member)
		}
		return object{"type": "object", "additionalProperties": false, "properties": properties}
	}
	panic(fmt.Sprintf("a record of a world file has a %s", t)) // part of the program, and read by a test
}
