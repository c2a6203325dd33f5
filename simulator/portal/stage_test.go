package portal_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/password"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// noon is the time at which every world begins. Its wall clock is stopped.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, nic.IST)

// person is a taxpayer with a login of the production portal.
type person struct{ gstin, mobile, email, username string }

var (
	asha   = person{"29ABCCD1234E1Z1", "9876543210", "accounts@dakshin.example", "dakshin29"}
	deepak = person{"29ABCPD1234E2Z9", "9876529002", "books@deccan.example", "deccan29"}
	people = []person{asha, deepak}
)

// The password of all persons and of their API users.
const goodPassword = "Dakshin@2024"

// company is the data of a provider that its customers have.
type company struct{ name, clientID string }

var (
	sahyadri  = company{"Sahyadri GST Suvidha", "AAFCC29ERP82ZSO"}
	konkan    = company{"Konkan Tax Gateway", "AABCK27GSP4K7QX"}
	companies = []company{sahyadri, konkan}
)

var hashedOnce = sync.OnceValues(func() (string, error) {
	return password.NewHasher(dice.New("stage")).Hash(goodPassword)
})

// stage is two worlds with two taxpayers and two GSPs each.
func stage() *world.Worlds {
	return world.NewWorlds(world.Options{
		Dice: dice.New("stage"),
		Wall: func() time.Time { return noon },
		Populate: func(ctx context.Context, w *world.World) error {
			hash, err := hashedOnce()
			if err != nil {
				return err
			}
			return w.Store.Update(ctx, func(tx store.Tx) error {
				var errs []error
				for _, p := range people {
					errs = append(errs,
						tx.AddTaxpayer(store.Taxpayer{
							GSTIN: p.gstin, LegalName: p.username, Status: nic.Active, Mobile: p.mobile, Email: p.email,
							EInvoiceEnabled: true,
						}),
						tx.AddPortalUser(store.PortalUser{
							Username: p.username, PasswordHash: hash, GSTIN: p.gstin, Source: portal.SourceEInvoice,
						}))
				}
				for _, c := range companies {
					errs = append(errs, tx.AddProvider(store.Provider{
						ClientID: c.clientID, ClientSecret: "s", CompanyName: c.name, Type: "GSP", Through: []string{"GSP"}, PAN: c.name,
					}))
				}
				return errors.Join(errs...)
			})
		},
	})
}

// enter opens a world of the stage.
func enter(t interface {
	Context() context.Context
	Fatal(args ...any)
}, ws *world.Worlds, name string) *world.World {
	w, err := ws.Get(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// codeOf returns the code of a refusal, or "" for success. A portal must not return
// another error.
func codeOf(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, err error) portal.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	var refused *portal.Refusal
	if !errors.As(err, &refused) {
		t.Fatalf("not a refusal: %v", err)
	}
	return refused.Code()
}

// lastOTP returns the OTP of the newest SMS.
func lastOTP(w *world.World, env nic.Environment, p person) string {
	messages := w.Inbox.Messages(inbox.Filter{GSTIN: p.gstin, To: p.mobile, Environment: env}, w.Clock.Now())
	if len(messages) == 0 {
		return ""
	}
	return messages[0].OTP
}

// usersOf returns the API users of a taxpayer from the store.
func usersOf(t interface {
	Context() context.Context
	Fatal(args ...any)
}, w *world.World, env nic.Environment, gstin string) []store.APIUser {
	var users []store.APIUser
	err := w.Store.View(t.Context(), func(r store.Reader) (err error) {
		users, err = r.APIUsersOf(env, gstin)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return users
}

// solved draws a captcha and answers it correctly.
func solved(t *testing.T, p portal.Portal) portal.CaptchaAnswer {
	t.Helper()
	c, err := p.DrawCaptcha(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return portal.CaptchaAnswer{ID: c.ID, Answer: c.Answer}
}

// verified takes a registration of the sandbox to the last form.
func verified(t *testing.T, w *world.World, who person) string {
	t.Helper()
	id := challenged(t, w, who)
	if _, err := portal.In(w, nic.Sandbox).VerifyOTP(t.Context(), id, lastOTP(w, nic.Sandbox, who)); err != nil {
		t.Fatalf("Submit: %v", err)
	}
	return id
}

// challenged takes a registration of the sandbox to the OTP.
func challenged(t *testing.T, w *world.World, who person) string {
	t.Helper()
	p := portal.In(w, nic.Sandbox)
	f, err := p.Validate(t.Context(), registrant(who, solved(t, p)))
	if err != nil {
		t.Fatalf("Validate: %v", err)
	}
	if _, err := p.SendOTP(t.Context(), f.ID); err != nil {
		t.Fatalf("Send OTP: %v", err)
	}
	return f.ID
}

func registrant(who person, c portal.CaptchaAnswer) portal.Registrant {
	return portal.Registrant{Category: "TAXPAYER", GSTIN: who.gstin, Mobile: who.mobile, Email: who.email, Captcha: c}
}

// form returns the last form of either section, filled in correctly.
func form(c company, username string) portal.NewAPIUser {
	return portal.NewAPIUser{
		RegistrationThrough: "GSP", CompanyName: c.name, ClientID: c.clientID, Username: username, Password: goodPassword,
	}
}
