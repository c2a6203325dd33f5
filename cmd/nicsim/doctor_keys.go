package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/nic"
)

// keys checks the public keys that a client encrypts with: whether each is that of its environment.
func (d doctor) keys() ([]check, error) {
	var checks []check
	read := map[nic.Environment]*rsa.PublicKey{}
	for _, k := range []struct {
		env  nic.Environment
		file string
	}{{nic.Sandbox, d.sandboxKey}, {nic.Production, d.productionKey}} {
		if k.file == "" {
			continue
		}
		name := "key of the " + string(k.env)
		key, err := readPublicKey(k.file)
		if err != nil {
			checks = append(checks, failed(name, err.Error(), fmt.Sprintf("--%s-key takes the PEM of an RSA public key", k.env)))
			continue
		}
		read[k.env] = key
		c, err := compareKey(name, k.env, key)
		if err != nil {
			return nil, err
		}
		checks = append(checks, c)
	}
	if a, b := read[nic.Sandbox], read[nic.Production]; a != nil && b != nil && a.Equal(b) {
		checks = append(checks, failed("keys", "the sandbox and production have the same key",
			"each environment has a key of its own; NIC refuses a login that is encrypted with the other"))
	}
	return checks, nil
}

// compareKey compares a key with those of nicsim.
func compareKey(name string, env nic.Environment, key *rsa.PublicKey) (check, error) {
	own := "GET /control/v1/public-keys/" + string(env) + ".pem has the key of nicsim's " + string(env)
	for _, of := range []nic.Environment{nic.Sandbox, nic.Production} {
		payload, err := fixtures.PayloadKey(string(of))
		if err != nil {
			return check{}, fmt.Errorf("reading the keys of nicsim: %w", err)
		}
		signing, err := fixtures.SigningKey(string(of))
		if err != nil {
			return check{}, fmt.Errorf("reading the keys of nicsim: %w", err)
		}
		switch {
		case key.Equal(payload.Public()) && of == env:
			return ok(name, "it is that of nicsim's "+string(env)), nil
		case key.Equal(payload.Public()):
			return failed(name, fmt.Sprintf("it is that of nicsim's %s: the keys are mixed up", of), own), nil
		case key.Equal(signing.Public()):
			detail := fmt.Sprintf("it is the key with which the %s signs, and nothing is encrypted with it", of)
			return failed(name, detail, own), nil
		}
	}
	return warning(name, "it is not a key of nicsim, and may be NIC's", own), nil
}

// readPublicKey reads an RSA public key: as SubjectPublicKeyInfo, as PKCS #1 or in a certificate.
func readPublicKey(name string) (*rsa.PublicKey, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s is not PEM", name)
	}
	var key any
	switch block.Type {
	case "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(block.Bytes); err == nil {
			key = certificate.PublicKey
		}
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	default:
		err = fmt.Errorf("it has a %q", block.Type)
	}
	found, isRSA := key.(*rsa.PublicKey)
	if err == nil && !isRSA {
		err = errors.New("its key is not an RSA key")
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be used: %w", name, err)
	}
	return found, nil
}
