package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// The API users of a cast. Production puts API_ before the name.
const (
	castUsername = "cast_user"
	castPassword = "Cast@2024"
)

// cast is what a program needs to call the e-Invoice API of a world: addresses, keys and credentials.
type cast struct {
	urls         simulator.URLs
	clientID     string
	clientSecret string
	gstin        string
	users        map[string]client.APIUserRecord // those that the world has already, by environment
	folder       string                          // of the files: keys, certificates and invoices
	invoice      string                          // file of the document to send; empty without one
}

// newCast returns the cast of a world of the fixtures, which makes its files in a folder.
func newCast(urls simulator.URLs, folder string) (cast, error) {
	c := cast{urls: urls, clientID: defaultClientID, gstin: defaultGSTIN, folder: folder}
	records, err := fixtures.Load()
	if err != nil {
		return c, err
	}
	at := slices.IndexFunc(records.Providers, func(p fixtures.Provider) bool { return string(p.ClientID) == c.clientID })
	c.clientSecret = records.Providers[at].ClientSecret
	return c, nil
}

// environments are those whose URL is known.
func (c cast) environments() map[string]string {
	known := map[string]string{client.EnvironmentSandbox: c.urls.Sandbox}
	if c.urls.Production != "" {
		known[client.EnvironmentProduction] = c.urls.Production
	}
	return known
}

// user returns the API user of an environment, and whether the world has it already.
func (c cast) user(environment string) (user client.APIUserRecord, exists bool) {
	if user, exists = c.users[environment]; exists {
		return user, true
	}
	return client.APIUserRecord{Environment: environment, Username: username(environment), Password: castPassword,
		GSTIN: c.gstin, ClientID: c.clientID}, false
}

// enter makes the API users that the world does not have, and writes the files of the keys.
func (c cast) enter(ctx context.Context, world *client.Control) error {
	for environment := range c.environments() {
		user, exists := c.user(environment)
		if !exists {
			_, err := world.APIUser(ctx, environment, user.Username)
			exists = err == nil // the world was kept since nicsim made it
		}
		if !exists {
			if err := world.AddAPIUser(ctx, user); err != nil {
				return fmt.Errorf("making the API user: %w", err)
			}
		}
		for kind, fetch := range map[string]func(context.Context, string) ([]byte, error){
			"public-key": world.PublicKey, "certificate": world.SigningCertificate,
		} {
			text, err := fetch(ctx, environment)
			if err != nil {
				return fmt.Errorf("fetching the %s: %w", kind, err)
			}
			if err := os.WriteFile(c.file(environment, kind), text, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeInvoice makes the smallest invoice of a day, under a number.
func (c *cast) writeInvoice(number string, day time.Time) error {
	document, err := invoice.Sample{Today: day.In(nic.IST), Number: number}.Document()
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(json.RawMessage(document.JSON()), "", "  ")
	if err != nil {
		return fmt.Errorf("making a sample: %w", err)
	}
	c.invoice = filepath.Join(c.folder, "invoice.json")
	return os.WriteFile(c.invoice, append(text, '\n'), 0o600)
}

// variables are the cast as variables of an environment, sorted by their names. They begin with NIC_, so that nicsim
// does not take them for its flags.
func (c cast) variables() []string {
	all := []string{
		"NIC_CONTROL_URL=" + c.urls.Control, "NIC_CLIENT_ID=" + c.clientID, "NIC_CLIENT_SECRET=" + c.clientSecret,
		"NIC_GSTIN=" + c.gstin,
	}
	if c.invoice != "" {
		all = append(all, "NIC_INVOICE="+c.invoice)
	}
	for environment, url := range c.environments() {
		prefix := "NIC_" + strings.ToUpper(environment)
		user, _ := c.user(environment)
		all = append(all, prefix+"_URL="+url, prefix+"_USERNAME="+user.Username, prefix+"_PASSWORD="+user.Password,
			prefix+"_PUBLIC_KEY="+c.file(environment, "public-key"),
			prefix+"_CERTIFICATE="+c.file(environment, "certificate"))
	}
	slices.Sort(all)
	return all
}

func (c cast) file(environment, kind string) string {
	return filepath.Join(c.folder, environment+"-"+kind+".pem")
}

func username(environment string) string {
	if environment == client.EnvironmentProduction {
		return "API_" + castUsername
	}
	return castUsername
}
