package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

type taxpayerDoc struct {
	GSTIN           string        `json:"gstin"`
	LegalName       string        `json:"legalName"`
	TradeName       string        `json:"tradeName"`
	Status          string        `json:"status"`
	TaxpayerType    string        `json:"taxpayerType"`
	Mobile          string        `json:"mobile"`
	Email           string        `json:"email"`
	EInvoiceEnabled bool          `json:"eInvoiceEnabled"`
	TransporterOnly bool          `json:"transporterOnly"`
	EWayBillBlocked bool          `json:"ewayBillBlocked"` // for not filing returns
	AATOCrore       float64       `json:"aatoCrore"`
	RegisteredOn    string        `json:"registeredOn"`
	CancelledOn     string        `json:"cancelledOn,omitempty"`
	DummyOf         string        `json:"dummyOf,omitempty"` // PAN of the GSP
	Address         store.Address `json:"address"`
}

func showTaxpayer(t store.Taxpayer) taxpayerDoc {
	return taxpayerDoc{
		GSTIN: t.GSTIN, LegalName: t.LegalName, TradeName: t.TradeName, Status: t.Status, TaxpayerType: t.Type,
		Mobile: t.Mobile, Email: t.Email, EInvoiceEnabled: t.EInvoiceEnabled, TransporterOnly: t.TransporterOnly,
		EWayBillBlocked: t.EWayBillBlocked,
		AATOCrore:       t.AATOCrore, RegisteredOn: t.RegisteredOn, CancelledOn: t.CancelledOn, DummyOf: t.DummyOf,
		Address: t.Address,
	}
}

type taxpayersDoc struct {
	Taxpayers []taxpayerDoc `json:"taxpayers"`
}

func listTaxpayers(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	doc := taxpayersDoc{Taxpayers: []taxpayerDoc{}}
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		all, err := reader.Taxpayers()
		for _, t := range all {
			doc.Taxpayers = append(doc.Taxpayers, showTaxpayer(t))
		}
		return err
	})
	return httpd.Reply{Body: doc}, err
}

func oneTaxpayer(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	var t store.Taxpayer
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		var err error
		t, err = reader.Taxpayer(gstinOf(r))
		return err
	})
	return httpd.Reply{Body: showTaxpayer(t)}, known(err, "such taxpayer")
}

func gstinOf(r *http.Request) string {
	return strings.ToUpper(strings.TrimSpace(httpd.Var(r, "gstin")))
}

// TaxpayerChange is a change to a taxpayer: what is left out stays as it is.
type TaxpayerChange struct {
	GSTIN           *string        `json:"gstin"`
	LegalName       *string        `json:"legalName"`
	TradeName       *string        `json:"tradeName"`
	Status          *string        `json:"status"`
	TaxpayerType    *string        `json:"taxpayerType"`
	Mobile          *string        `json:"mobile"`
	Email           *string        `json:"email"`
	EInvoiceEnabled *bool          `json:"eInvoiceEnabled"`
	TransporterOnly *bool          `json:"transporterOnly"`
	EWayBillBlocked *bool          `json:"ewayBillBlocked"`
	AATOCrore       *float64       `json:"aatoCrore"`
	RegisteredOn    *string        `json:"registeredOn"`
	CancelledOn     *string        `json:"cancelledOn"`
	Address         *store.Address `json:"address"`
}

// taxpayerTypes are the codes of NIC's master.
var taxpayerTypes = []string{"REG", "SED", "CTP", "SEZ", "COM", "UIN", "ISD", "TDS", "TCS", "NRT"}

// TaxpayerStatuses are the states that a registration can have.
var TaxpayerStatuses = []string{nic.Active, nic.Cancelled, nic.Inactive, nic.Provisional, nic.Suspended}

