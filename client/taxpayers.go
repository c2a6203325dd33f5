package client

import (
	"context"
	"encoding/json"
)

// Taxpayer is the holder of a GSTIN in a world.
type Taxpayer struct {
	GSTIN           string  `json:"gstin"`
	LegalName       string  `json:"legalName"`
	TradeName       string  `json:"tradeName,omitempty"`
	Status          string  `json:"status,omitempty"` // ACTIVE, CANCELLED, INACTIVE, PROVISIONAL, SUSPENDED
	TaxpayerType    string  `json:"taxpayerType,omitempty"`
	Mobile          string  `json:"mobile"`
	Email           string  `json:"email"`
	EInvoiceEnabled bool    `json:"eInvoiceEnabled"`
	TransporterOnly bool    `json:"transporterOnly,omitempty"`
	AATOCrore       float64 `json:"aatoCrore,omitempty"`    // annual turnover, crore rupees
	RegisteredOn    string  `json:"registeredOn,omitempty"` // dates, as the simulator writes them
	CancelledOn     string  `json:"cancelledOn,omitempty"`
	DummyOf         string  `json:"dummyOf,omitempty"` // the GSP whose dummy GSTIN this is
	// Address is passed on as it is: the contract names no members of it.
	Address json.RawMessage `json:"address,omitempty"`
}

// TaxpayerChange is what PatchTaxpayer changes; nil leaves a member as it is.
type TaxpayerChange struct {
	LegalName       *string  `json:"legalName,omitempty"`
	TradeName       *string  `json:"tradeName,omitempty"`
	Status          *string  `json:"status,omitempty"`
	TaxpayerType    *string  `json:"taxpayerType,omitempty"`
	Mobile          *string  `json:"mobile,omitempty"`
	Email           *string  `json:"email,omitempty"`
	EInvoiceEnabled *bool    `json:"eInvoiceEnabled,omitempty"`
	TransporterOnly *bool    `json:"transporterOnly,omitempty"`
	EWayBillBlocked *bool    `json:"ewayBillBlocked,omitempty"` // for not filing returns
	AATOCrore       *float64 `json:"aatoCrore,omitempty"`
	RegisteredOn    *string  `json:"registeredOn,omitempty"`
	CancelledOn     *string  `json:"cancelledOn,omitempty"`
}

const taxpayersPath = controlPath + "taxpayers"

// Taxpayers lists the world's taxpayers.
func (c *Control) Taxpayers(ctx context.Context) ([]Taxpayer, error) {
	return pages[Taxpayer](ctx, c.connection, get(taxpayersPath, "taxpayers"), 0)
}

// Taxpayer reads one taxpayer.
func (c *Control) Taxpayer(ctx context.Context, gstin string) (Taxpayer, error) {
	return read[Taxpayer](ctx, c.connection, get(item(taxpayersPath, gstin), "gstin"))
}

// AddTaxpayer adds a taxpayer to the world.
func (c *Control) AddTaxpayer(ctx context.Context, t Taxpayer) error {
	return c.add(ctx, taxpayersPath, t)
}

// PatchTaxpayer changes a taxpayer.
func (c *Control) PatchTaxpayer(ctx context.Context, gstin string, change TaxpayerChange) error {
	return c.patch(ctx, item(taxpayersPath, gstin), change)
}

// DeleteTaxpayer deletes a taxpayer that has no login and no API user.
func (c *Control) DeleteTaxpayer(ctx context.Context, gstin string) error {
	return c.remove(ctx, item(taxpayersPath, gstin))
}
