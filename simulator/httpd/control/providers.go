package control

import (
	"errors"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

type providerDoc struct {
	CompanyName  string   `json:"companyName"`
	Type         string   `json:"type"`
	Through      []string `json:"through"`
	ClientID     string   `json:"clientId"`
	ClientSecret string   `json:"clientSecret"`
	PAN          string   `json:"pan"`
	Mobile       string   `json:"mobile"` // of the firm; empty for a taxpayer's own client
	Email        string   `json:"email"`
}

type providersDoc struct {
	Providers []providerDoc `json:"providers"`
}

func listProviders(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	doc := providersDoc{Providers: []providerDoc{}}
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		all, err := reader.Providers()
		if err != nil {
			return err
		}
		for _, p := range all {
			firm, err := reader.Organisation(p.PAN)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			through := p.Through
			if through == nil {
				through = []string{}
			}
			doc.Providers = append(doc.Providers, providerDoc{
				p.CompanyName, p.Type, through, p.ClientID, p.ClientSecret, p.PAN, firm.Mobile, firm.Email,
			})
		}
		return nil
	})
	return httpd.Reply{Body: doc}, err
}

type organisationDoc struct {
	PAN       string `json:"pan"`
	LegalName string `json:"legalName"`
	Type      string `json:"type"`
	Mobile    string `json:"mobile"`
	Email     string `json:"email"`
}

type organisationsDoc struct {
	Organisations []organisationDoc `json:"organisations"`
}

func listOrganisations(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	doc := organisationsDoc{Organisations: []organisationDoc{}}
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		all, err := reader.Organisations()
		for _, o := range all {
			doc.Organisations = append(doc.Organisations, organisationDoc(o))
		}
		return err
	})
	return httpd.Reply{Body: doc}, err
}

// pemOf serves a key or a certificate of an environment.
func pemOf(read func(nic.Environment) ([]byte, error)) httpd.Action {
	return func(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
		env, err := environment(httpd.Var(r, "environment"))
		if err != nil {
			return httpd.Reply{}, notFound("such key")
		}
		pem, err := read(env)
		return httpd.Reply{Raw: pem, RawType: "application/x-pem-file"}, err
	}
}
