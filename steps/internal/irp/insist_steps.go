package irp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// insistSteps call an API that fails, until they have what they need.
type insistSteps struct {
	*calls
	insisted []string // IRNs
}

func (g *insistSteps) Register(r *scene.Registry) {
	r.Act(`{who} (?:registers|has registered) {n} B2B invoices, sending each until the API knows it`, g.insists, needs.Taxpayers)
	r.Then(`each of them is registered exactly once`, g.onceEach, needs.Invoices)
}

// Bounds of a program that insists.
const (
	mostAttempts    = 100
	attemptPatience = 5 * time.Second
)

func (g *insistSteps) insists(ctx context.Context, p *scene.Person, count int) error {
	for range count {
		if err := (generateSteps{g.calls}).prepare(ctx, p, "a B2B invoice"); err != nil {
			return err
		}
		document, err := json.Marshal(g.run.invoice)
		if err != nil {
			return fmt.Errorf("writing the invoice: %w", err)
		}
		irn, err := g.insist(ctx, g.of(p).current, document)
		if err != nil {
			return err
		}
		g.insisted = append(g.insisted, irn)
	}
	return nil
}

// insist sends a document until the API has an IRN of it.
func (g *insistSteps) insist(ctx context.Context, u *caller, document []byte) (irn string, err error) {
	for range mostAttempts {
		attempt, cancel := context.WithTimeout(ctx, attemptPatience)
		made, failed := u.api.Generate(attempt, json.RawMessage(document))
		cancel()
		if before, ok := errors.AsType[*client.AlreadyRegistered](failed); ok {
			return before.IRN, nil
		}
		if failed == nil {
			return made.IRN, nil
		}
		err = failed
	}
	return "", fmt.Errorf("%d attempts failed, the last one because of: %w", mostAttempts, err)
}

func (g *insistSteps) onceEach(ctx context.Context) error {
	if len(g.insisted) == 0 {
		return errors.New("no invoice was sent")
	}
	list, err := g.Control.Invoices(ctx, client.RecordFilter{})
	if err != nil {
		return err
	}
	if err := scene.Same("invoices", len(list), len(g.insisted)); err != nil {
		return err
	}
	registered := map[string]bool{}
	for _, invoice := range list {
		registered[invoice.IRN] = true
	}
	for _, irn := range g.insisted {
		if !registered[irn] {
			return fmt.Errorf("the IRN %s is not registered", irn)
		}
	}
	return nil
}
