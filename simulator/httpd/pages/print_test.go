package pages_test

import "testing"

// The acknowledgement prints on one sheet of A4, for a taxpayer and for a firm.
func TestTheAcknowledgementPrintsOnOneSheet(t *testing.T) {
	t.Parallel()
	p := newPerson(t, "/w/paper")
	createsAUser(p)
	p.press("Create").on("registration-acknowledgement COMPLETED")
	if n := p.page.Printed(); n != 1 {
		t.Errorf("a taxpayer's takes %d sheets", n)
	}
	registered("firm")(p)
	p.press("Get client credentials").on("registration-acknowledgement COMPLETED")
	if n := p.page.Printed(); n != 1 {
		t.Errorf("a firm's takes %d sheets", n)
	}
}
