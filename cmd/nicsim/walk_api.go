package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// apiWalk uses the credentials of a section at the e-Invoice API.
type apiWalk struct {
	control *client.Control // has keys, clock and client secrets
	urls    simulator.URLs
	options client.Options
	number  string // of the document
}

// documentNumber makes a number of 11 characters. NIC takes up to 16; the first must not be 0, / or -.
func documentNumber(chance *dice.Stream) string {
	return "WALK-" + chance.Pick(easyUpper+easyDigits, 6)
}

// perform logs in, registers an invoice and verifies the signatures of the answer. The program ends with its
// error.
func (a apiWalk) perform(ctx context.Context, who person, made *credentials, tell *narrator) (*apiReport, error) {
	w := apiSteps{report: &apiReport{Steps: []stepReport{}}, tell: tell}
	tell.api(*made)
	var caller apiCaller
	w.step("A.1", "Login", func() (string, error) {
		var err error
		if caller, err = a.login(ctx, who, made); err != nil {
			return "", err
		}
		return fmt.Sprintf("a token for %s, as user %s through client %s", count.Of(caller.minutes, "minute"), made.Username,
			made.ClientID), nil
	})
	var seller client.GSTINDetails
	w.step("A.2", "GSTIN details", func() (string, error) {
		var err error
		seller, err = caller.api.Taxpayer(ctx, made.GSTIN)
		return fmt.Sprintf("%s is %s, %s, %s", seller.GSTIN, seller.LegalName, seller.TaxpayerType, seller.Status), err
	})
	var registered client.Invoice
	w.step("A.3", "Generate IRN", func() (string, error) {
		document, err := a.document(seller, caller.now)
		if err != nil {
			return "", err
		}
		registered, err = caller.api.Generate(ctx, json.RawMessage(document.JSON()))
		if err != nil {
			return "", err
		}
		w.report.Invoice = &registeredReport{
			Number: document.DocDtls.No, Date: document.DocDtls.Dt, IRN: registered.IRN,
			AckNo: strconv.FormatInt(int64(registered.AckNo), 10), AckDt: registered.AckDt.Time,
			SignedInvoice: registered.SignedInvoice, SignedQRCode: registered.SignedQRCode,
		}
		return fmt.Sprintf("%s %s of %s has AckNo %d and IRN %s", document.DocDtls.Typ, document.DocDtls.No,
			document.DocDtls.Dt, registered.AckNo, registered.IRN), nil
	})
	w.step("A.4", "Verify QR code", func() (string, error) {
		return a.verify(ctx, made.Environment, registered, w.report.Invoice)
	})
	if w.err != nil {
		w.report.Failure = failureOf(w.err)
		tell.failure(*w.report.Failure)
		return w.report, walkError(w.err)
	}
	return w.report, nil
}

// apiSteps performs steps and reports each, until one fails.
type apiSteps struct {
	report *apiReport
	tell   *narrator
	err    error
}

func (s *apiSteps) step(number, label string, do func() (string, error)) {
	if s.err != nil {
		return
	}
	detail, err := do()
	if err != nil {
		s.err = &client.StepError{Number: number, Label: label, Err: err}
		return
	}
	step := stepReport{Number: number, Label: label, Detail: detail}
	s.report.Steps = append(s.report.Steps, step)
	s.tell.step(step)
}

// apiCaller is a client that has logged in.
type apiCaller struct {
	api     *client.API
	now     time.Time // by the world's clock
	minutes int       // lifetime of the token
}

