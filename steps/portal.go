package steps

func portalGroups(s *scenario) []group {
	return []group{
		registrationSteps{s}, &otpSteps{scenario: s}, otpAnswerSteps{s}, companySteps{s}, &createSteps{scenario: s},
		&acknowledgementSteps{scenario: s}, providerSteps{s}, loginSteps{s}, signInSteps{s}, apiRegistrationSteps{s},
		&apiUserSteps{scenario: s}, forgottenSteps{s}, &captchaSteps{scenario: s}, refusalSteps{s}, malformedSteps{s},
		answerSteps{s}, secretSteps{s},
	}
}
