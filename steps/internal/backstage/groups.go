package backstage

import "github.com/nicsim/nicsim/steps/internal/scene"

func Groups(s *scene.Scene) []scene.Group {
	return []scene.Group{
		&controlSteps{Scene: s}, &messageSteps{Scene: s}, recordSteps{s}, &settingSteps{Scene: s},
		&worldSteps{Scene: s}, &journalSteps{Scene: s},
	}
}
