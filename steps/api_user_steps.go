package steps

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// apiUserSteps are the later life of production's API users.
type apiUserSteps struct {
	*scenario
	listed []client.APIUser
}

func (g *apiUserSteps) register(r registrar) {
	r.Step(expression(`{who} looks at the list of API users`), g.list)
	r.Step(expression(`the list has {text} through {text}, which is {text}`), g.listHas)
	r.Step(expression(`the list is empty`), g.listEmpty)
	r.Step(expression(`{who} (?:freezes|has frozen) {text}`), g.freeze)
	r.Step(expression(`{who} changes the password of {text}`), g.changePassword)
	r.Step(expression(`{who} changes the password of {text} to the one it has`), g.samePassword)
	r.Step(expression(`{who} changes the password of {text} to {text}`), g.passwordTo)
	r.Step(expression(`{who} changes the password of {text}, giving a wrong current one`), g.wrongCurrent)
	r.Step(expression(`the portal accepts it`), g.accepted)
}

func (g *apiUserSteps) list(ctx context.Context, who string) error {
	return g.does(who, func(p *person) (err error) {
		g.listed, err = p.production.APIUsers(ctx)
		return err
	})
}

func (g *apiUserSteps) listHas(username, company, status string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	for _, u := range g.listed {
		if u.Username != username {
			continue
		}
		if err := same("company name", u.CompanyName, company); err != nil {
			return err
		}
		if err := same("registration through", u.Through, client.ThroughGSP); err != nil {
			return err
		}
		if u.CreatedAt.IsZero() {
			return fmt.Errorf("the list does not say when %s was created", username)
		}
		return same("status", u.Status, status)
	}
	return fmt.Errorf("it has not, only %d others", len(g.listed))
}

func (g *apiUserSteps) listEmpty() error {
	if err := g.accepted(); err != nil {
		return err
	}
	return same("number of API users", len(g.listed), 0)
}

func (g *apiUserSteps) freeze(ctx context.Context, who, username string) error {
	return g.does(who, func(p *person) error { return p.production.Freeze(ctx, username) })
}

func (g *apiUserSteps) changePassword(ctx context.Context, who, username string) error {
	return g.passwordTo(ctx, who, username, anotherPassword)
}

func (g *apiUserSteps) samePassword(ctx context.Context, who, username string) error {
	return g.submit(ctx, who, username, func(c *client.PasswordChange) { c.New = c.Current })
}

func (g *apiUserSteps) passwordTo(ctx context.Context, who, username, password string) error {
	return g.submit(ctx, who, username, func(c *client.PasswordChange) { c.New = password })
}

func (g *apiUserSteps) wrongCurrent(ctx context.Context, who, username string) error {
	return g.submit(ctx, who, username, func(c *client.PasswordChange) { c.Current = wrongPassword })
}

func (g *apiUserSteps) submit(ctx context.Context, who, username string, how func(*client.PasswordChange)) error {
	return g.does(who, func(p *person) error {
		form := client.PasswordChange{Current: g.password(p, username), New: anotherPassword}
		how(&form)
		g.keepSecret("a password", form.New)
		if err := p.production.ChangePassword(ctx, username, form); err != nil {
			return err
		}
		p.passwords[username] = form.New
		return nil
	})
}
