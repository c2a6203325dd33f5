package dashboard_test

import (
	"net/http"
	"strings"
	"testing"
)

// A world without the fixtures has pages too: they show its own records, and nothing of the fixtures.
func TestWorldWithoutTheFixtures(t *testing.T) {
	v := visit(t, "/w/own")
	document := `{"extends":"empty","providers":[{"clientId":"OWN1","clientSecret":"s"}],
		"taxpayers":[{"gstin":"29AWGPV7107B1Z1"}],
		"portalUsers":[{"username":"dakshin29","password":"other","gstin":"29AWGPV7107B1Z1"}]}`
	v.json(http.MethodPut, v.control+"/control/v1/world", document)
	if page := v.open("/").text; strings.Contains(page, "Details for the guide") || !strings.Contains(page, "OWN1") {
		t.Errorf("the overview shows %s", page)
	}
	for _, path := range []string{"/taxpayers", "/taxpayers/29AWGPV7107B1Z1"} {
		if page := v.open(path).text; strings.Contains(page, "Dakshin@2024") || !strings.Contains(page, "dakshin29") {
			t.Errorf("%s shows %s", path, page)
		}
	}
}
