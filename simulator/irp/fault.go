package irp

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// RefuseWith returns a refusal with codes of NIC's; there must be at least one.
func RefuseWith(codes []string) *Refusal {
	r := &Refusal{}
	for _, code := range codes {
		message, _ := nic.Message(code) // the fault was refused if NIC publishes no words
		r.Errors = append(r.Errors, Error{Code: code, Message: message})
	}
	return r
}

// Revoke ends a token now. An unknown token is no error.
func (i IRP) Revoke(ctx context.Context, token string) error {
	return i.update(ctx, func(tx store.Tx) error {
		t, err := tx.Token(i.env, token)
		if missing(err) {
			return nil
		}
		if err != nil {
			return err
		}
		t.ExpiresAt = i.now()
		return tx.PutToken(t)
	})
}

// Skewed returns the API with a clock that is wrong by a duration.
func (i IRP) Skewed(by time.Duration) IRP {
	i.skew += by
	return i
}

// Skewed returns the answer of a clock that is wrong by a duration.
func (l Login) Skewed(by time.Duration) (Login, error) {
	expiry, err := time.Parse(expiryForm, l.TokenExpiry)
	if err != nil {
		return l, fmt.Errorf("reading an expiry: %w", err)
	}
	l.TokenExpiry = expiry.Add(by).Format(expiryForm)
	return l, nil
}

// Mistaken returns the answer with the SEK of another login.
func (l Login) Mistaken(c Credentials) (Login, error) {
	sek, err := seal.Decrypt(c.AppKey, l.Sek)
	if err != nil {
		return l, fmt.Errorf("opening a SEK: %w", err)
	}
	l.Sek, err = seal.Encrypt(c.AppKey, otherKey(sek))
	return l, err
}

// Mistaken returns the session with the SEK of another login.
func (s Session) Mistaken() Session {
	s.sek = otherKey(s.sek)
	return s
}

// Garbled returns the session with damage to whatever it seals.
func (s Session) Garbled() Session {
	s.garbled = true
	return s
}

// Garbled returns the answer with a damaged SEK.
func (l Login) Garbled() Login {
	sek := []byte(l.Sek)
	garble(sek)
	l.Sek = string(sek)
	return l
}

// garble damages the middle third of a text.
func garble(text []byte) {
	third := len(text) / 3
	for i := range text[third : 2*third] {
		text[third+i] = '?'
	}
}

// otherKey returns a key of the same length.
func otherKey(key []byte) []byte {
	other := slices.Clone(key)
	for i := range other {
		other[i] ^= 0xff
	}
	return other
}

// Synchronise updates NIC's copy of a taxpayer from the GST common portal.
func (i IRP) Synchronise(ctx context.Context, gstin string) error {
	return i.world.Synchronise(ctx, i.env, gstin)
}
