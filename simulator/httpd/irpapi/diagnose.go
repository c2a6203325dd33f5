package irpapi

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
)

// refused answers a *irp.Refusal and tells the journal the reason. Other errors are returned.
func (d Dialect) refused(call *httpd.Call, err error, why irp.Diagnosis) (httpd.Reply, error) {
	refusal, ok := errors.AsType[*irp.Refusal](err)
	if !ok {
		return httpd.Reply{}, err
	}
	call.Refused(reasonOf(refusal, cmp.Or(why, refusal.Why)))
	if refusal.Wait > 0 {
		return tooMany(refusal.Wait), nil
	}
	if call.World.Defects().Has(defect.WordsMissing) {
		refusal = &irp.Refusal{Errors: slices.Clone(refusal.Errors), Info: refusal.Info}
		for i := range refusal.Errors {
			refusal.Errors[i].Message = ""
		}
	}
	return d.Refused(refusal, call.World.Settings().IRPErrorDetails)
}

// The diagnoses of a call that a fault refuses, and of one whose token it ended.
var (
	byFault    = irp.Diagnosis{Cause: journal.ByFault}
	endedEarly = irp.Diagnosis{Cause: journal.Because("A fault of this world ended the token before its time.")}
)

// diagnosed returns the diagnosis of a refusal, for the journal. It shows the members of a body without Data there. An
// error of another kind has no diagnosis.
func diagnosed(ctx context.Context, call *httpd.Call, i irp.IRP, err error, e irp.Evidence) irp.Diagnosis {
	refusal, ok := errors.AsType[*irp.Refusal](err)
	if !ok {
		return irp.Diagnosis{}
	}
	if e.Data == "" && len(e.Body) > 0 && e.Login.UserName == "" { // version 1.03 has its Data in members
		call.Show(journal.Mask(e.Body))
	}
	if refusal.Why != (irp.Diagnosis{}) {
		return refusal.Why
	}
	return i.Diagnose(ctx, refusal.Errors[0].Code, e)
}

// evidence is what a request shows of itself.
func (a API) evidence(r *http.Request, sent irp.Headers, body []byte) irp.Evidence {
	return irp.Evidence{
		Headers: sent, Names: slices.Sorted(maps.Keys(r.Header)), Body: body, Data: text(dataOf(body)),
		IssuedIn: a.issuedIn,
	}
}

// mostWorlds is how many worlds are asked for a token that this one did not issue.
const mostWorlds = 100

// issuedIn returns the name of a world that issued a token, or "".
func (a API) issuedIn(ctx context.Context, token string) string {
	if a.Worlds == nil || token == "" {
		return ""
	}
	all := a.Worlds.All()
	for _, w := range all[:min(len(all), mostWorlds)] {
		err := w.Store.View(ctx, func(r store.Reader) error {
			_, err := r.Token(a.Environment, token)
			return err
		})
		if err == nil {
			return w.Name
		}
	}
	return ""
}
