package dashboard

import (
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// userRow is an API user. In the sandbox it is a login of the portal too, which can be locked.
type userRow struct {
	store.APIUser
	LockedUntil time.Time
}

func apiUsers(v *visit) (layout.Page, error) {
	rows, err := view(v, func(r store.Reader) ([]userRow, error) {
		users, err := allAPIUsers(r)
		if err != nil {
			return nil, err
		}
		return v.userRows(r, users)
	})
	return layout.Page{Title: "API users", Name: "api-users", Data: rows}, err
}

// allAPIUsers returns the API users of both environments.
func allAPIUsers(r store.Reader) (all []store.APIUser, err error) {
	for _, env := range environments {
		users, err := r.APIUsers(env)
		if err != nil {
			return nil, err
		}
		all = append(all, users...)
	}
	return all, nil
}

func (v *visit) userRows(r store.Reader, users []store.APIUser) (rows []userRow, err error) {
	for _, u := range users {
		row := userRow{APIUser: u}
		if u.Environment == nic.Sandbox {
			if row.LockedUntil, err = v.lockedUntil(r, u.Environment, u.Username); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
