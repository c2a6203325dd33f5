package irp

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiRefusalSteps judge the refusals of the e-Invoice API.
type apiRefusalSteps struct{ *calls }

func (g apiRefusalSteps) Register(r *scene.Registry) {
	r.Step(`the API refuses it with ((?:SYS_)?\d{4}(?:, \d{4})*)(?: {text})?`, g.refuses).NIC(1).Needing(
		func(values []string) []needs.Need {
			if values[1] == "1005" || values[1] == "1020" { // of a token, of a key
				return []needs.Need{needs.Sealed}
			}
			return nil
		})
	r.Step(`the API refuses it with (\d{4}(?:, \d{4})*) at {text}`, g.refusesAt).Using(needs.Journal).NIC(1)
	r.Step(`it names {n} violations?`, g.rows)
	r.Step(`it also says {text}`, g.alsoSays)
	r.Step(`the API accepts it`, g.Accepted)
}

// refuses compares the codes of all rows, each once, and NIC's words for the first.
func (g apiRefusalSteps) refuses(codes, words string) error {
	refusal, err := g.APIError()
	if err != nil {
		return err
	}
	if got := strings.Join(codesOf(refusal), ", "); got != codes {
		return fmt.Errorf("%s was expected: %w", codes, refusal)
	}
	words = g.home().words(words)
	if message := refusal.Details[0].Message; words != "" && !says(message, words) {
		return scene.Same("message", message, words)
	}
	return nil
}

// says compares a message with the words of a scenario, which may leave the end out: a scenario has no braces, and
// some of NIC's regular expressions do.
func says(message, words string) bool {
	start, cut := strings.CutSuffix(words, "…")
	return message == words || cut && strings.HasPrefix(message, start)
}

// refusesAt compares the codes, and asks the journal, where there is one, for the place of the first violation.
func (g apiRefusalSteps) refusesAt(ctx context.Context, codes, path string) error {
	if err := g.refuses(codes, ""); err != nil || g.Control == nil {
		return err
	}
	first, err := g.firstViolation(ctx)
	return cmp.Or(
		err,
		scene.Same("code of the first violation", first.Code, codes[:4]),
		scene.Same("its path", first.Field, path),
	)
}

// firstViolation returns the first violation in the journal's reason of the newest request.
func (c *calls) firstViolation(ctx context.Context) (client.FieldError, error) {
	environment := environments[c.of(c.Named).current.portal]
	rows, err := c.Control.Requests(ctx, client.RequestFilter{Limit: 1, Environment: environment})
	if err != nil {
		return client.FieldError{}, err
	}
	if len(rows) == 0 || rows[0].Reason == nil || len(rows[0].Reason.Fields) == 0 {
		return client.FieldError{}, fmt.Errorf("the journal does not say where")
	}
	return rows[0].Reason.Fields[0], nil
}

func (g apiRefusalSteps) rows(count int, refusal *client.APIError) error {
	return scene.Same("violations", len(refusal.Details), count)
}

// alsoSays looks for NIC's words in all rows but the first.
func (g apiRefusalSteps) alsoSays(words string, refusal *client.APIError) error {
	for i, d := range refusal.Details {
		if i > 0 && says(d.Message, words) {
			return nil
		}
	}
	return fmt.Errorf("%q was expected besides the first: %w", words, refusal)
}

// codesOf are the codes of a refusal, each once, in the order in which they came.
func codesOf(refusal *client.APIError) []string {
	var codes []string
	for _, d := range refusal.Details {
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	return codes
}
