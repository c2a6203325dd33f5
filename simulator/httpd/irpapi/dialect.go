package irpapi

import (
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Dialect is how a system of NIC's checks its callers and writes envelopes.
type Dialect struct {
	Access  irp.Access
	Open    func(s irp.Session, body []byte) (request []byte, err error)
	Good    func(s irp.Session, answer []byte, info []irp.Info) (httpd.Reply, error) // seals the answer
	Refused func(*irp.Refusal, settings.ErrorDetailsForm) (httpd.Reply, error)
}

// work is the part of a call that follows the check of the token, in the same view of the store. The returned Act
// does the rest outside the view.
type work func(i irp.IRP, v irp.View, r *http.Request) (irp.Act, error)

// call is the pipeline of every call with a token. It checks the session, opens the envelope and does the work in
// one view of the store, finishes the work outside the view, and seals the answer. The body of a GET is ignored.
func (a API) call(d Dialect, do work) httpd.Action {
	return func(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
		i, err := a.begin(call)
		if err != nil {
			return httpd.Reply{}, err
		}
		sent := headers(r)
		if err = d.admit(r, call, i, sent, false); err != nil {
			return d.refused(call, err, irp.Diagnosis{})
		}
		revoked, err := failing(r.Context(), call, i, sent.AuthToken)
		if err != nil {
			return d.refused(call, err, byFault)
		}
		body := lateBody{of: r}
		if r.Method == http.MethodPost {
			err = i.View(r.Context(), func(reader store.Reader) error {
				_, err := i.Session(reader, d.Access, sent) // checked again below: reading may take a while
				return err
			})
			if err == nil {
				_, err = body.read()
			}
		}
		var v irp.View
		var act irp.Act
		if err == nil {
			err = i.View(r.Context(), func(reader store.Reader) error {
				v.Store = reader
				if v.Caller, err = i.Session(reader, d.Access, sent); err != nil {
					return err
				}
				if r.Method == http.MethodPost {
					if v.Request, err = d.Open(v.Caller, body.content); err != nil {
						return err
					}
					call.Show(v.Request)
				}
				act, err = do(skewed(call, i), v, r)
				return err
			})
		}
		var answer irp.Answer
		if err == nil {
			answer, err = act(r.Context())
		}
		if err != nil && revoked {
			return d.refused(call, err, endedEarly)
		}
		if err != nil {
			e := a.evidence(r, sent, body.afterwards())
			e.Request = v.Request
			err = i.CountError(r.Context(), err, e)
			return d.refused(call, err, diagnosed(r.Context(), call, i, err, e))
		}
		plain, err := json.Marshal(answer.Value)
		if err != nil {
			return httpd.Reply{}, fmt.Errorf("writing an answer: %w", err)
		}
		call.ShowAnswer(plain)
		return d.Good(sealing(call, v.Caller), plain, answer.Info)
	}
}

// begin returns the API of the world.
func (a API) begin(call *httpd.Call) (irp.IRP, error) {
	keys, err := a.Keys()
	if err != nil {
		return irp.IRP{}, fmt.Errorf("reading the %s keys: %w", a.Environment, err)
	}
	return irp.In(call.World, a.Environment, keys).WithHSN(a.HSN), nil
}

// lateBody is the body of a POST, which is read once the headers were found good.
type lateBody struct {
	of      *http.Request
	content []byte
	begun   bool
}

func (b *lateBody) read() (content []byte, err error) {
	b.begun = true
	b.content, err = httpd.ReadBody(b.of, maxBody)
	return b.content, err
}

// afterwards returns the body for the journal. When the headers were refused, only a small one is read.
func (b *lateBody) afterwards() []byte {
	if !b.begun && b.of.Method == http.MethodPost && b.of.ContentLength >= 0 && b.of.ContentLength <= httpd.MaxBody {
		_, _ = b.read() // the request is refused already
	}
	return b.content
}

// sealed is the work of a call whose arguments are all in its sealed request.
func sealed(f func(irp.IRP, irp.View) (irp.Act, error)) work {
	return func(i irp.IRP, v irp.View, _ *http.Request) (irp.Act, error) { return f(i, v) }
}

// reads is the work of a call that only reads.
func reads[T any](f func(irp.IRP, irp.View, *http.Request) (T, error)) work {
	return func(i irp.IRP, v irp.View, r *http.Request) (irp.Act, error) {
		value, err := f(i, v, r)
		return irp.Answered(value), err
	}
}