func (a apiWalk) login(ctx context.Context, who person, made *credentials) (apiCaller, error) {
	var none apiCaller
	secret, err := a.clientSecret(ctx, who, made.ClientID)
	if err != nil {
		return none, err
	}
	if !who.secretGiven {
		made.ClientSecret = secret
	}
	key, err := a.control.PublicKey(ctx, made.Environment)
	if err != nil {
		return none, err
	}
	clock, err := a.control.Clock(ctx)
	if err != nil {
		return none, err
	}
	url := a.urls.Sandbox
	if made.Environment == client.EnvironmentProduction {
		url = a.urls.Production
	}
	o := a.options
	o.Now = func() time.Time { return clock.Now } // a walk is shorter than a token's life
	api, err := client.NewAPI(url, client.Credentials{
		ClientID: made.ClientID, ClientSecret: secret, GSTIN: made.GSTIN, Username: made.Username, Password: who.Password,
	}, key, o)
	if err != nil {
		return none, fmt.Errorf("%s API: %w", made.Environment, err)
	}
	token, err := api.Login(ctx)
	if err != nil {
		return none, err
	}
	return apiCaller{api, clock.Now, int(token.ExpiresAt.Sub(clock.Now).Round(time.Minute) / time.Minute)}, nil
}

// clientSecret is the secret that was given, or that of the simulator, or that of the fixtures.
func (a apiWalk) clientSecret(ctx context.Context, who person, clientID string) (string, error) {
	if who.secretGiven {
		return who.ClientSecret, nil
	}
	providers, err := a.control.Providers(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range providers {
		if p.ClientID == normalID(clientID) {
			return p.ClientSecret, nil
		}
	}
	if who.ClientSecret == "" {
		return "", errors.New("the client secret of " + clientID +
			" is not known; give it as NICSIM_CLIENT_SECRET, or leave the API out with --no-api")
	}
	return who.ClientSecret, nil
}

// usualBuyer is the buyer of samples that it does not sell itself.
const usualBuyer = "29ABCPD1234E2Z9"

// document makes an invoice of the taxpayer, with the date of today.
func (a apiWalk) document(seller client.GSTINDetails, now time.Time) (*invoice.Document, error) {
	sample := invoice.Sample{Today: now.In(nic.IST), Number: a.number, Seller: invoice.Trader{
		GSTIN: seller.GSTIN, Name: seller.LegalName, Address: addressOf(seller), Location: cmp.Or(seller.Location, "India"),
		PIN: strconv.FormatInt(int64(seller.Pincode), 10),
	}}
	switch {
	case seller.TaxpayerType == "SED":
		sample.Supply = "EXPWP" // the developer of a special economic zone always charges IGST
	case seller.GSTIN == usualBuyer:
		buyer, err := invoice.FixtureTrader(defaultGSTIN)
		if err != nil {
			return nil, err
		}
		sample.Buyer = buyer
	}
	return sample.Document()
}

// addressOf is the first line of an address; NIC takes 100 characters.
func addressOf(t client.GSTINDetails) string {
	parts := slices.DeleteFunc([]string{t.BuildingName, t.BuildingNo, t.Floor, t.Street},
		func(part string) bool { return part == "" })
	line := []rune(cmp.Or(strings.Join(parts, ", "), t.Location, "India"))
	return string(line[:min(len(line), 100)])
}

// verify checks both signatures against the environment's certificate, and that they belong to the
// registered document.
func (a apiWalk) verify(ctx context.Context, environment string, registered client.Invoice,
	report *registeredReport) (string, error) {
	certificate, err := a.control.SigningCertificate(ctx, environment)
	if err != nil {
		return "", err
	}
	signed, err := client.VerifyInvoice(registered.SignedInvoice, certificate)
	if err != nil {
		return "", fmt.Errorf("SignedInvoice: %w", err)
	}
	code, err := client.VerifyQRCode(registered.SignedQRCode, certificate)
	if err != nil {
		return "", fmt.Errorf("SignedQRCode: %w", err)
	}
	if code.IRN != registered.IRN || code.Number != report.Number {
		return "", fmt.Errorf("the QR code is for %s, IRN %s", code.Number, code.IRN)
	}
	report.Verified = true
	return fmt.Sprintf("signed by %s, certificate %s: %s rupees, %s, HSN %s", signed.Issuer, signed.KeyID, code.Total,
		count.Of(code.Items, "line"), code.MainHSN), nil
}
