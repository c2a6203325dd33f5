package httpd

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/store"
)

// bounds are the codes of refusals for a bound of the simulator. A client can cause them as often as it wants, so the
// log has each code once in boundPause.
var bounds = map[string]bool{"records-full": true, "disk-full": true, "too-many-worlds": true, "busy": true}

// boundPause is the time between two lines about the same bound.
const boundPause = time.Minute

// boundLog is when the bounds were last logged. It is safe for concurrent use.
type boundLog struct {
	mu   sync.Mutex
	last map[string]time.Time // by code
}

// due reports whether a code is to be logged now.
func (b *boundLog) due(code string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := clock.System()
	if last, logged := b.last[code]; logged && now.Sub(last) < boundPause {
		return false
	}
	if b.last == nil {
		b.last = map[string]time.Time{}
	}
	b.last[code] = now
	return true
}

// logProblem has the log note an error that its operator should know of: a failure, or a bound that is reached.
func (call *Call) logProblem(r *http.Request, err error, problem *Problem) {
	switch {
	case bounds[problem.Code]:
		if !call.bounds.due(problem.Code) {
			return
		}
		level := slog.LevelWarn
		if errors.Is(err, store.ErrFull) { // the disk may be full of other files
			level = slog.LevelError
		}
		call.log.Log(r.Context(), level, "a bound is reached, and requests are refused", "code", problem.Code,
			"requestId", call.RequestID, "method", r.Method, "path", call.Asked, "error", err, "again", boundPause)
	case problem.Status == http.StatusInternalServerError:
		call.logFailure(r, err)
	}
}
