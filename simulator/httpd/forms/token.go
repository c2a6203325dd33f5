package forms

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"net/http"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/dice"
)

// browserCookie is the name of the cookie that a form's token is bound to. The cookie gives access to nothing.
const browserCookie = "nicsim_form"

// numberLength is the length of a form's number, in letters and digits: too long to be guessed.
const numberLength = 20

// tokens makes and checks the one-time tokens of forms. A token is a unique number and a proof that it was issued
// here to this browser, so that a form of another site is not accepted.
type tokens struct {
	proofs  *sync.Pool // of HMACs: setting up the key takes longer than making a proof
	numbers *dice.Stream
	names   *dice.Stream // names of browsers
}

func newTokens(chance *dice.Dice, purpose string) tokens {
	of := func(what string) *dice.Stream { return chance.Stream("form " + what + " " + purpose) }
	key := of("key").Bytes(sha256.Size)
	return tokens{proofs: &sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}, numbers: of("number"),
		names: of("browser")}
}

// Token issues a token for a form.
func (b *Browser) Token() string {
	t := b.desk.tokens
	if b.name == "" {
		if c, err := b.r.Cookie(browserCookie); err == nil && c.Value != "" {
			b.name = c.Value
		} else {
			b.name = t.names.Alphanumeric(32)
			// With SameSite=Strict, a link from another site would open a new browser.
			b.Cookies = append(b.Cookies, &http.Cookie{
				Name: browserCookie, Value: b.name, Path: b.call.Prefix + "/", HttpOnly: true,
				Secure: b.call.Secure(), SameSite: http.SameSiteLaxMode,
			})
		}
	}
	number := t.numbers.Alphanumeric(numberLength)
	return number + "." + t.proof(b.name, number)
}

func (t tokens) proof(browser, number string) string {
	mac := t.proofs.Get().(hash.Hash)
	defer t.proofs.Put(mac)
	mac.Reset()
	mac.Write([]byte(browser + " " + number))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// names returns the names of the browser: it may send the cookies of two worlds.
func (b *Browser) names() []string {
	var names []string
	for _, c := range b.r.CookiesNamed(browserCookie) {
		names = append(names, c.Value)
	}
	return names
}

// number returns the number of a token that was issued here to this browser.
func (b *Browser) number(token string) (string, bool) {
	number, proof, _ := strings.Cut(token, ".")
	for _, name := range b.names() {
		if hmac.Equal([]byte(proof), []byte(b.desk.tokens.proof(name, number))) {
			return number, true
		}
	}
	return "", false
}

// Owns reports whether a token was issued here to this browser.
func (b *Browser) Owns(token string) bool {
	_, ours := b.number(token)
	return ours
}
