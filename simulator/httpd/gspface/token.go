package gspface

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nicsim/nicsim/simulator/world"
)

// accessClaims are the claims of an access token, in the order in which they were recorded.
type accessClaims struct {
	Scope       []string `json:"scope"`
	Exp         int64    `json:"exp"`
	Authorities []string `json:"authorities"`
	ID          string   `json:"jti"`
	ClientID    string   `json:"client_id"`
}

// issue signs an access token with a key that depends on the world and on the secret, so that it is not valid in
// another world, and ends when the secret is reset.
func issue(w *world.World, claims accessClaims, secret string) (string, error) {
	document, _ := json.Marshal(claims) // texts and a number always marshal
	var members jwt.MapClaims
	_ = json.Unmarshal(document, &members)
	return jwt.NewWithClaims(jwt.SigningMethodHS256, members).SignedString(tokenKey(w, secret))
}

func tokenKey(w *world.World, secret string) []byte {
	sum := hmac.New(sha256.New, w.Dice.Child("access tokens of gateways").Stream("key").Bytes(sha256.Size))
	_, _ = sum.Write([]byte(secret)) // never fails
	return sum.Sum(nil)
}

// byAccessToken finds the subscription to which an access token was issued. The secret is that with the name.
func (a *ask) byAccessToken(secret string) error {
	scheme, token, _ := strings.Cut(a.params.header["authorization"], " ")
	if !strings.EqualFold(scheme, "bearer") || token == "" {
		return &Refusal{Why: TokenMissing}
	}
	var claims accessClaims
	if !readClaims(token, &claims) || a.find(claims.ClientID) != nil {
		return &Refusal{Why: TokenInvalid}
	}
	_, err := jwt.Parse(strings.TrimSpace(token), func(*jwt.Token) (any, error) {
		return tokenKey(a.in.World, a.subscription.Secrets[secret]), nil
	}, jwt.WithValidMethods([]string{"HS256"}), jwt.WithoutClaimsValidation())
	switch {
	case err != nil:
		return &Refusal{Why: SecretReset}
	case !a.in.World.Clock.Now().Before(time.Unix(claims.Exp, 0)):
		return &Refusal{Why: TokenExpired}
	}
	return a.admit()
}

// readClaims reads the claims of a token without trusting them.
func readClaims(token string, into *accessClaims) bool {
	parts := strings.Split(strings.TrimSpace(token), ".")
	if len(parts) != 3 {
		return false
	}
	document, err := jwt.NewParser().DecodeSegment(parts[1])
	return err == nil && json.Unmarshal(document, into) == nil
}
