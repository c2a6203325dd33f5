package control

import (
	"maps"
	"net/http"
	"slices"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

func showSettings(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{Body: call.World.Settings()}, nil
}

// putSettings replaces the settings; what is left out gets its default.
func putSettings(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	s, err := httpd.DecodeOnto(r, call, call.World.Defaults())
	if err != nil {
		return httpd.Reply{}, err
	}
	if err := SetSettings(call.World, s); err != nil {
		return httpd.Reply{}, err
	}
	return showSettings(r, call)
}

// SetSettings replaces what a world enforces, unless, with a *httpd.Fail that names them, some
// settings cannot be used.
func SetSettings(w *world.World, s settings.Settings) error {
	if fields := SettingViolations(s); len(fields) > 0 {
		return invalid(fields...)
	}
	w.SetSettings(s)
	return nil
}

// SettingViolations names each setting that cannot be used.
func SettingViolations(s settings.Settings) []httpd.FieldError {
	var fields []httpd.FieldError
	for _, f := range s.Check() {
		fields = append(fields, field(f.Setting, "setting-invalid", f.Rule))
	}
	for _, name := range unknownRules(s.Rules) {
		fields = append(fields, field("rules."+name, "setting-invalid", "is no rule of an invoice"))
	}
	return fields
}

// unknownRules are the names, in order, that no rule has. Package settings cannot ask:
// it stands below the rules.
func unknownRules(switched map[string]bool) []string {
	unknown := maps.Clone(switched)
	for _, rule := range invoice.Rules() {
		delete(unknown, rule.Name)
	}
	return slices.Sorted(maps.Keys(unknown))
}
