package simulator

import (
	"crypto/rsa"
	"fmt"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
)

// keysOf returns a function that reads an environment's keys once, at its first call.
func keysOf(env nic.Environment) func() (irp.Keys, error) {
	return sync.OnceValues(func() (irp.Keys, error) {
		payload, err := fixtures.PayloadKey(string(env))
		if err != nil {
			return irp.Keys{}, fmt.Errorf("reading the %s payload key: %w", env, err)
		}
		key, err := fixtures.SigningKey(string(env))
		if err != nil {
			return irp.Keys{}, fmt.Errorf("reading the %s signing key: %w", env, err)
		}
		certificate, err := fixtures.SigningCertificate(string(env))
		if err != nil {
			return irp.Keys{}, fmt.Errorf("reading the %s signing certificate: %w", env, err)
		}
		signer, err := seal.NewSigner(key, certificate)
		other := sync.OnceValues(func() (*seal.Signer, error) {
			keys, err := keysOf(env.Other())()
			return keys.Signer, err
		})
		foreign := sync.OnceValues(func() (*rsa.PrivateKey, error) { return fixtures.PayloadKey(string(env.Other())) })
		return irp.Keys{Payload: payload, Signer: signer, Foreign: foreign, ForeignSigner: other}, err
	})
}

func publicKey(env nic.Environment) ([]byte, error) { return fixtures.PayloadPublicPEM(string(env)) }

func signingCertificate(env nic.Environment) ([]byte, error) {
	return fixtures.SigningCertificatePEM(string(env))
}

// payloadKey is the key of an environment that every client gets.
func payloadKey(env nic.Environment) (*rsa.PublicKey, error) {
	key, err := fixtures.PayloadKey(string(env))
	if err != nil {
		return nil, fmt.Errorf("reading the %s payload key: %w", env, err)
	}
	return &key.PublicKey, nil
}