// apply changes t as the body says and returns every refused field.
func (b TaxpayerChange) apply(t *store.Taxpayer) []httpd.FieldError {
	var violations []httpd.FieldError
	oneOf := func(name string, given *string, target *string, allowed []string) {
		if given == nil {
			return
		}
		if *target = strings.ToUpper(*given); !slices.Contains(allowed, *target) {
			violations = append(violations, field(name, "value-invalid", "must be one of "+strings.Join(allowed, ", ")))
		}
	}
	set(b.LegalName, &t.LegalName)
	set(b.TradeName, &t.TradeName)
	if strings.TrimSpace(t.LegalName) == "" {
		violations = append(violations, field("legalName", "value-missing", "must not be empty"))
	}
	oneOf("status", b.Status, &t.Status, TaxpayerStatuses)
	oneOf("taxpayerType", b.TaxpayerType, &t.Type, taxpayerTypes)
	if b.Mobile != nil {
		mobile, ok := nic.NormaliseMobile(*b.Mobile)
		if !ok && strings.TrimSpace(*b.Mobile) != "" { // blank is a record without a mobile
			violations = append(violations, field("mobile", "mobile-invalid", "must be ten digits, the first 6 to 9, or empty"))
		}
		t.Mobile = mobile
	}
	if b.Email != nil {
		email, ok := nic.NormaliseEmail(*b.Email)
		if !ok && strings.TrimSpace(*b.Email) != "" {
			violations = append(violations, field("email", "email-invalid", "must be an e-mail address, or empty"))
		}
		t.Email = email
	}
	set(b.EInvoiceEnabled, &t.EInvoiceEnabled)
	set(b.TransporterOnly, &t.TransporterOnly)
	set(b.EWayBillBlocked, &t.EWayBillBlocked)
	if set(b.AATOCrore, &t.AATOCrore); t.AATOCrore < 0 {
		violations = append(violations, field("aatoCrore", "value-invalid", "must not be negative"))
	}
	day := func(name string, given *string, target *string) {
		set(given, target)
		if _, err := time.Parse(time.DateOnly, *target); err != nil && *target != "" {
			violations = append(violations, field(name, "value-invalid", "must be a day such as 2017-07-01, or empty"))
		}
	}
	day("registeredOn", b.RegisteredOn, &t.RegisteredOn)
	day("cancelledOn", b.CancelledOn, &t.CancelledOn)
	set(b.Address, &t.Address)
	return violations
}

func set[T any](given *T, target *T) {
	if given != nil {
		*target = *given
	}
}

func addTaxpayer(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[TaxpayerChange](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	t := store.Taxpayer{Status: nic.Active, Type: "REG", EInvoiceEnabled: true, RegisteredOn: "2017-07-01"}
	violations := in.apply(&t)
	var given string
	set(in.GSTIN, &given)
	gstin, err := nic.ParseGSTIN(given)
	if err != nil {
		violations = append([]httpd.FieldError{field("gstin", "gstin-invalid", err.Error())}, violations...)
	}
	if len(violations) > 0 {
		return httpd.Reply{}, invalid(violations...)
	}
	t.GSTIN = string(gstin)
	if t.TradeName == "" {
		t.TradeName = t.LegalName
	}
	err = call.World.Store.Update(r.Context(), func(tx store.Tx) error { return tx.AddTaxpayer(t) })
	if errors.Is(err, store.ErrExists) {
		return httpd.Reply{}, exists("taxpayer "+t.GSTIN, "gstin")
	}
	return httpd.Reply{Status: http.StatusCreated, Location: base + "/taxpayers/" + t.GSTIN, Body: showTaxpayer(t)}, err
}

func changeTaxpayer(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[TaxpayerChange](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	if in.GSTIN != nil && strings.ToUpper(strings.TrimSpace(*in.GSTIN)) != gstinOf(r) {
		return httpd.Reply{}, invalid(field("gstin", "value-invalid", "cannot be changed"))
	}
	t, err := ChangeTaxpayer(r.Context(), call.World, gstinOf(r), in)
	return httpd.Reply{Body: showTaxpayer(t)}, err
}

// ChangeTaxpayer applies a change to a taxpayer of a world, all of it or, with a *httpd.Fail that
// names each refused field, nothing.
func ChangeTaxpayer(ctx context.Context, w *world.World, gstin string, change TaxpayerChange) (store.Taxpayer, error) {
	var t store.Taxpayer
	err := w.Store.Update(ctx, func(tx store.Tx) error {
		var err error
		if t, err = tx.Taxpayer(gstin); err != nil {
			return err
		}
		if violations := change.apply(&t); len(violations) > 0 {
			return invalid(violations...)
		}
		return tx.PutTaxpayer(t)
	})
	return t, known(err, "such taxpayer")
}

// known turns "no such record" into a 404.
func known(err error, what string) error {
	if errors.Is(err, store.ErrNotFound) {
		return notFound(what)
	}
	return err
}

func exists(what, name string) error {
	return &httpd.Fail{
		Status: http.StatusConflict, Code: "exists", Title: "Exists already",
		Detail: fmt.Sprintf("The %s exists already.", what),
		Fields: []httpd.FieldError{field(name, "exists", "is taken")},
	}
}
