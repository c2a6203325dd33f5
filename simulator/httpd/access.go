package httpd

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/clock"
)

// Access protects a listener with a token, which a program sends as "Authorization: Bearer TOKEN" and a person types
// into the form of /login. The form gives the browser a cookie, which proves that its user knew the token and ends
// after sessionTime. Use NewAccess.
type Access struct {
	sum [sha256.Size]byte // of the token
	key []byte            // of the cookies' proofs
}

// ErrToken is the error of a token that cannot be used.
var ErrToken = errors.New("the control token must have 16 to 256 characters of ASCII, without blanks")

var tokenForm = regexp.MustCompile(`^[!-~]+$`)

// NewAccess returns the access to a listener with that token; nil, which admits everyone, for an empty one.
func NewAccess(token string) (*Access, error) {
	if token == "" {
		return nil, nil //nolint:nilnil // a nil Access is valid
	}
	if len(token) < 16 || len(token) > 256 || !tokenForm.MatchString(token) {
		return nil, ErrToken
	}
	key := hmac.New(sha256.New, []byte(token))
	_, _ = key.Write([]byte("nicsim: key of the dashboard's cookies")) // never fails
	return &Access{sum: sha256.Sum256([]byte(token)), key: key.Sum(nil)}, nil
}

// The login and the logout of a listener with a token.
const (
	LoginPath  = "/login"
	LogoutPath = "/logout"
)

const (
	accessCookie = "nicsim_control"
	sessionTime  = 12 * time.Hour // of a login to the dashboard, by the wall clock [SIM]
)

// knows reports whether a token is the right one, in a time that does not depend on it.
func (a *Access) knows(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], a.sum[:]) == 1
}

// admits reports whether a request has the token, or a cookie that proves it.
func (a *Access) admits(r *http.Request) bool {
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		return a.knows(token)
	}
	for _, c := range r.CookiesNamed(accessCookie) {
		ends, proof, _ := strings.Cut(c.Value, ".")
		at, err := strconv.ParseInt(ends, 10, 64)
		if err == nil && hmac.Equal([]byte(proof), []byte(a.proof(ends))) && clock.System().Before(time.Unix(at, 0)) {
			return true
		}
	}
	return false
}

func (a *Access) proof(ends string) string {
	mac := hmac.New(sha256.New, a.key)
	_, _ = mac.Write([]byte(ends)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// cookie is that of a login.
func (a *Access) cookie(call *Call) *http.Cookie {
	ends := strconv.FormatInt(clock.System().Add(sessionTime).Unix(), 10)
	return &http.Cookie{Name: accessCookie, Value: ends + "." + a.proof(ends), Path: "/", HttpOnly: true,
		MaxAge: int(sessionTime.Seconds()), SameSite: http.SameSiteStrictMode, Secure: call.Secure()}
}

// The codes of refusals for want of the token.
const (
	TokenRequired = "token-required"
	TokenWrong    = "token-wrong"
)

var (
	errNoToken = &Fail{Status: http.StatusUnauthorized, Code: TokenRequired, Title: "Control token required",
		Detail: "This simulator was started with a control token. Send it as Authorization: Bearer TOKEN, or log in at " +
			LoginPath + " with a browser."}
	errWrongToken = &Fail{Status: http.StatusUnauthorized, Code: TokenWrong, Title: "Wrong control token",
		Detail: "This is not the token that the simulator was started with."}
)

// guard refuses requests without the token. What the page of the login needs is open.
func (a *Access) guard(next http.Handler) http.Handler {
	refused := refuse(errNoToken)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == LoginPath || strings.HasPrefix(r.URL.Path, "/assets/") || a.admits(r) {
			next.ServeHTTP(w, r)
			return
		}
		refused.ServeHTTP(w, r)
	})
}

// Routes registers the login and the logout. The pages are those of the forms; a problem is nil or why the last token
// was refused.
func (a *Access) Routes(router *mux.Router, login func(*Call, *Problem) (Reply, error),
	logout func(*Call) (Reply, error)) {
	HandleWorldless(router, http.MethodGet, LoginPath, func(r *http.Request, call *Call) (Reply, error) {
		if a.admits(r) {
			return Reply{Status: http.StatusSeeOther, Location: "/"}, nil
		}
		return login(call, nil)
	})
	HandleWorldless(router, http.MethodPost, LoginPath, func(r *http.Request, call *Call) (Reply, error) {
		typed, err := Form(r, call)
		if err != nil {
			return Reply{}, err
		}
		if !a.knows(strings.TrimSpace(typed.Get("token"))) {
			call.log.Warn("a control token was refused", "requestId", call.RequestID, "remote", r.RemoteAddr)
			call.Asked = call.Prefix + localPath(typed.Get("next")) // to which the form leads
			return login(call, ProblemOf(errWrongToken))
		}
		return Reply{Status: http.StatusSeeOther, Location: localPath(typed.Get("next")),
			Cookies: []*http.Cookie{a.cookie(call)}}, nil
	})
	HandleWorldless(router, http.MethodGet, LogoutPath, func(_ *http.Request, call *Call) (Reply, error) {
		return logout(call)
	})
	HandleWorldless(router, http.MethodPost, LogoutPath, func(_ *http.Request, call *Call) (Reply, error) {
		gone := a.cookie(call)
		gone.Value, gone.MaxAge = "", -1
		return Reply{Status: http.StatusSeeOther, Location: LoginPath, Cookies: []*http.Cookie{gone}}, nil
	})
}

// localPath returns a path of this listener, or / for an address that could lead elsewhere.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || len(path) > 1 && strings.ContainsAny(path[1:2], `/\`) ||
		strings.ContainsFunc(path, func(r rune) bool { return r < ' ' }) {
		return "/"
	}
	return path
}
