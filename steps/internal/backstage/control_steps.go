package backstage

import (
	"bytes"
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// controlSteps are what the control API tells about the simulator and its fixtures.
type controlSteps struct {
	*scene.Scene
	taxpayers []client.Taxpayer
	providers []client.Provider
	keys      [][]byte
}

func (g *controlSteps) Register(r *scene.Registry) {
	r.Step(`Girish calls the health check of the control API`, g.health, needs.Status)
	r.Step(`the control API is ready`, g.ready, needs.Status)
	r.Step(`Girish lists the taxpayers`, g.readTaxpayers, needs.Taxpayers)
	r.Step(`one of them is (.+)`, g.thereIs)
	r.Step(`{text} is on record and active`, g.onRecord)
	r.Step(`Girish lists the providers`, g.readProviders, needs.Providers)
	r.Step(`{text} has the client id {text}`, g.lends)
	r.Step(`Girish fetches the payload keys of both portals`, g.fetchKeys, needs.Keys)
	r.Step(`they are public keys, and they differ`, g.keysDiffer)
}

func (g *controlSteps) health(ctx context.Context) error { return g.Control.Health(ctx) }

func (g *controlSteps) ready(ctx context.Context) error { return g.Control.Ready(ctx) }

func (g *controlSteps) readTaxpayers(ctx context.Context) (err error) {
	g.taxpayers, err = g.Control.Taxpayers(ctx)
	return err
}

// kinds are the taxpayers that every start has one of. The types are NIC's codes.
var kinds = map[string]func(client.Taxpayer) bool{
	"cancelled":        func(t client.Taxpayer) bool { return t.Status == "CANCELLED" },
	"inactive":         func(t client.Taxpayer) bool { return t.Status == "INACTIVE" },
	"provisional":      func(t client.Taxpayer) bool { return t.Status == "PROVISIONAL" },
	"suspended":        func(t client.Taxpayer) bool { return t.Status == "SUSPENDED" },
	"without mobile":   func(t client.Taxpayer) bool { return t.Status == "ACTIVE" && t.Mobile == "" },
	"not enabled":      func(t client.Taxpayer) bool { return t.Status == "ACTIVE" && !t.EInvoiceEnabled },
	"transporter only": func(t client.Taxpayer) bool { return t.TransporterOnly },
	"a composition":    func(t client.Taxpayer) bool { return t.TaxpayerType == "COM" },
	"a SEZ unit":       func(t client.Taxpayer) bool { return t.TaxpayerType == "SEZ" },
	"an ISD":           func(t client.Taxpayer) bool { return t.TaxpayerType == "ISD" },
}

func (g *controlSteps) thereIs(kind string) error {
	is, known := kinds[kind]
	if !known {
		return fmt.Errorf("there is no kind of taxpayer %q", kind)
	}
	if !slices.ContainsFunc(g.taxpayers, is) {
		return fmt.Errorf("none of %d taxpayers is of that kind", len(g.taxpayers))
	}
	return nil
}

func (g *controlSteps) onRecord(gstin string) error {
	for _, t := range g.taxpayers {
		if t.GSTIN == gstin {
			return scene.Same("status", t.Status, "ACTIVE")
		}
	}
	return fmt.Errorf("the GSTIN is not among %d taxpayers", len(g.taxpayers))
}

func (g *controlSteps) readProviders(ctx context.Context) (err error) {
	g.providers, err = g.Control.Providers(ctx)
	return err
}

func (g *controlSteps) lends(company, clientID string) error {
	for _, p := range g.providers {
		if p.CompanyName != company {
			continue
		}
		if p.ClientSecret == "" {
			return fmt.Errorf("it has no client secret")
		}
		return scene.Same("client id", p.ClientID, clientID)
	}
	return fmt.Errorf("the company is not among %d providers", len(g.providers))
}

func (g *controlSteps) fetchKeys(ctx context.Context) error {
	g.keys = nil
	for _, environment := range []string{client.EnvironmentSandbox, client.EnvironmentProduction} {
		key, err := g.Control.PublicKey(ctx, environment)
		if err != nil {
			return err
		}
		g.keys = append(g.keys, key)
	}
	return nil
}

func (g *controlSteps) keysDiffer() error {
	for _, key := range g.keys {
		block, _ := pem.Decode(key)
		if block == nil {
			return fmt.Errorf("a key is not PEM")
		}
		public, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return fmt.Errorf("parsing a key: %w", err)
		}
		if _, ok := public.(*rsa.PublicKey); !ok {
			return fmt.Errorf("a key is not RSA but %T", public)
		}
	}
	if bytes.Equal(g.keys[0], g.keys[1]) {
		return fmt.Errorf("the keys are equal")
	}
	return nil
}
