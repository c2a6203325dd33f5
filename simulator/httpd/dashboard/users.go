package dashboard

import (
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// userRow is an API user, who is a login of the sandbox portal too.
type userRow struct {
	store.APIUser
	LockedUntil time.Time
}

func apiUsers(v *visit) (layout.Page, error) {
	var all []userRow
	err := v.view(func(r store.Reader) error {
		for _, env := range environments {
			users, err := r.APIUsers(env)
			if err != nil {
				return err
			}
			if all, err = v.userRows(r, all, users); err != nil {
				return err
			}
		}
		return nil
	})
	return layout.Page{Title: "API users", Name: "api-users", Data: all}, err
}

// userRows adds users to rows.
func (v *visit) userRows(r store.Reader, rows []userRow, users []store.APIUser) ([]userRow, error) {
	for _, u := range users {
		row := userRow{APIUser: u}
		if u.Environment == nic.Sandbox {
			var err error
			if row.LockedUntil, err = v.lockedUntil(r, u.Environment, u.Username); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
