package pages_test

import (
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// The guide can be followed to its last sentence: the acknowledgement leads to the GSP, which takes the credentials.
func TestTheAcknowledgementLeadsToTheGSP(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/next")
	createsAUser(p)
	p.press("Create").on("registration-acknowledgement COMPLETED")
	username := browsertest.Eval[string](p.page, `document.querySelector("[data-value=username]").textContent`)
	p.page.Click(`[data-value="enter"]`)
	p.on("connect").typeIn("gstin", "29ABCCD1234E1Z1", "username", username, "password", asUser[3])
	p.press("Save and test").on("connection ACTIVE")
}
