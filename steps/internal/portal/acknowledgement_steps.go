package portal

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// acknowledgementSteps are step 1.9 of the guide, and double clicks on the way there.
type acknowledgementSteps struct {
	*scene.Scene
	clicks []string // codes of the refusals of a double click; "" if accepted
}

func (g *acknowledgementSteps) Register(r *scene.Registry) {
	r.Then(`the acknowledgement is shown`, g.shown)
	r.Then(`the acknowledgement is shown for the Username {text}`, g.shownFor)
	r.Then(`the acknowledgement names the Client ID {text}`, g.namesClientID)
	r.Then(`the acknowledgement has a number of 15 digits and a time in India`, g.numberAndTime)
	r.Then(`it names {firm}, {text} and the Username {text}`, g.names, needs.Taxpayers)
	r.Then(`the same acknowledgement is shown`, g.sameAgain)
	r.Step(`{who} clicks twice to create the API user {text}`, g.clickTwice, needs.Providers)
	r.Step(`one click made the user and the other was refused as {text}`, g.oneMade).Refusal(1)
}

func (g *acknowledgementSteps) shown() error {
	a := g.Named.Acknowledgement
	if a.AcknowledgementNo == "" || a.Message == "" {
		return fmt.Errorf("there is no acknowledgement, or it says nothing")
	}
	return scene.Same("state", a.State, "COMPLETED")
}

func (g *acknowledgementSteps) shownFor(username string) error {
	return cmp.Or(g.shown(), scene.Same("username", g.Named.Acknowledgement.Username, username))
}

func (g *acknowledgementSteps) namesClientID(clientID string) error {
	return cmp.Or(g.shown(), scene.Same("client id", g.Named.Acknowledgement.ClientID, clientID))
}

var fifteenDigits = regexp.MustCompile(`^\d{15}$`)

func (g *acknowledgementSteps) numberAndTime(now time.Time) error {
	if err := g.shown(); err != nil {
		return err
	}
	a := g.Named.Acknowledgement
	if !fifteenDigits.MatchString(a.AcknowledgementNo) {
		return fmt.Errorf("the acknowledgement number is %q", a.AcknowledgementNo)
	}
	const india = 5*60*60 + 30*60 // seconds east of Greenwich
	if _, offset := a.AcknowledgedAt.Zone(); offset != india {
		return fmt.Errorf("the time is %s", a.AcknowledgedAt.Format(time.RFC3339))
	}
	return scene.Near("the acknowledgement's time", a.AcknowledgedAt, now)
}

func (g *acknowledgementSteps) names(ctx context.Context, firm client.Taxpayer, company, username string) error {
	t, err := g.Control.Taxpayer(ctx, firm.GSTIN)
	if err != nil {
		return err
	}
	a := g.Named.Acknowledgement
	return cmp.Or(
		g.shownFor(username),
		scene.Same("GSTIN", a.GSTIN, t.GSTIN),
		scene.Same("legal name", a.LegalName, t.LegalName),
		scene.Same("registration through", a.Through, client.ThroughGSP),
		scene.Same("company name", a.CompanyName, company),
	)
}

func (g *acknowledgementSteps) sameAgain() error {
	if err := g.shown(); err != nil {
		return err
	}
	first, again := g.Named.Acknowledgement, g.Named.Registration
	for member, pair := range map[string][2]string{
		"acknowledgementNo": {again.AcknowledgementNo, first.AcknowledgementNo}, "gstin": {again.GSTIN, first.GSTIN},
		"clientId": {again.ClientID, first.ClientID}, "companyName": {again.CompanyName, first.CompanyName},
		"username": {again.Username, first.Username}, "message": {again.Message, first.Message},
	} {
		if err := scene.Same(member, pair[0], pair[1]); err != nil {
			return err
		}
	}
	if !again.AcknowledgedAt.Equal(first.AcknowledgedAt) {
		return fmt.Errorf("its time is %s instead of %s", again.AcknowledgedAt, first.AcknowledgedAt)
	}
	return nil
}

func (g *acknowledgementSteps) clickTwice(ctx context.Context, p *scene.Person, username string, f *scene.Flow) error {
	u, err := g.NewUser(ctx, p, "")
	if err != nil {
		return err
	}
	u.Username = username
	// Each click has its own place for the answer.
	var clicks [2]scene.Person
	next := make(chan *scene.Person, 2)
	for i := range clicks {
		clicks[i] = scene.Person{Trial: p.Trial, Production: p.Production}
		next <- &clicks[i]
	}
	first, second := scene.ClickTwice(func() error {
		click := <-next
		if f.Portal == scene.OnTrial {
			return scene.InRegistration(click).Create(ctx, f.ID, u)
		}
		return scene.InAPIRegistration(click).Create(ctx, f.ID, u)
	})
	g.clicks = nil
	for _, err := range []error{first, second} {
		code, err := scene.RefusedWith(err)
		if err != nil {
			return err
		}
		g.clicks = append(g.clicks, code)
	}
	return nil
}

func (g *acknowledgementSteps) oneMade(code string) error {
	got := slices.Sorted(slices.Values(g.clicks))
	if !slices.Equal(got, []string{"", code}) {
		return fmt.Errorf("the two clicks were refused as %q", g.clicks)
	}
	return nil
}
