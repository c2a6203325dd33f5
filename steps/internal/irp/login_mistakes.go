package irp

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// mistake is something wrong with a login.
type mistake struct {
	words string
	spoil func(ctx context.Context, c *calls, a *attempt) error
}

// authMistakes are in the order in which the API looks for them.
var authMistakes = []mistake{
	{"without client_id", without("client_id")},
	{"without client_secret", without("client_secret")},
	{"without Gstin", without("Gstin")},
	{"with another client's secret", always(func(a *attempt) { a.headers["client_secret"] = scene.UnknownClientSecret })},
	{"without Data", always(func(a *attempt) { a.noData = true })},
	{"under the key of the other portal", func(ctx context.Context, c *calls, a *attempt) error {
		text, err := c.publicKey(ctx, otherPortal[a.user.portal])
		if err != nil {
			return err
		}
		a.key, err = rsaKey(text)
		return err
	}},
	{"with something that is not a login", always(func(a *attempt) {
		a.inside = []byte(base64.StdEncoding.EncodeToString([]byte("no login")))
	})},
	{"with an AppKey of 31 bytes", always(func(a *attempt) { a.setAppKey(a.user.appKey(31)) })},
	{"as an unknown user", always(func(a *attempt) { a.body["UserName"] = "nobody_2026" })},
	{"through another company", func(ctx context.Context, c *calls, a *attempt) (err error) {
		a.headers["client_id"], a.headers["client_secret"], err = c.Credentials(ctx, "Malwa Suvidha Services's client id")
		return err
	}},
	{"with a wrong password", always(func(a *attempt) { a.body["Password"] = scene.WrongPassword })},
	{"under another GSTIN", func(_ context.Context, c *calls, a *attempt) error {
		a.headers["Gstin"] = c.anotherGSTIN(a.user.GSTIN)
		return nil
	}},
	{"as a taxpayer that is not enabled", func(ctx context.Context, c *calls, a *attempt) error {
		no := false
		return c.Control.PatchTaxpayer(ctx, a.user.GSTIN, client.TaxpayerChange{EInvoiceEnabled: &no})
	}},
}

// loginNeeds are the needs of a mistake in a login.
func loginNeeds(words string) []needs.Need {
	all := protocol(words)
	switch words {
	case "through another company":
		return append(all, needs.Providers)
	case "as a taxpayer that is not enabled":
		return append(all, needs.Taxpayers)
	case "with a wrong password", "with the Password in the other case":
		return append(all, needs.WrongLogins)
	}
	return all
}

// anotherGSTIN is that of Dakshin or, for Dakshin, of Deccan.
func (c *calls) anotherGSTIN(own string) string {
	for _, party := range []string{"sameState", "otherState"} {
		if gstin := c.Target.Parties[party]; c.Control == nil && gstin != "" && gstin != own {
			return gstin
		}
	}
	if dakshin := scene.GivenTaxpayers["Dakshin"].GSTIN; own != dakshin {
		return dakshin
	}
	return scene.GivenTaxpayers["Deccan"].GSTIN
}

func without(header string) func(context.Context, *calls, *attempt) error {
	return always(func(a *attempt) { delete(a.headers, header) })
}

// always makes a mistake that needs nothing else.
func always(change func(*attempt)) func(context.Context, *calls, *attempt) error {
	return func(_ context.Context, _ *calls, a *attempt) error {
		change(a)
		return nil
	}
}

// spoil puts mistakes into a login, the last first, so that of two about one thing the first stays.
func (c *calls) spoil(ctx context.Context, a *attempt, mistakes []mistake) error {
	for i, f := range slices.Backward(mistakes) {
		if c.Control == nil && i > 0 && slices.ContainsFunc(loginNeeds(f.words), needs.Need.IsControl) {
			continue // it comes after the first, so that the answer does not depend on it
		}
		if err := f.spoil(ctx, c, a); err != nil {
			return err
		}
	}
	return nil
}

// authMistake finds a mistake by its words.
func authMistake(words string) (index int, err error) {
	index = slices.IndexFunc(authMistakes, func(f mistake) bool { return f.words == strings.TrimSpace(words) })
	if index < 0 {
		return 0, fmt.Errorf("there is no login %q", words)
	}
	return index, nil
}

// otherMistakes are variants, which have no place in the order of authMistakes.
var otherMistakes = map[string]func(*attempt) error{
	"with an unknown client_id":    simply(func(a *attempt) { a.headers["client_id"] = scene.UnknownClientID }),
	"with Data that is empty":      simply(func(a *attempt) { a.inside, a.data = nil, " " }),
	"with Data that is not base64": simply(func(a *attempt) { a.data = "not sealed!" }),
	"with half a block as Data": simply(func(a *attempt) {
		a.data = base64.StdEncoding.EncodeToString(make([]byte, 100))
	}),
	"without API_ before the Username": simply(func(a *attempt) {
		a.body["UserName"] = strings.TrimPrefix(a.user.Username, "API_")
	}),
	"with the Username in the other case": simply(func(a *attempt) {
		a.body["UserName"] = scene.OtherCase(a.user.Username)
	}),
	"with the Password in the other case": simply(func(a *attempt) {
		a.body["Password"] = scene.OtherCase(a.user.Password)
	}),
	"as a user of the trial portal": func(a *attempt) error {
		known, ok := a.users.byPortal[scene.OnTrial]
		if !ok {
			return fmt.Errorf("the trial portal knows nothing of %s", a.person.Name)
		}
		a.body["UserName"] = known.Username
		return nil
	},
	"without an AppKey":                 simply(func(a *attempt) { delete(a.body, "AppKey") }),
	"with an AppKey that is not base64": simply(func(a *attempt) { a.body["AppKey"] = "no key!" }),
}

// unusual are valid logins in spellings that some clients use.
var unusual = map[string]func(*attempt) error{
	"its headers with hyphens":      spelling("with hyphens"),
	"its headers in capitals":       spelling("in capitals"),
	"its headers in small letters":  spelling("in small letters"),
	"its path in small letters":     inPath("/eivital/v1.04/AUTH"),
	"its path with a doubled slash": inPath("//eivital//v1.04/auth"),
	"with data in small letters":    simply(func(a *attempt) { a.outer = "data" }),
	"with Username and Appkey in other letters": func(a *attempt) error {
		a.rename("UserName", "Username")
		a.rename("AppKey", "Appkey")
		return nil
	},
	"with an AppKey of 16 bytes": withAppKey(16),
	"with an AppKey of 24 bytes": withAppKey(24),
	"by its retired version": func(a *attempt) error {
		a.path, a.each = authV103, true
		delete(a.headers, "Gstin") // it asked for none
		return nil
	},
}

// simply makes a change that cannot fail.
func simply(change func(*attempt)) func(*attempt) error {
	return func(a *attempt) error {
		change(a)
		return nil
	}
}

func spelling(how string) func(*attempt) error {
	return func(a *attempt) (err error) {
		a.headers, err = a.headers.spelt(how)
		return err
	}
}

func inPath(path string) func(*attempt) error { return simply(func(a *attempt) { a.path = path }) }

func withAppKey(length int) func(*attempt) error {
	return simply(func(a *attempt) { a.setAppKey(a.user.appKey(length)) })
}
