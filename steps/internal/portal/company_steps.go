package portal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// companySteps are steps 1.7 and 2.7 of the guide: the lists of companies to choose from.
type companySteps struct{ *scene.Scene }

func (g companySteps) Register(r *scene.Registry) {
	r.Then(`the compan(?:y|ies) {text}(?: and {text})? (?:is|are) offered`, g.offered)
	r.Step(`the company {text} is not offered`, g.notOffered)
	r.Then(`every company is shown with its name and type only`, g.nameAndType)
	r.Step(`both portals offer the same companies`, g.sameCompanies)
}

func (g companySteps) offered(first, second string) error {
	for _, company := range []string{first, second} {
		if company != "" && !g.isOffered(company) {
			return fmt.Errorf("%q is not among %v", company, g.Named.Companies)
		}
	}
	return nil
}

func (g companySteps) notOffered(company string) error {
	if len(g.Named.Companies) == 0 {
		return errors.New("no company is offered")
	}
	if g.isOffered(company) {
		return fmt.Errorf("%q is among %v", company, g.Named.Companies)
	}
	return nil
}

func (g companySteps) isOffered(company string) bool {
	return slices.ContainsFunc(g.Named.Companies, func(c client.Company) bool { return c.CompanyName == company })
}

// nameAndType looks at the bytes of the answer: a driver ignores what it does not know.
func (g companySteps) nameAndType(answer scene.Exchange) error {
	if len(g.Named.Companies) == 0 {
		return fmt.Errorf("no company is shown")
	}
	if answer.IsPage() {
		return namesNoClient(answer.Got, g.Named.Companies)
	}
	var shown struct{ Providers []map[string]any }
	if err := json.Unmarshal(answer.Got, &shown); err != nil {
		return fmt.Errorf("reading the companies: %w", err)
	}
	if err := scene.Same("number of companies", len(shown.Providers), len(g.Named.Companies)); err != nil {
		return err
	}
	for _, row := range shown.Providers {
		if len(row) != 2 || row["companyName"] == "" || row["type"] == "" {
			return fmt.Errorf("a company is shown as %v", row)
		}
	}
	return nil
}

// clientIDShape is that of a client id: five letters of a PAN, a state, a type, five more characters.
var clientIDShape = regexp.MustCompile(`\b[A-Z]{5}[0-9]{2}[A-Z]{3}[A-Z0-9]{5}\b`)

// namesNoClient looks for client ids on a page of companies.
func namesNoClient(page []byte, shown []client.Company) error {
	for _, c := range shown {
		if c.CompanyName == "" || c.Type == "" {
			return fmt.Errorf("a company is shown as %v", c)
		}
	}
	if found := clientIDShape.Find(page); found != nil {
		return fmt.Errorf("the page shows %s", found)
	}
	return nil
}

func (g companySteps) sameCompanies(ctx context.Context) error {
	trial, err := g.Named.Trial.Providers(ctx, client.ThroughGSP)
	if err != nil {
		return err
	}
	production, err := g.Named.Production.Providers(ctx, client.ThroughGSP)
	if err != nil {
		return err
	}
	if len(trial) == 0 || !slices.Equal(trial, production) {
		return fmt.Errorf("the trial portal offers %v and the production portal %v", trial, production)
	}
	return nil
}
