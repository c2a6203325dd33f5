package irp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// ownWorldSteps are about worlds that are made from a document.
type ownWorldSteps struct {
	*calls
	refusal *client.Problem // of a document
}

func (g *ownWorldSteps) Register(r *scene.Registry) {
	r.Step(`the world has the numbers of a team, and it is (\d\d/\d\d/\d{4} \d\d:\d\d) by the clock`, g.make, needs.Worlds)
	r.Step(`the world is made again from what the control API shows of it`, g.makeAgain, needs.Worlds)
	r.Step(`Girish makes the world from a document in which (.+)`, g.makeWrongly, needs.Worlds)
	r.Step(`the control API refuses it for {text}`, g.refuses)
	r.Act(`{who} (?:logs|has logged) in as the team's user`, g.logIn, needs.Keys, needs.Taxpayers, needs.ClientPair)
	r.Step(`the clock shows (\d\d/\d\d/\d{4} \d\d:\d\d)`, g.shows)
}

// members are those of a JSON object.
type members = map[string]any

// The numbers of a team. The GSTIN is NIC's sample, whose check character is wrong.
const (
	teamGSTIN    = "29AWGPV7107B1Z1"
	teamClientID = "AABCA29GSP00001"
	teamSecret   = "whatever-they-have"
	teamUser     = "stubuser"
	teamPassword = "stubpass"
)

// team is the document of a team.
func team(now time.Time) members {
	return members{
		"extends":   "fixtures",
		"clock":     members{"mode": "frozen", "now": now},
		"providers": []members{{"clientId": teamClientID, "clientSecret": teamSecret, "through": "GSP"}},
		"taxpayers": []members{{"gstin": teamGSTIN, "legalName": "Made Up Traders", "mobile": "9876501234"}},
		"portalUsers": []members{{"username": "madeup29", "password": "any", "gstin": teamGSTIN,
			"source": client.SourceEInvoice}},
		"apiUsers": []members{{"environment": client.EnvironmentSandbox, "gstin": teamGSTIN, "clientId": teamClientID,
			"username": teamUser, "password": teamPassword}},
	}
}

const minute = "02/01/2006 15:04"

func (g *ownWorldSteps) make(ctx context.Context, at string) error {
	now, err := time.ParseInLocation(minute, at, scene.InIndia)
	if err != nil {
		return fmt.Errorf("reading the time: %w", err)
	}
	return g.Control.PutWorld(ctx, team(now))
}

func (g *ownWorldSteps) makeAgain(ctx context.Context) error {
	entry, err := g.Control.ReadWorld(ctx)
	if err != nil {
		return err
	}
	return g.Control.PutWorld(ctx, entry)
}

// teamMistakes change the document of a team.
var teamMistakes = map[string]func(members){
	"the API user has an unknown client id": func(m members) { m["apiUsers"].([]members)[0]["clientId"] = "OTHER" },
	"two providers have one client id": func(m members) {
		m["providers"] = append(m["providers"].([]members), m["providers"].([]members)[0])
	},
	"a GSTIN is short and a member misspelt": func(m members) {
		m["taxpayers"] = []members{{"gstin": teamGSTIN[:14], "legalNam": "Made Up Traders"}, {"gstin": teamGSTIN}}
	},
	"the clock stands before e-invoicing": func(m members) {
		m["clock"].(members)["now"] = time.Date(2020, time.September, 30, 0, 0, 0, 0, scene.InIndia)
	},
}

func (g *ownWorldSteps) makeWrongly(ctx context.Context, mistake string) error {
	change, ok := teamMistakes[mistake]
	if !ok {
		return fmt.Errorf("there is no mistake %q", mistake)
	}
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	document := team(now)
	change(document)
	if err = g.Control.PutWorld(ctx, document); errors.As(err, &g.refusal) {
		return nil
	}
	return cmp.Or(err, errors.New("the document was accepted"))
}

func (g *ownWorldSteps) refuses(fields string) error {
	var got []string
	for _, e := range g.refusal.Errors {
		got = append(got, e.Field)
	}
	return cmp.Or(
		scene.Same("status", g.refusal.Status, http.StatusUnprocessableEntity),
		scene.Same("fields", strings.Join(got, ", "), fields),
	)
}

func (g *ownWorldSteps) logIn(ctx context.Context, p *scene.Person) error {
	firm, err := g.Control.Taxpayer(ctx, teamGSTIN)
	if err != nil {
		return err
	}
	u, err := g.uses(ctx, p, scene.OnTrial, firm, client.Credentials{
		ClientID: teamClientID, ClientSecret: teamSecret, Username: teamUser, Password: teamPassword,
	})
	if err != nil {
		return err
	}
	return u.logInToAPI(ctx, false)
}

func (g *ownWorldSteps) shows(ctx context.Context, at string) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	return scene.Same("the clock", now.In(scene.InIndia).Format(minute), at)
}
