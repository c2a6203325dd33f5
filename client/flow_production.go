package client

import (
	"context"
	"fmt"
	"strings"
)

// ProductionPlan is what section 2 of the guide needs of a taxpayer.
type ProductionPlan struct {
	LoginUsername string // web login of the e-Invoice or the E-Way Bill portal
	LoginPassword string

	Through      string // GSP, ERP or DIRECT; empty is the guide's choice, GSP
	CompanyName  string // as the portal lists it; not for DIRECT
	ClientID     string // DIRECT: the taxpayer's own
	ClientSecret string // DIRECT: the taxpayer's own
	Username     string // to be made for the API; the portal puts API_ before it
	Password     string // to be made for the API
}

// ProductionResult is the result of section 2.
type ProductionResult struct {
	APIUser
	Session Session  // the login, which has not been ended
	SentTo  []string // where the OTP went, masked
}

// ProductionSection is what section 2 needs of a production portal, whichever way it is reached; a
// [Production] reaches it by JSON.
type ProductionSection interface {
	Portal
	Login(ctx context.Context, l Login) (Session, error)
	VerifyLoginOTP(ctx context.Context, id, otp string) (Session, error)
	Session(ctx context.Context) (Session, error)
	StartAPIRegistration(ctx context.Context) (APIRegistration, error)
	VerifyOTP(ctx context.Context, id, otp string) (APIRegistration, error)
	Submit(ctx context.Context, id string, u NewAPIUser) (APIUser, error)
}

// PerformProduction performs section 2 of the guide, steps 2.1 to 2.9 in order, and tells done
// about each after it. It stays signed in. Its error is a *StepError; in it may be a *Problem, an
// *Unreachable or what the source says.
func PerformProduction(ctx context.Context, p ProductionSection, source Source, plan ProductionPlan,
	done func(Step)) (ProductionResult, error) {
	var (
		through      = throughOrGSP(plan.Through)
		registration APIRegistration
		result       ProductionResult
	)
	user := NewAPIUser{
		Through: through, Username: plan.Username, Password: plan.Password, ConfirmPassword: plan.Password,
	}
	if through == ThroughDirect {
		user.ClientID, user.ClientSecret = plan.ClientID, plan.ClientSecret
	} else {
		user.CompanyName = plan.CompanyName
	}
	w := walk{done: done}
	w.step("2.1", "Login", func() (string, error) {
		captcha, err := p.Open(ctx, FormLogin)
		if err != nil {
			return "", err
		}
		solved, err := solve(ctx, source, p, captcha)
		if err != nil {
			return "", err
		}
		result.Session, err = p.Login(ctx, Login{
			Username: plan.LoginUsername, Password: plan.LoginPassword, Captcha: solved,
		})
		after := ""
		if pending := result.Session.Pending; pending != nil {
			after = ", after an " + sentTo(pending.SentTo)
			result.Session, err = pending.pass(ctx, p, source)
		}
		s := result.Session
		return fmt.Sprintf("%s is signed in for %s, %s%s", s.Username, s.GSTIN, s.LegalName, after), err
	})
	w.step("2.2", "Note", func() (string, error) {
		return whoseCredentials(result.Session.Source)
	})
	w.step("2.3", "API Registration", func() (string, error) {
		session, err := p.Session(ctx)
		return "menu: " + strings.Join(session.Menu, ", "), err
	})
	w.step("2.4", "User Credentials › Create API User", func() (detail string, err error) {
		registration, err = p.StartAPIRegistration(ctx)
		result.SentTo = registration.SentTo
		return sentTo(registration.SentTo), err
	})
	w.step("2.5", "Verify OTP", func() (string, error) {
		otp, err := source.OTP(ctx, OTPQuery{
			Environment: EnvironmentProduction, Purpose: PurposeAPIUserOTP,
			GSTIN: result.Session.GSTIN, SentTo: result.SentTo,
		})
		if err != nil {
			return "", err
		}
		registration, err = p.VerifyOTP(ctx, registration.ID, otp)
		return "the OTP was accepted", err
	})
	w.step("2.6", throughLabel(through), func() (string, error) {
		return "for GSTIN " + result.Session.GSTIN, nil
	})
	w.step("2.7", selectLabel(through), func() (string, error) {
		if through == ThroughDirect {
			return "client id " + plan.ClientID + " and its secret", nil
		}
		return offered(ctx, p, through, plan.CompanyName)
	})
	w.step("2.8", "Submit", func() (detail string, err error) {
		result.APIUser, err = p.Submit(ctx, registration.ID, user)
		return "username " + result.Username, err
	})
	w.step("2.9", "Success message", func() (string, error) {
		return result.Message, nil
	})
	return result, w.err
}

// whoseCredentials is the guide's note: a login of the E-Way Bill portal is as good.
func whoseCredentials(source string) (string, error) {
	switch source {
	case SourceEInvoice:
		return "E_INVOICE: registered on the e-Invoice portal", nil
	case SourceEWayBill:
		return "EWAY_BILL: the E-Way Bill portal's credentials were used", nil
	}
	return "", fmt.Errorf("the session's source is %q, neither %s nor %s", source, SourceEInvoice, SourceEWayBill)
}

func throughLabel(through string) string {
	if through == ThroughDirect {
		return "Direct"
	}
	return "Through " + through
}

func selectLabel(through string) string {
	if through == ThroughDirect {
		return "Client ID and Client Secret"
	}
	return "Select " + through
}
