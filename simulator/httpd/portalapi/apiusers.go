package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
)

type apiUserDoc struct {
	Username            string    `json:"username"`
	RegistrationThrough string    `json:"registrationThrough"`
	CompanyName         string    `json:"companyName"`
	Status              string    `json:"status"` // ACTIVE or FROZEN
	CreatedAt           time.Time `json:"createdAt"`
}

func apiUsers(c *call) (httpd.Reply, error) {
	users, err := c.APIUsers(c.ctx, c.session)
	list := []apiUserDoc{}
	for _, u := range users {
		status := "ACTIVE"
		if u.Frozen {
			status = "FROZEN"
		}
		list = append(list, apiUserDoc{u.Username, u.RegistrationThrough, u.CompanyName, status, u.CreatedAt})
	}
	return httpd.Reply{Body: map[string][]apiUserDoc{"apiUsers": list}}, err
}

type changePasswordBody struct {
	CurrentPassword string `json:"currentPassword"`
	NewPassword     string `json:"newPassword"`
}

func changePassword(c *call, in changePasswordBody) (httpd.Reply, error) {
	err := c.ChangePassword(c.ctx, c.session, httpd.Var(c.r, "username"), in.CurrentPassword, in.NewPassword, nil)
	return httpd.Reply{Status: http.StatusNoContent}, err
}

func freeze(c *call) (httpd.Reply, error) {
	err := c.Freeze(c.ctx, c.session, httpd.Var(c.r, "username"))
	return httpd.Reply{Status: http.StatusNoContent}, err
}

// companyDoc has no client id: a person gets it from the company.
type companyDoc struct {
	CompanyName string `json:"companyName"`
	Type        string `json:"type"`
}

func companies(c *call) (httpd.Reply, error) {
	list, err := c.CompanyNames(c.ctx, c.r.URL.Query().Get("through"))
	shown := []companyDoc{}
	for _, company := range list {
		shown = append(shown, companyDoc{company.CompanyName, company.Type})
	}
	return httpd.Reply{Body: map[string][]companyDoc{"providers": shown}}, err
}
