package irp

import (
	"encoding/base64"
	"fmt"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// otherMistakes are variants, which have no place in the order of authMistakes.
var otherMistakes = map[string]func(*attempt) error{
	"with an unknown client_id":   simply(func(a *attempt) { a.headers["client_id"] = scene.UnknownClientID }),
	"with Data that is empty":     simply(func(a *attempt) { a.inside, a.data = nil, " " }),
	"with Data that is no base64": simply(func(a *attempt) { a.data = "not sealed!" }),
	"with half a block as Data": simply(func(a *attempt) {
		a.data = base64.StdEncoding.EncodeToString(make([]byte, 100))
	}),
	"without API_ before the Username": simply(func(a *attempt) {
		a.body["UserName"] = a.user.Username[len("API_"):]
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
	"without an AppKey":                simply(func(a *attempt) { delete(a.body, "AppKey") }),
	"with an AppKey that is no base64": simply(func(a *attempt) { a.body["AppKey"] = "no key!" }),
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
