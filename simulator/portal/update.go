package portal

import (
	"context"

	"github.com/nicsim/nicsim/simulator/store"
)

// UpdateGSTIN is Update from GST Common Portal: NIC's copy of a taxpayer is what the GST common portal holds again.
func (p Portal) UpdateGSTIN(ctx context.Context, typed string, captcha CaptchaAnswer) (store.Taxpayer, error) {
	var t store.Taxpayer
	err := p.update(ctx, func(tx store.Tx) error {
		found := p.findings()
		gstin, err := p.readGSTIN(tx, typed, found)
		if err != nil {
			return err
		}
		if err := p.spend(tx, captcha, found); err != nil {
			return err
		}
		if err := found.refusal(); err != nil {
			return err
		}
		t, err = tx.Taxpayer(gstin)
		if missing(err) {
			return refuseField(GSTINUnknown, "gstin")
		}
		return err
	})
	if err != nil {
		return store.Taxpayer{}, err
	}
	return t, p.world.Synchronise(ctx, p.env, t.GSTIN)
}
