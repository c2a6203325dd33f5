package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// APIUserRecord is a user of the e-Invoice API, as control makes and lists it. Lists leave the password out.
type APIUserRecord struct {
	Environment         string    `json:"environment"` // EnvironmentSandbox or EnvironmentProduction
	Username            string    `json:"username"`
	Password            string    `json:"password,omitempty"`
	GSTIN               string    `json:"gstin"`
	ClientID            string    `json:"clientId"`
	RegistrationThrough string    `json:"registrationThrough,omitempty"`
	CompanyName         string    `json:"companyName,omitempty"` // only read: that of the provider
	Frozen              bool      `json:"frozen,omitempty"`
	CreatedAt           time.Time `json:"createdAt,omitzero"` // only read
}

// RecordFilter narrows a list of API users or invoices; the zero value takes the newest of both environments.
type RecordFilter struct {
	Environment string
	GSTIN       string // of the user, or of a party of the invoice
	Status      string // ACTIVE or FROZEN; InvoiceActive or InvoiceCancelled
	Since       time.Time
	Limit       int // newest so many; 0: one page, of which the simulator decides how long it is
}

func (f RecordFilter) query() url.Values {
	query := url.Values{}
	setIfGiven(query, "environment", f.Environment)
	setIfGiven(query, "gstin", f.GSTIN)
	setIfGiven(query, "status", f.Status)
	if !f.Since.IsZero() {
		query.Set("since", f.Since.Format(time.RFC3339Nano))
	}
	return query
}

// chosen reads what a filter chooses from a list.
func chosen[T any](ctx context.Context, c *connection, k call, f RecordFilter) ([]T, error) {
	k.query = f.query()
	if f.Limit == 0 {
		return member[[]T](ctx, c, k)
	}
	return pages[T](ctx, c, k, f.Limit)
}

const (
	apiUsersPath = controlPath + "api-users"
	invoicesPath = controlPath + "invoices"
)

// APIUsers lists the API users, the newest first.
func (c *Control) APIUsers(ctx context.Context, f RecordFilter) ([]APIUserRecord, error) {
	k := get(apiUsersPath, "apiUsers")
	return chosen[APIUserRecord](ctx, c.connection, k, f)
}

// APIUser reads one API user.
func (c *Control) APIUser(ctx context.Context, environment, username string) (APIUserRecord, error) {
	return read[APIUserRecord](ctx, c.connection, get(item(apiUsersPath, environment, username), "username"))
}

// AddAPIUser makes an API user at once, with any password and without an OTP.
func (c *Control) AddAPIUser(ctx context.Context, u APIUserRecord) error {
	return c.add(ctx, apiUsersPath, u)
}

// PatchAPIUser changes the members that are given.
func (c *Control) PatchAPIUser(ctx context.Context, environment, username string, change Members) error {
	return c.patch(ctx, item(apiUsersPath, environment, username), change)
}

// DeleteAPIUser deletes an API user and its token.
func (c *Control) DeleteAPIUser(ctx context.Context, environment, username string) error {
	return c.remove(ctx, item(apiUsersPath, environment, username))
}

// RegisteredInvoice is what control knows of an invoice that the API registered.
type RegisteredInvoice struct {
	Environment    string      `json:"environment"`
	IRN            string      `json:"irn"`
	IRP            string      `json:"irp"`    // where it was registered: NIC1, NIC2 or the code of another IRP
	Status         string      `json:"status"` // InvoiceActive or InvoiceCancelled
	SellerGSTIN    string      `json:"sellerGstin"`
	BuyerGSTIN     string      `json:"buyerGstin"`
	ClientID       string      `json:"clientId"` // of the caller that registered it
	Username       string      `json:"username"`
	DocumentType   string      `json:"documentType"`
	DocumentNumber string      `json:"documentNumber"`
	DocumentDate   string      `json:"documentDate"` // dd/MM/yyyy
	AckNo          int64       `json:"ackNo"`
	AckDate        time.Time   `json:"ackDate"`
	TotalValue     json.Number `json:"totalValue"`
	CancelledAt    time.Time   `json:"cancelledAt"` // zero until then
	CancelReason   string      `json:"cancelReason"`
	CancelRemarks  string      `json:"cancelRemarks"`
	RejectedAt     time.Time   `json:"rejectedAt"`  // zero unless another IRP had registered the number before
	RejectedFor    string      `json:"rejectedFor"` // the code of that IRP
	EWayBills      []struct {
		Number int64  `json:"number"`
		Status string `json:"status"`
	} `json:"ewayBills"`
	Payload json.RawMessage `json:"payload"` // of one invoice: the JSON inside its signed copy
}

// Invoices lists the registered invoices, the newest first.
func (c *Control) Invoices(ctx context.Context, f RecordFilter) ([]RegisteredInvoice, error) {
	k := get(invoicesPath, "invoices")
	return chosen[RegisteredInvoice](ctx, c.connection, k, f)
}

// RegisteredInvoice reads one invoice with its payload.
func (c *Control) RegisteredInvoice(ctx context.Context, environment, irn string) (RegisteredInvoice, error) {
	return read[RegisteredInvoice](ctx, c.connection, get(item(invoicesPath, environment, irn), "irn"))
}

// OtherIRPInvoice is a document that another IRP registered.
type OtherIRPInvoice struct {
	Environment    string    `json:"environment"`
	IRP            string    `json:"irp"` // a code, as in CYGNET; not NIC1 or NIC2
	SellerGSTIN    string    `json:"sellerGstin"`
	BuyerGSTIN     string    `json:"buyerGstin,omitempty"`
	DocumentType   string    `json:"documentType"` // INV, CRN or DBN
	DocumentNumber string    `json:"documentNumber"`
	DocumentDate   string    `json:"documentDate"`     // dd/MM/yyyy
	AckDate        time.Time `json:"ackDate,omitzero"` // zero: now
}

// AddInvoice has another IRP register a document, so that its number is taken at NIC (2295). An invoice that is
// registered at NIC already becomes one of the rejected IRNs. Either is returned.
func (c *Control) AddInvoice(ctx context.Context, i OtherIRPInvoice) (RegisteredInvoice, error) {
	return read[RegisteredInvoice](ctx, c.connection, post(invoicesPath, i, http.StatusCreated, "irn"))
}

// DeleteInvoice deletes a document that another IRP registered.
func (c *Control) DeleteInvoice(ctx context.Context, environment, irn string) error {
	return c.remove(ctx, item(invoicesPath, environment, irn))
}
