package pages

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/store"
)

// browserCookie is what a form's token is bound to. It opens nothing by itself.
const browserCookie = "nicsim_form"

// numberLength is that of a form's number, in letters and digits: nobody guesses it.
const numberLength = 20

// tokens make and check the one-time tokens of forms. A token is a number that occurs once and a
// proof that it was made here for this browser, so that no other site can have its form accepted.
type tokens struct {
	key     []byte
	numbers *dice.Stream
	names   *dice.Stream // of browsers
}

func newTokens(chance *dice.Dice, env store.Environment) tokens {
	purpose := func(what string) *dice.Stream { return chance.Stream("form " + what + " " + string(env)) }
	return tokens{key: purpose("key").Bytes(sha256.Size), numbers: purpose("number"), names: purpose("browser")}
}

// token makes the token of a form on the page that is shown.
func (v *visit) token() string {
	t := v.site.tokens
	if v.browser == "" {
		if c, err := v.r.Cookie(browserCookie); err == nil && c.Value != "" {
			v.browser = c.Value
		} else {
			v.browser = t.names.Alphanumeric(32)
			v.cookies = append(v.cookies, &http.Cookie{
				Name: browserCookie, Value: v.browser, Path: v.call.Prefix + "/", HttpOnly: true,
				SameSite: http.SameSiteLaxMode, // Strict would begin a new browser with each link from elsewhere
			})
		}
	}
	number := t.numbers.Alphanumeric(numberLength)
	return number + "." + t.proof(v.browser, number)
}

func (t tokens) proof(browser, number string) string {
	mac := hmac.New(sha256.New, t.key)
	mac.Write([]byte(browser + " " + number))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// browsers are the names under which the visitor's browser may be known here: it may send the
// cookies of two worlds.
func (v *visit) browsers() []string {
	var names []string
	for _, c := range v.r.CookiesNamed(browserCookie) {
		names = append(names, c.Value)
	}
	return names
}

// number returns the number of a token that was made here for the browser of the request.
func (t tokens) number(r *http.Request, token string) (string, bool) {
	number, proof, _ := strings.Cut(token, ".")
	for _, c := range r.CookiesNamed(browserCookie) {
		if hmac.Equal([]byte(proof), []byte(t.proof(c.Value, number))) {
			return number, true
		}
	}
	return "", false
}
