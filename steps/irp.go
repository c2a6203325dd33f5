package steps

func irpGroups(s *scenario) []group {
	c := &calls{scenario: s, users: map[*person]*callers{}}
	return []group{
		apiAuthSteps{c}, apiRefusalSteps{c}, apiCallSteps{c}, apiTokenSteps{c}, &apiTaxpayerSteps{calls: c},
		generateSteps{c}, signedSteps{c}, ewayAPISteps{c}, cancelAndReadSteps{c}, ewayBillSteps{c},
	}
}
