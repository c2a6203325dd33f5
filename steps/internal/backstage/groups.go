// Package backstage registers the sentences about what happens behind the portals: the control API, the
// inbox, the journal, the clock, the settings, the records and the worlds.
package backstage

import "github.com/nicsim/nicsim/steps/internal/scene"

// Register registers the sentences of this package, to be performed in a scene.
func Register(r *scene.Registry, s *scene.Scene) {
	r.Register(
		&controlSteps{Scene: s}, &messageSteps{Scene: s}, recordSteps{s}, &madeSteps{Scene: s},
		&settingSteps{Scene: s}, &clockSteps{Scene: s}, &worldSteps{Scene: s}, &journalSteps{Scene: s}, faultSteps{s},
		limitSteps{s},
	)
}
