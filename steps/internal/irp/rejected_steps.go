package irp

import (
	"context"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g cancelAndReadSteps) askRejected(ctx context.Context, u *caller) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	return g.askRejectedOn(ctx, u, written(now))
}

func (g cancelAndReadSteps) askRejectedOn(ctx context.Context, u *caller, day string) (err error) {
	g.run.rejected, err = u.api.RejectedIRNs(ctx, day)
	return err
}

func (g cancelAndReadSteps) noneRejected() error {
	return scene.Same("rejected IRNs", len(g.run.rejected), 0)
}
