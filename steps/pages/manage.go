package pages

import (
	"context"
	"net/url"

	"github.com/nicsim/nicsim/client"
)

// APIUsers looks at the list of registered API users.
func (p production) APIUsers(ctx context.Context) ([]client.APIUser, error) {
	if err := p.visit(ctx, "/api-users"); err != nil {
		return nil, err
	}
	return result(p.portal, func(r *reading) (users []client.APIUser) {
		for _, row := range r.screen.Rows("api-user") {
			users = append(users, client.APIUser{
				Username: row.Value("username"), Through: row.Value("registrationThrough"), CompanyName: row.Value("companyName"),
				Status: row.Value("status"), CreatedAt: r.timeOf("createdAt", row.Value("createdAt")),
			})
		}
		return users
	})
}

// manage clicks what can be done to an API user in its row of the list. Of a user who is not on the
// list, or if it cannot be done to the user, a person can only type the page's address.
func (p production) manage(ctx context.Context, username, link, page string) error {
	if err := p.visit(ctx, "/api-users"); err != nil {
		return err
	}
	for _, row := range p.screen.Rows("api-user") {
		if row.Value("username") != username {
			continue
		}
		if found, err := p.screen.LinkOf(row, link); err == nil {
			return p.click(ctx, link, found)
		}
	}
	return p.visit(ctx, "/api-users/"+url.PathEscape(username)+page)
}

// ChangePassword fills in Change Password.
func (p production) ChangePassword(ctx context.Context, username string, c client.PasswordChange) error {
	if err := p.manage(ctx, username, "Change Password", "/password"); err != nil {
		return err
	}
	if err := p.fill(ctx, fields{{"Current Password", c.Current}, {"New Password", c.New}}); err != nil {
		return err
	}
	return p.press(ctx, "Change Password")
}

// Freeze clicks Freeze, and once more to confirm it.
func (p production) Freeze(ctx context.Context, username string) error {
	if err := p.manage(ctx, username, "Freeze", "/freeze"); err != nil {
		return err
	}
	return p.press(ctx, "Freeze")
}
