package portal

import (
	"time"

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
		return f, refuse(NotFound)
	case err != nil:
		return f, err
	case f.Kind != kind, f.Environment != p.env, kind == kindAPIRegistration && f.GSTIN != owner.GSTIN:
		return store.Flow{}, refuse(NotFound)
	case f.State == Dead, f.State != Completed && p.over(f.ExpiresAt):
		return f, refuse(Expired)
	}
	return f, nil
}

// expect refuses a step that comes too early or twice. The first of the states is
// the one that the caller is told.
func expect(f store.Flow, states ...string) error {
	for _, state := range states {
		if f.State == state {
			return nil
		}
	}
	r := refuse(WrongState)
	r.State, r.Expected = f.State, states[0]
	return r
}

// complete ends a flow with the acknowledgement of the API user that it made.
func (p Portal) complete(f *store.Flow, u store.APIUser) {
	f.State = Completed
	f.Result = store.Acknowledgement{
		Number:              p.world.Dice.Stream("acknowledgement").Digits(acknowledgementDigits),
		At:                  u.CreatedAt,
		RegistrationThrough: u.RegistrationThrough,
		CompanyName:         u.CompanyName,
		ClientID:            u.ClientID,
		Username:            u.Username,
	}
}
