package irp

import (
	"cmp"
	"context"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// timeSteps compare the times in the answers of the API with a frozen clock.
type timeSteps struct{ *calls }

func (g timeSteps) Register(r *scene.Registry) {
	const timeOfDay = `(\d\d:\d\d:\d\d)`
	r.Then(`it is acknowledged at `+timeOfDay+`, in the signed copy too`, g.acknowledged, needs.Certificate)
	r.Then(`its e-way bill is dated `+timeOfDay, g.dated)
	r.Then(`it reads as acknowledged at `+timeOfDay+`, and its e-way bill as dated `+timeOfDay, g.reads)
}

func (g timeSteps) acknowledged(ctx context.Context, at string) error {
	certificate, err := g.signingCertificate(ctx, g.of(g.Named).current.portal)
	if err != nil {
		return err
	}
	code, err := client.VerifyQRCode(g.run.made.SignedQRCode, certificate)
	return cmp.Or(
		err,
		scene.Same("AckDt", g.run.made.AckDt.Format(time.TimeOnly), at),
		scene.Same("IrnDt", code.IRNDate.Format(time.TimeOnly), at),
	)
}

func (g timeSteps) dated(at string) error {
	return scene.Same("EwbDt", g.run.made.EwbDt.Format(time.TimeOnly), at)
}

func (g timeSteps) reads(acknowledged, dated string) error {
	return cmp.Or(
		scene.Same("AckDt", g.run.read.AckDt.Format(time.TimeOnly), acknowledged),
		scene.Same("EwbDt", g.run.read.EwbDt.Format(time.TimeOnly), dated),
	)
}

// kept is how NIC writes a time that it has kept: to the nearest minute.
func kept(s client.Stamp) string { return s.Round(time.Minute).Format(time.DateTime) }
