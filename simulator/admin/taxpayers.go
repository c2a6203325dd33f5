package admin

import (
	"cmp"
	"context"
	"errors"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
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

// Taxpayers returns the taxpayers of a world in the order in which they were added.
func Taxpayers(ctx context.Context, w *world.World, p Page) (page []Taxpayer, next string, err error) {
	return List(ctx, w, p, store.Reader.Taxpayers, func(t store.Taxpayer) string { return t.GSTIN },
		all(func(t store.Taxpayer) Taxpayer { return Taxpayer(t) }))
}

// ReadTaxpayer returns one taxpayer.
func ReadTaxpayer(ctx context.Context, w *world.World, gstin string) (Taxpayer, error) {
	t, err := view(ctx, w, func(r store.Reader) (store.Taxpayer, error) { return r.Taxpayer(normal(gstin)) })
	return Taxpayer(t), found(err, "such taxpayer")
}

// Address is a new principal place of business. A field that is nil is empty or, in a new taxpayer, made up.
type Address struct {
	Building *string `json:"building,omitzero"`
	Floor    *string `json:"floor,omitzero"`
	Street   *string `json:"street,omitzero"`
	Location *string `json:"location,omitzero"`
	Pincode  *string `json:"pincode,omitzero"`
}

func (a Address) apply(to *store.Address, violations *findings) {
	violations.text("address.building", a.Building, &to.Building)
	violations.text("address.floor", a.Floor, &to.Floor)
	violations.text("address.street", a.Street, &to.Street)
	violations.text("address.location", a.Location, &to.Location)
	violations.text("address.pincode", a.Pincode, &to.Pincode)
}

// TaxpayerChange is a new taxpayer, or a change to one. A nil field keeps its value or, in a new
// taxpayer, has its default.
type TaxpayerChange struct {
	GSTIN           *string  `json:"gstin"`
	LegalName       *string  `json:"legalName"`
	TradeName       *string  `json:"tradeName"`
	Status          *string  `json:"status"`
	TaxpayerType    *string  `json:"taxpayerType"`
	Mobile          *string  `json:"mobile"`
	Email           *string  `json:"email"`
	EInvoiceEnabled *bool    `json:"eInvoiceEnabled"`
	TransporterOnly *bool    `json:"transporterOnly"`
	EWayBillBlocked *bool    `json:"ewayBillBlocked"`
	AATOCrore       *float64 `json:"aatoCrore"`
	RegisteredOn    *string  `json:"registeredOn"`
	CancelledOn     *string  `json:"cancelledOn"`
	Address         *Address `json:"address"`
}

// TaxpayerTypes are the codes of NIC's master.
var TaxpayerTypes = []string{"REG", "SED", "CTP", "SEZ", "COM", "UIN", "ISD", "TDS", "TCS", "NRT"}

// TaxpayerStatuses are the states of a registration.
var TaxpayerStatuses = []string{nic.Active, nic.Cancelled, nic.Inactive, nic.Provisional, nic.Suspended}

func (c TaxpayerChange) apply(t *store.Taxpayer, violations *findings) {
	violations.needed("legalName", c.LegalName, &t.LegalName)
	violations.text("tradeName", c.TradeName, &t.TradeName)
	violations.oneOf("status", c.Status, &t.Status, TaxpayerStatuses)
	violations.oneOf("taxpayerType", c.TaxpayerType, &t.Type, TaxpayerTypes)
	violations.mobile(c.Mobile, &t.Mobile)
	violations.email(c.Email, &t.Email)
	set(c.EInvoiceEnabled, &t.EInvoiceEnabled)
	set(c.TransporterOnly, &t.TransporterOnly)
	set(c.EWayBillBlocked, &t.EWayBillBlocked)
	if set(c.AATOCrore, &t.AATOCrore); t.AATOCrore < 0 {
		violations.add("aatoCrore", "value-invalid", "must not be negative")
	}
	violations.day("registeredOn", c.RegisteredOn, &t.RegisteredOn)
	violations.day("cancelledOn", c.CancelledOn, &t.CancelledOn)
	if c.Address != nil {
		c.Address.apply(&t.Address, violations)
	}
}

// Add adds a taxpayer with any GSTIN of 15 digits or letters. What is not given is as in [invoice.Unseen]; the trade
// name is the legal name.
func (c TaxpayerChange) Add(tx store.Tx, _ *world.World) (Taxpayer, error) {
	var violations findings
	var given string
	var t store.Taxpayer
	set(c.GSTIN, &given)
	if gstin, err := nic.ParseAnyGSTIN(given); err != nil {
		violations.add("gstin", "gstin-invalid", nic.DetailOf(err))
	} else {
		t = invoice.Unseen(string(gstin))
	}
	t.LegalName, t.TradeName = "", ""
	c.apply(&t, &violations)
	if err := violations.refusal(); err != nil {
		return Taxpayer{}, err
	}
	t.TradeName = cmp.Or(t.TradeName, t.LegalName)
	return Taxpayer(t), free(tx.AddTaxpayer(t), "taxpayer "+t.GSTIN, "gstin")
}

// ChangeTaxpayer changes a taxpayer. The GSTIN itself cannot be changed.
func ChangeTaxpayer(ctx context.Context, w *world.World, gstin string, c TaxpayerChange) (Taxpayer, error) {
	return run(ctx, w, func(tx store.Tx, w *world.World) (Taxpayer, error) {
		t, err := tx.Taxpayer(normal(gstin))
		if err != nil {
			return Taxpayer{}, found(err, "such taxpayer")
		}
		before := t
		var violations findings
		violations.fixed("gstin", normalised(c.GSTIN), t.GSTIN)
		if c.Address != nil {
			t.Address = store.Address{}
		}
		c.apply(&t, &violations)
		if err := violations.refusal(); err != nil {
			return Taxpayer{}, err
		}
		return Taxpayer(t), errors.Join(tx.PutTaxpayer(t), portal.EndOfTaxpayer(tx, before, t, w.Clock.Now()))
	})
}

// DeleteTaxpayer deletes a taxpayer that has no login and no API user. Its invoices stay.
func DeleteTaxpayer(ctx context.Context, w *world.World, gstin string) error {
	gstin = normal(gstin)
	return w.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.Taxpayer(gstin); err != nil {
			return found(err, "such taxpayer")
		}
		users, err := apiUsersIn(func(env nic.Environment) ([]store.APIUser, error) {
			return tx.APIUsersOf(env, gstin)
		})
		if err != nil {
			return err
		}
		switch login, err := tx.PortalUserOf(gstin); {
		case err == nil:
			users = append(users, "the login "+login.Username)
		case !store.IsMissing(err):
			return err
		}
		if err := unused("taxpayer", users); err != nil {
			return err
		}
		return tx.DeleteTaxpayer(gstin)
	})
}
