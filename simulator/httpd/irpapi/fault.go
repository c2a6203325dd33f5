package irpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
)

// failing refuses a call that a fault fails, and revokes the token if a fault ends it.
func failing(ctx context.Context, call *httpd.Call, i irp.IRP, token string) (revoked bool, err error) {
	if e, ok := fault.Take[*fault.Error](call.Faults); ok {
		return false, irp.RefuseWith(e.Codes)
	}
	if _, ok := fault.Take[*fault.RevokeTokens](call.Faults); ok {
		return true, i.Revoke(ctx, token)
	}
	return false, nil
}

// skewed returns the API with the clock that a fault gives it.
func skewed(call *httpd.Call, i irp.IRP) irp.IRP {
	if skew, ok := fault.Take[*fault.ClockSkew](call.Faults); ok {
		return i.Skewed(time.Duration(skew.By))
	}
	return i
}

// sealing returns the session that seals the answer: the caller's, or what faults make of it.
func sealing(call *httpd.Call, s irp.Session) irp.Session {
	if _, ok := fault.Take[*fault.WrongSEK](call.Faults); ok {
		s = s.Mistaken()
	}
	if _, ok := fault.Take[*fault.GarbledData](call.Faults); ok {
		s = s.Garbled()
	}
	return s
}

// spoilt returns the answer of a login, or what faults make of it.
func spoilt(call *httpd.Call, l irp.Login, c irp.Credentials) (_ irp.Login, err error) {
	if skew, ok := fault.Take[*fault.ClockSkew](call.Faults); ok {
		if l, err = l.Skewed(time.Duration(skew.By)); err != nil {
			return l, err
		}
	}
	if _, ok := fault.Take[*fault.WrongSEK](call.Faults); ok {
		l, err = l.Mistaken(c)
	}
	if _, ok := fault.Take[*fault.GarbledData](call.Faults); ok {
		l = l.Garbled()
	}
	return l, err
}

// synchronised reads a taxpayer as NIC's copy has it after an update from the GST common portal.
func synchronised(i irp.IRP, v irp.View, r *http.Request) (irp.Act, error) {
	value, err := taxpayer(i, v, r)
	return func(ctx context.Context) (irp.Answer, error) {
		return irp.Answer{Value: value}, i.Synchronise(ctx, value.Gstin)
	}, err
}
