package admin

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// InvoiceChange is an invoice that another IRP (Invoice Registration Portal) registered. NIC's portals know of it only
// that its number is taken.
type InvoiceChange struct {
	Environment    *string    `json:"environment"`
	IRP            *string    `json:"irp"` // the code of the other IRP
	SellerGSTIN    *string    `json:"sellerGstin"`
	BuyerGSTIN     *string    `json:"buyerGstin"` // may be left out
	DocumentType   *string    `json:"documentType"`
	DocumentNumber *string    `json:"documentNumber"`
	DocumentDate   *string    `json:"documentDate"` // dd/MM/yyyy
	AckDate        *time.Time `json:"ackDate"`      // when it was registered; nil: now
}

// DocumentTypes are the types of a document.
var DocumentTypes = []string{"INV", "CRN", "DBN"}

// longestNumber is the number of characters that a document number may have.
const longestNumber = 16

var irpCode = regexp.MustCompile(`^[A-Z0-9_]{1,20}$`)

// Add adds the registration by another IRP. An invoice that is registered at NIC is rejected by it.
func (c InvoiceChange) Add(tx store.Tx, w *world.World) (Invoice, error) {
	v, err := c.invoice(w)
	if err != nil {
		return Invoice{}, err
	}
	before, err := tx.Invoice(v.Environment, v.IRN)
	switch {
	case store.IsMissing(err):
		err = tx.AddInvoice(v)
	case err != nil:
	case AtNIC(before) && before.RejectedAt.IsZero():
		before.RejectedAt, before.RejectedFor = w.Clock.Now(), v.IRP
		v, err = before, tx.PutInvoice(before)
	default:
		err = store.ErrExists
	}
	if err != nil {
		return Invoice{}, free(err, "registration of this document at another IRP", "documentNumber")
	}
	return invoiceOf(tx, v)
}

// invoice returns the record.
func (c InvoiceChange) invoice(w *world.World) (store.Invoice, error) {
	var violations findings
	var environment string
	set(c.Environment, &environment)
	env, err := Environment(environment)
	if err != nil {
		violations.add("environment", "environment-invalid", environmentRule)
	}
	v := store.Invoice{Environment: env, Status: nic.InvoiceActive, AckDt: w.Clock.Now().Truncate(time.Second)}
	set(c.AckDate, &v.AckDt)
	violations.otherIRP(c.IRP, &v.IRP)
	violations.party("sellerGstin", c.SellerGSTIN, &v.SellerGSTIN)
	if c.BuyerGSTIN != nil && *c.BuyerGSTIN != "" {
		violations.party("buyerGstin", c.BuyerGSTIN, &v.BuyerGSTIN)
	}
	d := &v.Document
	if violations.needed("documentType", c.DocumentType, &d.Type); d.Type != "" {
		violations.oneOf("documentType", &d.Type, &d.Type, DocumentTypes)
	}
	if violations.needed("documentNumber", c.DocumentNumber, &d.Number); utf8.RuneCountInString(d.Number) > longestNumber {
		violations.add("documentNumber", "value-invalid", "must have at most 16 characters")
	}
	violations.needed("documentDate", c.DocumentDate, &d.Date)
	date, err := time.ParseInLocation("02/01/2006", d.Date, nic.IST)
	if err != nil && d.Date != "" {
		violations.add("documentDate", "value-invalid", "must be a date such as 31/12/2026")
	}
	if err := violations.refusal(); err != nil {
		return v, err
	}
	d.GSTIN, d.Number = v.SellerGSTIN, invoice.NumberInIRN(d.Number, w.Book(env))
	v.IRN = nic.IRN(v.SellerGSTIN, nic.FinancialYear(date), d.Type, d.Number)
	return v, nil
}

// IRN returns the IRN of the document, or the refusal with which Add answers.
func (c InvoiceChange) IRN(w *world.World) (string, error) {
	v, err := c.invoice(w)
	return v.IRN, err
}

// otherIRP sets the code of an IRP that is not NIC's.
func (f *findings) otherIRP(given, target *string) {
	set(given, target)
	*target = strings.ToUpper(strings.TrimSpace(*target))
	switch {
	case *target == "":
		f.add("irp", "value-missing", "must not be empty")
	case *target == nic.NIC1, *target == nic.NIC2:
		f.add("irp", "value-invalid", "must be another IRP than NIC's; register at NIC1 and NIC2 through the e-Invoice API")
	case !irpCode.MatchString(*target):
		f.add("irp", "value-invalid", "must have 1 to 20 letters, digits or _, such as CYGNET")
	}
}

// party sets the GSTIN of a party, who need not be a taxpayer of the world.
func (f *findings) party(field string, given, target *string) {
	set(given, target)
	gstin, err := nic.ParseAnyGSTIN(*target)
	if err != nil {
		f.add(field, "gstin-invalid", err.Error())
		return
	}
	*target = string(gstin)
}

// AtNIC reports whether an invoice was registered at one of NIC's portals.
func AtNIC(v store.Invoice) bool { return slices.Contains([]string{"", nic.NIC1, nic.NIC2}, v.IRP) }

// DeleteInvoice deletes an invoice that another IRP registered, by its environment and IRN.
func DeleteInvoice(ctx context.Context, w *world.World, id string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		v, err := tx.Invoice(cutID(strings.ToLower(id)))
		if err != nil {
			return found(err, "such invoice")
		}
		if AtNIC(v) {
			return &Refusal{Kind: InUse, Detail: "The invoice is registered at NIC. It can be cancelled, not deleted."}
		}
		return tx.DeleteInvoice(v.Environment, v.IRN)
	})
}
