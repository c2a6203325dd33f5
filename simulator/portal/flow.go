package portal

import (
	"context"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/store"
)

// The states of a flow, in the order of the guide.
const (
	Validated   = "VALIDATED"
	OTPSent     = "OTP_SENT"
	OTPVerified = "OTP_VERIFIED"
	Completed   = "COMPLETED"
	Dead        = "DEAD" // too many wrong OTPs; every later call is told "expired"
)

// The kinds of flow.
const (
	kindRegistration    = "registration"     // guide section 1
	kindAPIRegistration = "api-registration" // guide section 2
	kindPasswordReset   = "password-reset"   // Forgot Password
	kindLogin           = "login"            // a login that needs an OTP
)

// begin returns a new flow in its first state.
func (p Portal) begin(kind string) store.Flow {
	now := p.now()
	return store.Flow{
		ID: p.newID(), Kind: kind, Environment: p.env, State: Validated,
		CreatedAt: now, ExpiresAt: now.Add(time.Duration(p.book().FlowLifetime)),
	}
}

// flow finds a flow that may still go on, or is complete. Another portal's and
// another taxpayer's flows do not exist.
func (p Portal) flow(r store.Reader, kind string, owner store.Session, id string) (store.Flow, error) {
	f, err := r.Flow(id)
	switch {
	case missing(err):
		return f, refuse(defect.Pick(p.world.Defects(), defect.UnknownFlowExpired, NotFound, Expired))
	case err != nil:
		return f, err
	case f.Kind != kind, f.Environment != p.env,
		kind == kindAPIRegistration && f.GSTIN != owner.GSTIN && !p.wrong(defect.FlowOfAnother):
		return store.Flow{}, refuse(NotFound)
	case f.State == Dead, f.State != Completed && p.over(f.ExpiresAt) && !p.wrong(defect.FlowNeverExpires):
		return f, refuse(Expired)
	}
	return f, nil
}

func (p Portal) look(ctx context.Context, kind string, owner store.Session, id string) (store.Flow, error) {
	if p.wrong(defect.FlowNotShown) {
		return store.Flow{}, refuse(NotFound)
	}
	return view(ctx, p, func(r store.Reader) (store.Flow, error) { return p.flow(r, kind, owner, id) })
}

// flowIn finds a flow that is in one of some states.
func (p Portal) flowIn(r store.Reader, kind string, owner store.Session, id string, states ...string) (store.Flow,
	error) {
	f, err := p.flow(r, kind, owner, id)
	if err == nil {
		err = p.expect(f, states...)
	}
	return f, err
}

// step finds a flow of a kind in a state, lets act change it and keeps it.
func (p Portal) step(ctx context.Context, kind string, owner store.Session, id, state string,
	act func(store.Tx, *store.Flow) error) (store.Flow, error) {
	return change(ctx, p, func(tx store.Tx) (store.Flow, error) {
		f, err := p.flowIn(tx, kind, owner, id, state)
		if err == nil {
			err = act(tx, &f)
		}
		if err != nil {
			return f, err
		}
		return f, tx.PutFlow(f)
	})
}

// expect refuses a step that comes too early or twice. The first of the states is
// the one that the caller is told.
func (p Portal) expect(f store.Flow, states ...string) error {
	if slices.Contains(states, f.State) || p.wrong(defect.StepsSkipped) {
		return nil
	}
	r := refuse(WrongState)
	r.State, r.Expected = f.State, states[0]
	return r
}

// complete ends a flow with the acknowledgement of the API user that it made.
func (p Portal) complete(f *store.Flow, u store.APIUser) {
	f.State = Completed
	f.Result = store.Acknowledgement{
		Number: p.world.Dice.Stream("acknowledgement").Digits(
			defect.Pick(p.world.Defects(), defect.AcknowledgementShort, acknowledgementDigits, acknowledgementDigits-1)),
		At:                  u.CreatedAt,
		RegistrationThrough: u.RegistrationThrough,
		CompanyName:         u.CompanyName,
		ClientID:            u.ClientID,
		Username:            u.Username,
	}
}
