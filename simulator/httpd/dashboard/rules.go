package dashboard

import (
	"strings"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/settings"
)

// rulesView lists the rules of a world in an environment on a day.
type rulesView struct {
	Text, Environment string
	On                settings.Date
	Rows              []ruleRow
	Total             int
}

type ruleRow struct {
	admin.Rule
	Compares string // the figures, in words
}

func rulesPage(v *visit) (layout.Page, error) {
	query := v.r.URL.Query()
	list, err := admin.ReadRules(v.ctx, v.world, query.Get("environment"), strings.TrimSpace(query.Get("on")))
	if err != nil {
		return layout.Page{}, err
	}
	shown := rulesView{
		Text: strings.TrimSpace(query.Get("q")), Environment: string(list.Environment), On: list.On, Total: len(list.Rules),
	}
	for _, r := range list.Rules {
		row := ruleRow{r, inFigures(r.Figures)}
		in := strings.ToLower(strings.Join([]string{r.Name, r.Code, string(r.Status), r.Why, r.Says, row.Compares}, " "))
		if strings.Contains(in, strings.ToLower(shown.Text)) {
			shown.Rows = append(shown.Rows, row)
		}
	}
	return layout.Page{Title: "Rules", Name: "rules", Data: shown}, nil
}

// inFigures writes figures in the order of the settings, as in "10 crore rupees, 30 days".
func inFigures(figures map[string]string) string {
	var words []string
	for _, d := range settings.All() {
		if value, has := figures[d.Name]; has {
			words = append(words, measured(d, value))
		}
	}
	if value, has := figures["twoFactorCrore"]; has {
		words = append(words, value+" crore rupees") // not a setting
	}
	return strings.Join(words, ", ")
}
