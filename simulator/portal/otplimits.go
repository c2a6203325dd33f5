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
	all := counted("OTPs to ", f, to)
	if err := p.notSpent(tx, "otpSendLimit", sends, all); err != nil {
		return err
	}
	return p.count(tx, sends, all)
}

// subject is what OTPs are counted for.
type subject struct{ name, shown string }

// counted returns the taxpayer or firm of a flow, its mobile and its mail box, which is masked where it is shown.
func counted(what string, f store.Flow, to contact) (all []subject) {
	all = append(all, subject{what + owner(f), what + owner(f)})
	if to.mobile != "" {
		all = append(all, subject{what + to.mobile, what + nic.MaskMobile(to.mobile)})
	}
	if to.email != "" {
		all = append(all, subject{what + to.email, what + nic.MaskEmail(to.email)})
	}
	return all
}

// notSpent refuses what a setting limits if one of the subjects has reached the limit.
func (p Portal) notSpent(r store.Reader, setting string, l limit.Limit, all []subject) error {
	for _, of := range all {
		c, spent, err := l.Spent(r, p.env, of.name, p.now())
		if err != nil {
			return err
		}
		if spent {
			return p.overLimit(setting, l, of.shown, c)
		}
	}
	return nil
}

func (p Portal) count(tx store.Tx, l limit.Limit, all []subject) error {
	for _, of := range all {
		if _, _, err := l.Take(tx, p.env, of.name, p.now()); err != nil {
			return err
		}
	}
	return nil
}

// guesses returns the limit of wrong OTPs and the subjects for which those of a flow are counted.
func (p Portal) guesses(r store.Reader, f store.Flow) (limit.Limit, []subject, error) {
	book := p.book()
	to, err := registeredContact(r, f)
	return limit.Limit{Most: book.OTPFailureLimit, Window: time.Duration(book.OTPSendWindow)},
		counted("wrong OTPs of ", f, to), err
}

// registeredContact is the contact of a flow's taxpayer or firm, or none if there is none any more.
func registeredContact(r store.Reader, f store.Flow) (to contact, err error) {
	if f.GSTIN == "" {
		var o store.Organisation
		o, err = r.Organisation(f.PAN)
		to = contact{o.Mobile, o.Email}
	} else {
		var t store.Taxpayer
		t, err = r.Taxpayer(f.GSTIN)
		to = contact{t.Mobile, t.Email}
	}
	if missing(err) {
		err = nil
	}
	return to, err
}

// mayGuess refuses every OTP, the right one too, if the setting otpFailureLimit is reached.
func (p Portal) mayGuess(r store.Reader, f store.Flow) error {
	wrong, all, err := p.guesses(r, f)
	if wrong.Most == 0 || err != nil {
		return err
	}
	return p.notSpent(r, "otpFailureLimit", wrong, all)
}

// countGuess counts a wrong OTP.
func (p Portal) countGuess(tx store.Tx, f store.Flow) error {
	wrong, all, err := p.guesses(tx, f)
	if wrong.Most == 0 || err != nil {
		return err
	}
	return p.count(tx, wrong, all)
}

// overLimit refuses what a setting limits.
func (p Portal) overLimit(setting string, l limit.Limit, what string, c store.Count) error {
	r := refuseFor(OTPSendLimit, c.ExpiresAt.Sub(p.now()))
	r.Cause = journal.Because("The setting "+setting+" allows %d in %s, and as many %s were counted from %s on. "+
		"The window ends at %s.", l.Most, settings.Duration(l.Window), what, moment(c.Since), moment(c.ExpiresAt))
	return r
}
