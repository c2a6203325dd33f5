package irpapi

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

// login is a version of the authentication. It checks the headers before it calls data, which returns the Data of the
// body.
type login func(ctx context.Context, i irp.IRP, h irp.Headers, data func() (jsontext.Value, error)) (irp.Login,
	irp.Credentials, error)

func loginV104(ctx context.Context, i irp.IRP, h irp.Headers, data func() (jsontext.Value, error)) (irp.Login,
	irp.Credentials, error) {
	return i.Authenticate(ctx, h, func() (string, error) {
		sent, err := data()
		return text(sent), err
	})
}

// loginV103 is the version that NIC withdrew in 2021.
func loginV103(ctx context.Context, i irp.IRP, h irp.Headers, data func() (jsontext.Value, error)) (irp.Login,
	irp.Credentials, error) {
	return i.AuthenticateV103(ctx, h, func() (json.RawMessage, error) {
		sent, err := data()
		return json.RawMessage(sent), err
	})
}

// auth answers an authentication, which has no token yet: its Data is sealed with the payload key, and the answer's
// Data is plain. The journal shows the opened request, with the secrets hidden.
func (a API) auth(version login) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		i, err := a.begin(call)
		if err != nil {
			return httpd.Reply{}, err
		}
		sent := headers(r)
		if err = NIC.admit(r, call, i, sent, true); err != nil {
			return NIC.refused(call, err, irp.Diagnosis{})
		}
		if _, err = failing(r.Context(), call, i, ""); err != nil {
			return NIC.refused(call, err, byFault)
		}
		body := lateBody{of: r}
		granted, c, err := version(r.Context(), i, sent, func() (jsontext.Value, error) {
			content, err := body.read()
			return dataOf(content), err
		})
		if c.UserName != "" || c.AppKey != nil { // the credentials could be read
			call.Show(shownJSON(map[string]any{
				"UserName": journal.Identifier(c.UserName), "Password": journal.Hidden, "AppKey": journal.Hidden,
				"AppKeyFingerprint":       fingerprint(httpd.WorldOf(r.Context()), c.AppKey),
				"ForceRefreshAccessToken": c.Force,
			}))
		}
		if err != nil {
			e := a.evidence(r, sent, body.afterwards())
			e.Login = c
			err = i.CountError(r.Context(), err, e)
			return NIC.refused(call, err, diagnosed(r.Context(), call, i, err, e))
		}
		if granted, err = spoilt(call, granted, c); err != nil {
			return httpd.Reply{}, err
		}
		shown := granted
		shown.AuthToken, shown.Sek = journal.Hidden, journal.Hidden
		call.ShowAnswer(shownJSON(shown))
		return httpd.Reply{Body: envelope{Status: 1, Data: granted}}, nil
	}
}

// fingerprint shows that a world was given an AppKey twice. A key cannot be found by it: it depends on a key that
// follows from the world's seed and never leaves the world.
func fingerprint(w *world.World, appKey []byte) string {
	key := w.Dice.Child("fingerprints of AppKeys").Stream("key").Bytes(sha256.Size)
	sum := hmac.New(sha256.New, key)
	_, _ = sum.Write(appKey) // never fails
	return hex.EncodeToString(sum.Sum(nil)[:4])
}

const authV103 = "/eivital/v1.03/auth"

// withdrawn is an action of the withdrawn version, which worlds answer whose settings switch it on.
func withdrawn(action httpd.Action) httpd.Action {
	refusal := httpd.Refuse(http.StatusNotFound, "not-found", "Not found",
		"Version 1.03 of auth is switched off. The setting irpV103 of the world switches it on.")
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		if !call.World.Settings().IRPv103 && !call.World.Defects().Has(defect.RetiredAnswers) {
			return httpd.Reply{}, refusal
		}
		return action(r, call)
	}
}

// onlyPost refuses every method.
func onlyPost(r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	return httpd.Reply{}, httpd.WrongMethod(r, http.MethodPost)
}

// shownJSON is the JSON, for the journal, of a value that always marshals.
func shownJSON(v any) []byte {
	document, _ := json.Marshal(v)
	return document
}
