package irpapi

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/irp"
)

// admit refuses a call that exceeds a limit, and one of a blocked caller. Without limits it costs one comparison.
func (d Dialect) admit(r *http.Request, call *httpd.Call, i irp.IRP, sent irp.Headers, login bool) error {
	if !call.World.LimitsCalls() {
		return nil
	}
	return i.Admit(r.Context(), d.Access, sent, login)
}

// tooMany is the answer of a gateway to a call that exceeds a limit [SIM].
func tooMany(wait time.Duration) httpd.Reply {
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return httpd.Reply{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {seconds}},
		Raw: []byte("Too many requests\n"), RawType: "text/plain; charset=utf-8"}
}
