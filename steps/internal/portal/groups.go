package portal

import "github.com/nicsim/nicsim/steps/internal/scene"

func Groups(s *scene.Scene) []scene.Group {
	return []scene.Group{
		registrationSteps{s}, &otpSteps{Scene: s}, otpAnswerSteps{s}, companySteps{s}, &createSteps{Scene: s},
		&acknowledgementSteps{Scene: s}, providerSteps{s}, loginSteps{s}, signInSteps{s}, apiRegistrationSteps{s},
		&apiUserSteps{Scene: s}, forgottenSteps{s}, &captchaSteps{Scene: s}, refusalSteps{s}, malformedSteps{s},
		answerSteps{s}, secretSteps{s},
	}
}
