package scene

import (
	"net/http"
	"testing"
)

func TestCallName(t *testing.T) {
	for path, want := range map[string]string{
		"/eicore/v1.03/Invoice":                            "POST /eicore/v1.03/Invoice",
		"/w/api-x-1/eicore/v1.03/Invoice/irn/ab12?Gstin=2": "POST /eicore/v1.03/Invoice/irn/…",
		"/portal/v1/api-registrations/r-1/otp":             "POST /portal/v1/api-registrations/…/otp",
		"/portal/v1/api-registrations":                     "POST /portal/v1/api-registrations",
		"/eivital/v1.04/Master/gstin/29ABCCD1234E1Z1":      "POST /eivital/v1.04/Master/gstin/…",
		"/portal/v1/connections/c-1/test":                  "POST /portal/v1/connections/…/test",
		"/w/x/portal/v1/registrations/":                    "POST /portal/v1/registrations/",
	} {
		if got := CallName(http.MethodPost, path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
