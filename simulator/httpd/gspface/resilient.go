package gspface

import (
	"crypto/x509"
	"encoding/pem"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// resilient is the standard API of india-compliance, behind Amazon's API Gateway.
func resilient() Face {
	f := Face{Name: resilientName, Names: []string{resilientName}, Refuse: refuseResilient,
		Unknown: []string{"/standard/", "/static/"}}
	const ei = "/standard/ei/api"
	for _, c := range []Call{
		{Name: "auth", Method: http.MethodPost, Path: ei + "/auth", NIC: "/eivital/v1.04/auth"},
		{Name: "generate", Method: http.MethodPost, Path: ei + "/invoice", NIC: "/eicore/v1.03/Invoice"},
		{Name: "cancel", Method: http.MethodPost, Path: ei + "/invoice/cancel", NIC: "/eicore/v1.03/Invoice/Cancel"},
		{Name: "read-irn", Method: http.MethodGet, Path: ei + "/invoice/irn", NIC: "/eicore/v1.03/Invoice/irn/{irn}"},
		{Name: "gstin", Method: http.MethodGet, Path: ei + "/master/gstin", NIC: "/eivital/v1.04/Master/gstin/{gstin}"},
		{Name: "sync-gstin", Method: http.MethodGet, Path: ei + "/master/syncgstin",
			NIC: "/eivital/v1.04/Master/syncgstin/{gstin}"},
		{Name: "ewb-generate", Method: http.MethodPost, Path: ei + "/ewaybill", NIC: "/eiewb/v1.03/ewaybill"},
		{Name: "ewb-read", Method: http.MethodGet, Path: ei + "/ewaybill/irn", NIC: "/eiewb/v1.03/ewaybill/irn/{irn}"},
		{Name: "ewb-cancel", Method: http.MethodPost, Path: "/standard/ewb/ewayapi", NIC: "/ewaybillapi/v1.03/ewayapi"},
	} {
		c.Do = forwards(byHeaders)
		f.Calls = append(f.Calls, c)
	}
	f.Calls = append(f.Calls, Call{Name: "public-key", Method: http.MethodGet, Path: "/static/nic_public_key",
		Do: func(a *ask) (httpd.Reply, error) {
			if err := byHeaders(a); err != nil {
				return httpd.Reply{}, err
			}
			key, err := a.NIC.Keys(a.env)
			if err != nil {
				return httpd.Reply{}, err
			}
			der, err := x509.MarshalPKIXPublicKey(key)
			text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
			return ok(object("message", string(text))), err
		}})
	return f
}

const resilientName = "resilient"

func refuseResilient(_ *ask, r *Refusal) httpd.Reply {
	switch r.Why {
	case Missing, Unknown, WrongSecret, WrongEnv, SecretReset:
		return replied(http.StatusForbidden, object("message", "Forbidden"))
	case CreditUsed:
		return replied(http.StatusTooManyRequests, object("message", "Limit Exceeded"))
	case TimedOut:
		return replied(http.StatusGatewayTimeout, object("message", "Endpoint request timed out"))
	}
	return replied(statusOf[r.Why], object("message", r.Error()))
}

// resilientEnriched is Adaequare enriched as Resilient passes it on: without a login, under Resilient's key.
func resilientEnriched() Face {
	f := enriched("resilient-enriched", "", byHeaders, func(a *ask, r *Refusal) httpd.Reply {
		switch r.Why {
		case WrongEnv, SecretReset, CreditUsed, TimedOut:
			return refuseResilient(a, r)
		}
		if a.subscription.ID == "" { // the caller is not known
			return refuseResilient(a, r)
		}
		return refuseAdaequare(a, r)
	})
	f.Names = []string{resilientName}
	return f
}
