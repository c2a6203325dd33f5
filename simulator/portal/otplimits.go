package portal

import (
	"cmp"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/limit"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// owner is the taxpayer or firm of a flow.
func owner(f store.Flow) string { return cmp.Or(f.GSTIN, f.PAN) }

// takeSend counts a sending to the taxpayer or firm of a flow, to its mobile and to its mail box, over all flows. It
// refuses the sending, and counts nothing, if the setting otpSendLimit is reached for one of them.
func (p Portal) takeSend(tx store.Tx, f store.Flow, to contact) error {
	book := p.book()
	if book.OTPSendLimit == 0 {
		return nil
	}
	if err := p.world.Sweep(tx); err != nil {
		return err
	}
	sends := limit.Limit{Most: book.OTPSendLimit, Window: time.Duration(book.OTPSendWindow) *
		defect.Pick[time.Duration](p.world.Defects(), defect.OTPWindowTwice, 1, 2)}
	var names []string
	for _, who := range []struct{ name, shown string }{
		{owner(f), owner(f)}, {to.mobile, nic.MaskMobile(to.mobile)}, {to.email, nic.MaskEmail(to.email)},
	} {
		if who.name == "" {
			continue
		}
		name := "OTPs to " + who.name
		c, spent, err := sends.Spent(tx, p.env, name, p.now())
		if err != nil {
			return err
		}
		if spent {
			return p.overLimit("otpSendLimit", sends, "OTPs to "+who.shown, c)
		}
		names = append(names, name)
	}
	for _, name := range names {
		if _, _, err := sends.Take(tx, p.env, name, p.now()); err != nil {
			return err
		}
	}
	return nil
}

// guesses returns the limit of wrong OTPs and the name under which those of a flow's taxpayer or firm are counted.
func (p Portal) guesses(f store.Flow) (limit.Limit, string) {
	book := p.book()
	return limit.Limit{Most: book.OTPFailureLimit, Window: time.Duration(book.OTPSendWindow)}, "wrong OTPs of " + owner(f)
}

// mayGuess refuses every OTP, the right one too, if the setting otpFailureLimit is reached.
func (p Portal) mayGuess(r store.Reader, f store.Flow) error {
	wrong, name := p.guesses(f)
	if wrong.Most == 0 {
		return nil
	}
	c, spent, err := wrong.Spent(r, p.env, name, p.now())
	if err != nil || !spent {
		return err
	}
	return p.overLimit("otpFailureLimit", wrong, name, c)
}

// countGuess counts a wrong OTP.
func (p Portal) countGuess(tx store.Tx, f store.Flow) error {
	wrong, name := p.guesses(f)
	if wrong.Most == 0 {
		return nil
	}
	_, _, err := wrong.Take(tx, p.env, name, p.now())
	return err
}

// overLimit refuses what a setting limits.
func (p Portal) overLimit(setting string, l limit.Limit, what string, c store.Count) error {
	r := refuseFor(OTPSendLimit, c.ExpiresAt.Sub(p.now()))
	r.Cause = journal.Because("The setting "+setting+" allows %d in %s, and as many %s were counted from %s on. "+
		"The window ends at %s.", l.Most, settings.Duration(l.Window), what, moment(c.Since), moment(c.ExpiresAt))
	return r
}
