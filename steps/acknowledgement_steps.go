package steps

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/nicsim/nicsim/client"
)

// acknowledgementSteps are step 1.9 of the guide, and double clicks on the way there.
type acknowledgementSteps struct {
	*scenario
	clicks []string // codes of the refusals of a double click; "" if accepted
}

func (g *acknowledgementSteps) register(r registrar) {
	r.Step(expression(`the acknowledgement is shown`), g.shown)
	r.Step(expression(`the acknowledgement is shown for the Username {text}`), g.shownFor)
	r.Step(expression(`the acknowledgement names the Client ID {text}`), g.namesClientID)
	r.Step(expression(`the acknowledgement has a number of 15 digits and a time in India`), g.numberAndTime)
	r.Step(expression(`it names {firm}, {text} and the Username {text}`), g.names)
	r.Step(expression(`the same acknowledgement is shown`), g.sameAgain)
	r.Step(expression(`{who} clicks twice to create the API user {text}`), g.clickTwice)
	r.Step(expression(`one click made the user and the other was refused as {text}`), g.oneMade)
}

func (g *acknowledgementSteps) shown() error {
	if err := g.accepted(); err != nil {
		return err
	}
	a := g.named.acknowledgement
	if a.AcknowledgementNo == "" || a.Message == "" {
		return fmt.Errorf("there is no acknowledgement, or it says nothing")
	}
	return same("state", a.State, "COMPLETED")
}

func (g *acknowledgementSteps) shownFor(username string) error {
	if err := g.shown(); err != nil {
		return err
	}
	return same("username", g.named.acknowledgement.Username, username)
}

func (g *acknowledgementSteps) namesClientID(clientID string) error {
	if err := g.shown(); err != nil {
		return err
	}
	return same("client id", g.named.acknowledgement.ClientID, clientID)
}

var fifteenDigits = regexp.MustCompile(`^\d{15}$`)

func (g *acknowledgementSteps) numberAndTime(ctx context.Context) error {
	if err := g.shown(); err != nil {
		return err
	}
	a := g.named.acknowledgement
	if !fifteenDigits.MatchString(a.AcknowledgementNo) {
		return fmt.Errorf("the acknowledgement number is %q", a.AcknowledgementNo)
	}
	const india = 5*60*60 + 30*60 // seconds east of Greenwich
	if _, offset := a.AcknowledgedAt.Zone(); offset != india {
		return fmt.Errorf("the time is %s", a.AcknowledgedAt.Format(time.RFC3339))
	}
	now, err := g.now(ctx)
	if err != nil {
		return err
	}
	return near("the acknowledgement's time", a.AcknowledgedAt, now)
}

func (g *acknowledgementSteps) names(ctx context.Context, firm, company, username string) error {
	if err := g.shownFor(username); err != nil {
		return err
	}
	t, err := g.taxpayer(ctx, g.named, firm)
	if err != nil {
		return err
	}
	if t, err = g.control.Taxpayer(ctx, t.GSTIN); err != nil {
		return err
	}
	a := g.named.acknowledgement
	if err := same("GSTIN", a.GSTIN, t.GSTIN); err != nil {
		return err
	}
	if err := same("legal name", a.LegalName, t.LegalName); err != nil {
		return err
	}
	if err := same("registration through", a.Through, client.ThroughGSP); err != nil {
		return err
	}
	return same("company name", a.CompanyName, company)
}

func (g *acknowledgementSteps) sameAgain() error {
	if err := g.accepted(); err != nil {
		return err
	}
	first, again := g.named.acknowledgement, g.named.registration
	for member, pair := range map[string][2]string{
		"acknowledgementNo": {again.AcknowledgementNo, first.AcknowledgementNo}, "gstin": {again.GSTIN, first.GSTIN},
		"clientId": {again.ClientID, first.ClientID}, "companyName": {again.CompanyName, first.CompanyName},
		"username": {again.Username, first.Username}, "message": {again.Message, first.Message},
	} {
		if err := same(member, pair[0], pair[1]); err != nil {
			return err
		}
	}
	if !again.AcknowledgedAt.Equal(first.AcknowledgedAt) {
		return fmt.Errorf("its time is %s instead of %s", again.AcknowledgedAt, first.AcknowledgedAt)
	}
	return nil
}

func (g *acknowledgementSteps) clickTwice(ctx context.Context, who, username string) error {
	p, err := g.person(who)
	if err != nil {
		return err
	}
	f, err := p.current()
	if err != nil {
		return err
	}
	u, err := g.newUser(ctx, p, "")
	if err != nil {
		return err
	}
	u.Username = username
	// Each click has its own place for the answer.
	var clicks [2]person
	next := make(chan *person, 2)
	for i := range clicks {
		clicks[i] = person{trial: p.trial, production: p.production}
		next <- &clicks[i]
	}
	first, second := clickTwice(func() error {
		click := <-next
		if f.portal == onTrial {
			return registrationFlow{click}.create(ctx, f.id, u)
		}
		return apiRegistrationFlow{click}.create(ctx, f.id, u)
	})
	g.clicks = nil
	for _, err := range []error{first, second} {
		code, err := refusedWith(err)
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
