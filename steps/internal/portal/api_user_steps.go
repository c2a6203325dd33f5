package portal

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// apiUserSteps are the later life of production's API users.
type apiUserSteps struct {
	*scene.Scene
	listed []client.APIUser
}

func (g *apiUserSteps) Register(r *scene.Registry) {
	r.Act(`{who} looks at the list of API users`, g.list)
	r.Then(`the list has {text} through {text}, which is {text}`, g.listHas)
	r.Then(`the list is empty`, g.listEmpty)
	r.Act(`{who} (?:freezes|has frozen) {text}`, g.freeze)
	r.Act(`{who} changes the password of {text}`, g.changePassword)
	r.Act(`{who} changes the password of {text} to the one it has`, g.samePassword)
	r.Act(`{who} changes the password of {text} to {text}`, g.passwordTo)
	r.Act(`{who} changes the password of {text}, giving a wrong current one`, g.wrongCurrent)
	r.Step(`the portal accepts it`, g.Accepted)
}

func (g *apiUserSteps) list(ctx context.Context, p *scene.Person) (err error) {
	g.listed, err = p.Production.APIUsers(ctx)
	return err
}

func (g *apiUserSteps) listHas(username, company, status string) error {
	for _, u := range g.listed {
		if u.Username != username {
			continue
		}
		if err := scene.Same("company name", u.CompanyName, company); err != nil {
			return err
		}
		if err := scene.Same("registration through", u.Through, client.ThroughGSP); err != nil {
			return err
		}
		if u.CreatedAt.IsZero() {
			return fmt.Errorf("the list does not say when %s was created", username)
		}
		return scene.Same("status", u.Status, status)
	}
	return fmt.Errorf("the list has %d users, and not this one", len(g.listed))
}

func (g *apiUserSteps) listEmpty() error {
	return scene.Same("number of API users", len(g.listed), 0)
}

func (g *apiUserSteps) freeze(ctx context.Context, p *scene.Person, username string) error {
	return p.Production.Freeze(ctx, username)
}

func (g *apiUserSteps) changePassword(ctx context.Context, p *scene.Person, username string) error {
	return g.passwordTo(ctx, p, username, scene.AnotherPassword)
}

func (g *apiUserSteps) samePassword(ctx context.Context, p *scene.Person, username string) error {
	return g.submit(ctx, p, username, func(c *client.PasswordChange) { c.New = c.Current })
}

func (g *apiUserSteps) passwordTo(ctx context.Context, p *scene.Person, username, password string) error {
	return g.submit(ctx, p, username, func(c *client.PasswordChange) { c.New = password })
}

func (g *apiUserSteps) wrongCurrent(ctx context.Context, p *scene.Person, username string) error {
	return g.submit(ctx, p, username, func(c *client.PasswordChange) { c.Current = scene.WrongPassword })
}

func (g *apiUserSteps) submit(ctx context.Context, p *scene.Person, username string,
	how func(*client.PasswordChange)) error {
	form := client.PasswordChange{Current: g.Password(p, username), New: scene.AnotherPassword}
	how(&form)
	g.KeepSecret("a password", form.New)
	if err := p.Production.ChangePassword(ctx, username, form); err != nil {
		return err
	}
	p.Passwords[username] = form.New
	return nil
}
