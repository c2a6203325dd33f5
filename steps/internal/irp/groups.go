package irp

import "github.com/nicsim/nicsim/steps/internal/scene"

func Groups(s *scene.Scene) []scene.Group {
	c := &calls{Scene: s, users: map[*scene.Person]*callers{}}
	return []scene.Group{
		apiAuthSteps{c}, apiRefusalSteps{c}, apiCallSteps{c}, apiTokenSteps{c}, &apiTaxpayerSteps{calls: c},
		generateSteps{c}, signedSteps{c}, ewayAPISteps{c}, cancelAndReadSteps{c}, ewayBillSteps{c},
	}
}
