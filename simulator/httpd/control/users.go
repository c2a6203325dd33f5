package control

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

type portalUserDoc struct {
	Username string `json:"username"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source"`
	Frozen   bool   `json:"frozen"`
}

func showPortalUser(u store.PortalUser) portalUserDoc {
	return portalUserDoc{u.Username, u.GSTIN, u.Source, u.Frozen}
}

type portalUsersDoc struct {
	PortalUsers []portalUserDoc `json:"portalUsers"`
}

func listPortalUsers(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	doc := portalUsersDoc{PortalUsers: []portalUserDoc{}}
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		all, err := reader.PortalUsers()
		for _, u := range all {
			doc.PortalUsers = append(doc.PortalUsers, showPortalUser(u))
		}
		return err
	})
	return httpd.Reply{Body: doc}, err
}

type portalUserBody struct {
	Username string `json:"username"`
	Password string `json:"password"`
	GSTIN    string `json:"gstin"`
	Source   string `json:"source"`
}

// addPortalUser gives a taxpayer a web login. The portals' password rule is not
// applied: old logins of the E-Way Bill portal need not follow it.
func addPortalUser(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[portalUserBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	in.Username = strings.TrimSpace(in.Username) // as the Login form does
	var violations []httpd.FieldError
	if in.Username == "" {
		violations = append(violations, field("username", "value-missing", "must not be empty"))
	}
	if in.Password == "" {
		violations = append(violations, field("password", "value-missing", "must not be empty"))
	}
	gstin, err := nic.ParseGSTIN(in.GSTIN)
	if err != nil {
		violations = append(violations, field("gstin", "gstin-invalid", err.Error()))
	}
	if in.Source == "" {
		in.Source = portal.SourceEInvoice
	}
	if in.Source != portal.SourceEInvoice && in.Source != portal.SourceEWayBill {
		violations = append(violations, field("source", "value-invalid", "must be E_INVOICE or EWAY_BILL"))
	}
	if len(violations) > 0 {
		return httpd.Reply{}, invalid(violations...)
	}
	hash, err := call.World.Passwords.Hash(in.Password)
	if err != nil {
		return httpd.Reply{}, err
	}
	u := store.PortalUser{Username: in.Username, PasswordHash: hash, GSTIN: string(gstin), Source: in.Source}
	err = call.World.Store.Update(r.Context(), func(tx store.Tx) error {
		if _, err := tx.Taxpayer(u.GSTIN); errors.Is(err, store.ErrNotFound) {
			return invalid(field("gstin", "gstin-unknown", "no taxpayer holds it; add one first"))
		} else if err != nil {
			return err
		}
		return tx.AddPortalUser(u)
	})
	if errors.Is(err, store.ErrExists) {
		return httpd.Reply{}, exists("login, or one for this GSTIN,", "username")
	}
	return httpd.Reply{Status: http.StatusCreated, Location: base + "/portal-users/" + u.Username,
		Body: showPortalUser(u)}, err
}

// frozenBody is a change to a login: what is left out stays as it is.
type frozenBody struct {
	Frozen *bool `json:"frozen"`
}

func changePortalUser(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[frozenBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	var u store.PortalUser
	err = call.World.Store.Update(r.Context(), func(tx store.Tx) error {
		var err error
		if u, err = tx.PortalUser(httpd.Var(r, "username")); err != nil {
			return err
		}
		set(in.Frozen, &u.Frozen)
		return tx.PutPortalUser(u)
	})
	return httpd.Reply{Body: showPortalUser(u)}, known(err, "such login")
}
