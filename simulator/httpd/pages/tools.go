package pages

import (
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// toolPages are the test tools for developers. NIC shows them after a login; here they need none [SIM].
func toolPages(r *routes) {
	r.toolPage("/tools", func(*visit) (layout.Page, error) {
		return layout.Page{Title: "Test tools", Name: "tools"}, nil
	})
	r.toolPage("/tools/endpoints", endpoints)
	r.toolPage("/tools/public-key", publicKeyPage)
	r.download("/tools/public-key.pem", fixtures.PayloadPublicPEM)
	r.download("/tools/signing-certificate.pem", fixtures.SigningCertificatePEM)
	r.tool("/tools/encrypt", cryptPage, crypt)
	r.tool("/tools/verify", verifyPage, verify)
}

// endpointsView is the list of the API's calls, with the addresses of this world.
type endpointsView struct {
	Base  string // before each path
	Calls []irpapi.Endpoint
}

func endpoints(v *visit) (layout.Page, error) {
	scheme := "http"
	if v.r.TLS != nil {
		scheme = "https"
	}
	shown := endpointsView{scheme + "://" + v.r.Host + v.call.Prefix, irpapi.Endpoints(v.site.env)}
	return layout.Page{Title: "Endpoints", Name: "tool-endpoints", Data: shown}, nil
}
