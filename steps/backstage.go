package steps

func backstageGroups(s *scenario) []group {
	return []group{
		&controlSteps{scenario: s}, &messageSteps{scenario: s}, recordSteps{s}, &settingSteps{scenario: s},
		&worldSteps{scenario: s}, &journalSteps{scenario: s},
	}
}
