package worldfile_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// object is a JSON object.
type object = map[string]any

func schema(t *testing.T) object {
	t.Helper()
	var document object
	if err := json.Unmarshal(worldfile.Schema(), &document); err != nil {
		t.Fatal(err)
	}
	return document
}

func TestPublishedSchema(t *testing.T) {
	golden.Compare(t, "../../docs/world-file.schema.json", string(worldfile.Schema()))
}

// The members of the schema are those of the types.
func TestMembers(t *testing.T) {
	defs := schema(t)["$defs"].(object)
	world := defs["world"].(object)["properties"].(object)
	for name, c := range map[string]struct {
		schema any
		of     reflect.Type
	}{
		"file":         {schema(t), reflect.TypeFor[worldfile.Document]()},
		"world":        {defs["world"], reflect.TypeFor[worldfile.World]()},
		"clock":        {world["clock"], reflect.TypeFor[admin.ClockChange]()},
		"settings":     {world["settings"], reflect.TypeFor[settings.Settings]()},
		"providers":    {defs["provider"], reflect.TypeFor[admin.ProviderChange]()},
		"organisation": {defs["organisation"], reflect.TypeFor[admin.OrganisationChange]()},
		"directAccess": {defs["directAccess"], reflect.TypeFor[worldfile.DirectAccess]()},
		"taxpayer":     {defs["taxpayer"], reflect.TypeFor[worldfile.Taxpayer]()},
		"address": {defs["taxpayer"].(object)["properties"].(object)["address"],
			reflect.TypeFor[admin.Address]()},
		"portalUser": {defs["portalUser"], reflect.TypeFor[worldfile.PortalUser]()},
		"apiUser":    {defs["apiUser"], reflect.TypeFor[worldfile.APIUser]()},
		"invoice":    {defs["invoice"], reflect.TypeFor[admin.InvoiceChange]()},
	} {
		t.Run(name, func(t *testing.T) {
			described := c.schema.(object)
			want := membersOf(c.of)
			got := slices.Sorted(maps.Keys(described["properties"].(object)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("members (-type +schema):\n%s", diff)
			}
			if described["additionalProperties"] != false {
				t.Error("the schema takes unknown members")
			}
			for member, s := range described["properties"].(object) {
				if s.(object)["description"] == nil {
					t.Errorf("%s has no description", member)
				}
			}
		})
	}
}

// membersOf are the names of a type's members in JSON.
func membersOf(of reflect.Type) []string {
	members := map[string]bool{}
	for _, f := range reflect.VisibleFields(of) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			members[name] = true
		}
	}
	return slices.Sorted(maps.Keys(members))
}
