// Package portal registers the sentences about the two portals: sections 1 and 2 of the guide, and the
// portals' refusals.
package portal

import (
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// Register registers the sentences of this package, to be performed in a scene.
func Register(r *scene.Registry, s *scene.Scene) {
	r.Acts = []needs.Need{needs.Portals}
	defer func() { r.Acts = nil }()
	r.Register(
		registrationSteps{s}, &otpSteps{Scene: s}, otpAnswerSteps{s}, companySteps{s}, &createSteps{Scene: s},
		&acknowledgementSteps{Scene: s}, providerSteps{s}, loginSteps{s}, signInSteps{s}, apiRegistrationSteps{s},
		&apiUserSteps{Scene: s}, forgottenSteps{s}, &captchaSteps{Scene: s}, refusalSteps{s}, malformedSteps{s},
		answerSteps{s}, secretSteps{s},
	)
}
