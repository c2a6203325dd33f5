package portal

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
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
	r.Act(`{who} (?:freezes|has frozen) {text}`, g.freeze, needs.Own)
	r.Act(`{who} changes the password of {text}(?: to {text})?( to the one it has)?(, giving a wrong current one)?`,
		g.changePassword, needs.Own)
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
		return cmp.Or(
			scene.Same("company name", u.CompanyName, company),
			scene.Same("registration through", u.Through, client.ThroughGSP),
			scene.Same("that it has no creation time", u.CreatedAt.IsZero(), false),
			scene.Same("status", u.Status, status),
		)
	}
	return fmt.Errorf("the list has %d users, and not this one", len(g.listed))
}

func (g *apiUserSteps) listEmpty() error {
	return scene.Same("number of API users", len(g.listed), 0)
}

func (g *apiUserSteps) freeze(ctx context.Context, p *scene.Person, username string) error {
	return p.Production.Freeze(ctx, username)
}

func (g *apiUserSteps) changePassword(ctx context.Context, p *scene.Person,
	username, password, keep, wrong string) error {
	form := client.PasswordChange{Current: g.Password(p, username), New: cmp.Or(password, scene.AnotherPassword)}
	if keep != "" {
		form.New = form.Current
	}
	if wrong != "" {
		form.Current = scene.WrongPassword
	}
	g.KeepSecret("a password", form.New)
	if err := p.Production.ChangePassword(ctx, username, form); err != nil {
		return err
	}
	p.Passwords[username] = form.New
	return nil
}
