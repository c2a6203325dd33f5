package httpd_test

import (
	"io"
	"strings"
	"testing"
)

// Defects are chosen for one world, are shown on each of its pages and end with a reset.
func TestDefectsOfAWorld(t *testing.T) {
	v := open(t).visit(t)
	at := v.control + "/control/v1/defects"
	none := v.asks("GET", at, nil, 200)
	none.has(object{"names": []any{}})
	if len(none.rows("catalogue")) < 80 {
		t.Error("the catalogue is short")
	}
	chosen := object{"names": []any{"api-prefix-missing", "otp-any"}}
	v.asks("PUT", at, chosen, 200).has(chosen)
	v.asks("GET", at, nil, 200).has(chosen)
	rules := v.asks("GET", v.control+"/control/v1/rules", nil, 200)
	if why := rules.rule("otp-mismatch"); why["inForce"] != false ||
		why["why"] != "left out by a defect" {
		t.Errorf("the rule that is left out: %v", why)
	}
	for _, bad := range []object{{"names": []any{"no-such"}}, {"names": nil}, {}} {
		v.asks("PUT", at, bad, 422).has(object{"code": "value-invalid"})
	}
	v.asks("GET", at, nil, 200).has(chosen)
	for _, page := range []string{v.control + "/", v.sandbox + "/", v.production + "/"} {
		if text := v.page(page); !strings.Contains(text, "Built wrong on purpose:</strong> api-prefix-missing, otp-any.") {
			t.Errorf("%s does not show the defects", page)
		}
	}
	v.asks("POST", v.control+"/control/v1/reset", nil, 204)
	v.asks("GET", at, nil, 200).has(object{"names": []any{}})
	if text := v.page(v.sandbox + "/"); strings.Contains(text, "wrong on purpose") {
		t.Error("a world that is right is shown as wrong")
	}
}

// page returns the markup of a page.
func (v *visitor) page(url string) string {
	v.t.Helper()
	reply, err := v.client.Get(url)
	if err != nil {
		v.t.Fatal(err)
	}
	defer reply.Body.Close()
	markup, err := io.ReadAll(reply.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(markup)
}
