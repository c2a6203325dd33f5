package admin

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Taxpayer is a taxpayer of a world. Its fields are those of [store.Taxpayer], so that one converts to
// the other.
type Taxpayer struct {
	GSTIN           string        `json:"gstin"`
	LegalName       string        `json:"legalName"`
	TradeName       string        `json:"tradeName"`
	Status          string        `json:"status"`
	Type            string        `json:"taxpayerType"`
	Mobile          string        `json:"mobile"`
	Email           string        `json:"email"`
	EInvoiceEnabled bool          `json:"eInvoiceEnabled"`
	TransporterOnly bool          `json:"transporterOnly"`
	EWayBillBlocked bool          `json:"ewayBillBlocked"` // for not filing returns
	AATOCrore       float64       `json:"aatoCrore"`       // aggregate annual turnover
	RegisteredOn    string        `json:"registeredOn"`
	CancelledOn     string        `json:"cancelledOn,omitempty"`
	DummyOf         string        `json:"dummyOf,omitempty"` // PAN of the GST Suvidha Provider
	Address         store.Address `json:"address"`
}

// Taxpayers returns the taxpayers of a world by GSTIN.
func Taxpayers(ctx context.Context, w *world.World) ([]Taxpayer, error) {
	return list(ctx, w, store.Reader.Taxpayers, func(t store.Taxpayer) Taxpayer { return Taxpayer(t) })
}

// ReadTaxpayer returns one taxpayer.
func ReadTaxpayer(ctx context.Context, w *world.World, gstin string) (Taxpayer, error) {
	t, err := view(ctx, w, func(r store.Reader) (store.Taxpayer, error) { return r.Taxpayer(normal(gstin)) })
	return Taxpayer(t), found(err, "such taxpayer")
}

// normal is a GSTIN as it is kept.
func normal(gstin string) string { return strings.ToUpper(strings.TrimSpace(gstin)) }

// TaxpayerChange is a new taxpayer, or a change to one. A nil field keeps its value or, in a new
// taxpayer, has its default.
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

// TaxpayerStatuses are the states of a registration.
var TaxpayerStatuses = []string{nic.Active, nic.Cancelled, nic.Inactive, nic.Provisional, nic.Suspended}

// apply changes t and returns a violation for each field that cannot be used.
func (c TaxpayerChange) apply(t *store.Taxpayer) []Violation {
	var violations []Violation
	refuse := func(field, code, message string) {
		violations = append(violations, Violation{field, code, message})
	}
	oneOf := func(field string, given *string, target *string, allowed []string) {
		if given == nil {
			return
		}
		if *target = strings.ToUpper(*given); !slices.Contains(allowed, *target) {
			refuse(field, "value-invalid", "must be one of "+strings.Join(allowed, ", "))
		}
	}
	contact := func(field, message string, given *string, target *string, normalise func(string) (string, bool)) {
		if given == nil {
			return
		}
		value, ok := normalise(*given)
		if !ok && strings.TrimSpace(*given) != "" { // a blank one is a record without it
			refuse(field, field+"-invalid", message)
		}
		*target = value
	}
	day := func(field string, given *string, target *string) {
		set(given, target)
		if _, err := time.Parse(time.DateOnly, *target); err != nil && *target != "" {
			refuse(field, "value-invalid", "must be a day such as 2017-07-01, or empty")
		}
	}
	set(c.LegalName, &t.LegalName)
	set(c.TradeName, &t.TradeName)
	if strings.TrimSpace(t.LegalName) == "" {
		refuse("legalName", "value-missing", "must not be empty")
	}
	oneOf("status", c.Status, &t.Status, TaxpayerStatuses)
	oneOf("taxpayerType", c.TaxpayerType, &t.Type, taxpayerTypes)
	contact("mobile", "must be ten digits, the first 6 to 9, or empty", c.Mobile, &t.Mobile, nic.NormaliseMobile)
	contact("email", "must be an e-mail address, or empty", c.Email, &t.Email, nic.NormaliseEmail)
	set(c.EInvoiceEnabled, &t.EInvoiceEnabled)
	set(c.TransporterOnly, &t.TransporterOnly)
	set(c.EWayBillBlocked, &t.EWayBillBlocked)
	if set(c.AATOCrore, &t.AATOCrore); t.AATOCrore < 0 {
		refuse("aatoCrore", "value-invalid", "must not be negative")
	}
	day("registeredOn", c.RegisteredOn, &t.RegisteredOn)
	day("cancelledOn", c.CancelledOn, &t.CancelledOn)
	set(c.Address, &t.Address)
	return violations
}

// AddTaxpayer adds a taxpayer to a world. What is not given is as in [invoice.Synthetic]; the trade name is
// the legal name.
func AddTaxpayer(ctx context.Context, w *world.World, c TaxpayerChange) (Taxpayer, error) {
	var given string
	set(c.GSTIN, &given)
	gstin, err := nic.ParseGSTIN(given)
	var violations []Violation
	if err != nil {
		violations = append(violations, Violation{"gstin", "gstin-invalid", err.Error()})
	}
	t, _ := invoice.Synthetic(string(gstin))
	t.LegalName, t.TradeName = "", ""
	made := t.Address
	if violations = append(violations, c.apply(&t)...); len(violations) > 0 {
		return Taxpayer{}, Refuse(violations...)
	}
	if t.TradeName == "" {
		t.TradeName = t.LegalName
	}
	a := t.Address
	t.Address = store.Address{
		Building: cmp.Or(a.Building, made.Building), Floor: cmp.Or(a.Floor, made.Floor),
		Street: cmp.Or(a.Street, made.Street), Location: cmp.Or(a.Location, made.Location),
		Pincode: cmp.Or(a.Pincode, made.Pincode),
	}
	err = w.Store.Update(ctx, func(tx store.Tx) error { return tx.AddTaxpayer(t) })
	if errors.Is(err, store.ErrExists) {
		err = exists("taxpayer "+t.GSTIN, "gstin")
	}
	return Taxpayer(t), err
}

// ChangeTaxpayer changes a taxpayer. The GSTIN itself cannot be changed.
func ChangeTaxpayer(ctx context.Context, w *world.World, gstin string, c TaxpayerChange) (Taxpayer, error) {
	gstin = normal(gstin)
	if c.GSTIN != nil && normal(*c.GSTIN) != gstin {
		return Taxpayer{}, refuse("gstin", "value-invalid", "cannot be changed")
	}
	var t store.Taxpayer
	err := w.Store.Update(ctx, func(tx store.Tx) (err error) {
		if t, err = tx.Taxpayer(gstin); err != nil {
			return err
		}
		if violations := c.apply(&t); len(violations) > 0 {
			return Refuse(violations...)
		}
		return tx.PutTaxpayer(t)
	})
	return Taxpayer(t), found(err, "such taxpayer")
}
