package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

type apiUserDoc struct {
	Username            string    `json:"username"`
	RegistrationThrough string    `json:"registrationThrough"`
	CompanyName         string    `json:"companyName"`
	Status              string    `json:"status"` // ACTIVE or FROZEN
	CreatedAt           time.Time `json:"createdAt"`
}

type apiUsersDoc struct {
	APIUsers []apiUserDoc `json:"apiUsers"`
}

func apiUsers(p portal.Portal, s store.Session, r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	users, err := p.APIUsers(r.Context(), s)
	doc := apiUsersDoc{APIUsers: []apiUserDoc{}}
	for _, u := range users {
		status := "ACTIVE"
		if u.Frozen {
			status = "FROZEN"
		}
		doc.APIUsers = append(doc.APIUsers, apiUserDoc{u.Username, u.RegistrationThrough, u.CompanyName, status, u.CreatedAt})
	}
	return httpd.Reply{Body: doc}, err
}

type changePasswordBody struct {
	CurrentPassword string `json:"currentPassword"`
	NewPassword     string `json:"newPassword"`
}

func changePassword(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[changePasswordBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	err = p.ChangePassword(r.Context(), s, httpd.Var(r, "username"), in.CurrentPassword, in.NewPassword, nil)
	return httpd.Reply{Status: http.StatusNoContent}, err
}

func freeze(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	err := p.Freeze(r.Context(), s, httpd.Var(r, "username"))
	return httpd.Reply{Status: http.StatusNoContent}, err
}

type companyDoc struct {
	CompanyName string `json:"companyName"`
	Type        string `json:"type"`
}

// companiesDoc has names and never client ids: those a person gets from the GSP.
type companiesDoc struct {
	Providers []companyDoc `json:"providers"`
}

func companies(p portal.Portal, r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	list, err := p.CompanyNames(r.Context(), r.URL.Query().Get("through"))
	doc := companiesDoc{Providers: []companyDoc{}}
	for _, c := range list {
		doc.Providers = append(doc.Providers, companyDoc{c.CompanyName, c.Type})
	}
	return httpd.Reply{Body: doc}, err
}

func companiesInSession(p portal.Portal, _ store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	return companies(p, r, call)
}
