package irp

import (
	"context"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// unreadableSteps seal texts that are not one JSON object.
type unreadableSteps struct{ *calls }

func (g unreadableSteps) Register(r *scene.Registry) {
	r.Act(`{who} sends (an invoice|a cancellation|a request for an e-way bill) that is (.+)`, g.send).Needing(
		func(values []string) []needs.Need {
			all := map[string][]needs.Need{
				"a cancellation": {needs.Cancel}, "a request for an e-way bill": {needs.EwayBill},
			}[values[2]]
			if values[3] == "a text" || values[3] == "empty" { // a plain body that is not a document
				all = append(all, needs.Sealed)
			}
			return all
		})
	r.Step(`the journal, and not the answer, has {text}`, g.where).Using(needs.Journal)
}

func (g unreadableSteps) send(ctx context.Context, u *caller, what, how string) error {
	path := map[string]string{
		"an invoice": invoicePath, "a cancellation": cancelPath, "a request for an e-way bill": "/eiewb/v1.03/ewaybill",
	}[what]
	text, known := map[string]string{
		"without a comma": "{\n \"Irn\": \"x\"\n \"Version\": \"1.1\"\n}", "cut off": `{"Irn":`,
		"an array": "[{}]", "a text": `"{}"`, "two objects": "{}{}", "empty": "", "null": "null",
	}[how]
	if !known {
		return fmt.Errorf("there is no text that is %q", how)
	}
	data, err := face.Seal(u.login.SEK, []byte(text))
	if err != nil {
		return err
	}
	return g.post(ctx, u, path, map[string]string{"Data": data})
}

func (g unreadableSteps) where(ctx context.Context, place string, refusal *client.APIError) error {
	if strings.Contains(refusal.Error(), place) {
		return fmt.Errorf("the answer has it too: %w", refusal)
	}
	if g.Control == nil {
		return nil
	}
	first, err := g.firstViolation(ctx)
	if err != nil {
		return err
	}
	if !strings.Contains(first.Want, place) {
		return fmt.Errorf("the journal has %q", first.Want)
	}
	return nil
}
