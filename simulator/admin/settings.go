package admin

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/internal/document"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/world"
)

// ReadSettings returns the settings of a world.
func ReadSettings(_ context.Context, w *world.World) (settings.Settings, error) {
	return w.Settings(), nil
}

// SetSettings replaces the settings of a world.
func SetSettings(ctx context.Context, w *world.World, s settings.Settings) (settings.Settings, error) {
	if violations := CheckSettings(s); len(violations) > 0 {
		return settings.Settings{}, Refuse(violations...)
	}
	return s, w.SetSettings(ctx, s)
}

// ChangeSettings changes some settings of a world and leaves the others. Changes of one world happen
// one after the other. An error of change is returned, and nothing is changed.
func ChangeSettings(ctx context.Context, w *world.World, change func(*settings.Settings) error) (settings.Settings,
	error) {
	return w.ChangeSettings(ctx, func(s *settings.Settings) error {
		if err := change(s); err != nil {
			return err
		}
		if violations := CheckSettings(*s); len(violations) > 0 {
			return Refuse(violations...)
		}
		return nil
	})
}

// CheckSettings returns a violation for each setting that cannot be used. An unknown rule is
// answered with the name most like it, and the last violation has the names that exist.
func CheckSettings(s settings.Settings) []Violation {
	var violations []Violation
	for _, v := range s.Check() {
		violations = append(violations, Violation{v.Setting, "setting-invalid", v.Rule})
	}
	unknown, names := maps.Clone(s.Rules), []string(nil)
	for _, rule := range Rules() {
		delete(unknown, rule.Name)
		names = append(names, rule.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		nearest, _ := document.Nearest(name, names)
		violations = append(violations, Violation{"rules." + name, "setting-invalid",
			"is not a rule; did you mean " + nearest + "?"})
	}
	if len(unknown) > 0 {
		violations = append(violations, Violation{"rules", "setting-invalid", "the rules are " + strings.Join(names, ", ")})
	}
	return violations
}
