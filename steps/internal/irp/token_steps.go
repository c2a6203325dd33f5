package irp

import (
	"bytes"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// apiTokenSteps are about the life of a token.
type apiTokenSteps struct{ *calls }

func (g apiTokenSteps) Register(r *scene.Registry) {
	r.Act(`{who} logs in to the {portal} API again and asks for another token`, g.refresh)
	r.Then(`the token, its expiry and the SEK have not changed`, g.same)
	r.Then(`the token and the SEK have changed`, g.other)
	r.Then(`{who} uses {their} former token again`, g.goBack)
}

func (g apiTokenSteps) refresh(ctx context.Context, p *scene.Person, portal string) error {
	if err := g.hasCredentials(ctx, p, "", "", portal); err != nil {
		return err
	}
	return g.of(p).current.logInToAPI(ctx, true)
}

// logins are the newest and the one before.
func (g apiTokenSteps) logins() (*caller, error) {
	u, err := g.loggedIn(g.Named)
	if err != nil {
		return nil, err
	}
	if u.former.Token == "" {
		return nil, fmt.Errorf("%s has logged in only once", g.Named.Name)
	}
	return u, nil
}

func (g apiTokenSteps) same() error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	if u.login.Token != u.former.Token || !bytes.Equal(u.login.SEK, u.former.SEK) {
		return fmt.Errorf("the token or the SEK is another one")
	}
	return scene.Same("end", u.login.ExpiresAt.String(), u.former.ExpiresAt.String())
}

func (g apiTokenSteps) other() error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	if u.login.Token == u.former.Token || bytes.Equal(u.login.SEK, u.former.SEK) {
		return fmt.Errorf("the token or the SEK is the same")
	}
	if !u.login.ExpiresAt.After(u.former.ExpiresAt) {
		return fmt.Errorf("the token expires at %s, not after the former one", u.login.ExpiresAt)
	}
	return nil
}

func (g apiTokenSteps) goBack(p *scene.Person) error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	g.of(p).current.login, g.of(p).current.former = u.former, u.login
	return nil
}
