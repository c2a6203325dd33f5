package irp

import (
	"context"
	"strconv"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// Taxpayer is the answer to GSTIN details.
type Taxpayer struct {
	Gstin     string  `json:"Gstin"`
	TradeName string  `json:"TradeName"`
	LegalName string  `json:"LegalName"`
	AddrBnm   string  `json:"AddrBnm"`
	AddrBno   string  `json:"AddrBno"`
	AddrFlno  string  `json:"AddrFlno"`
	AddrSt    string  `json:"AddrSt"`
	AddrLoc   string  `json:"AddrLoc"`
	StateCode int     `json:"StateCode"`
	AddrPncd  int     `json:"AddrPncd"`
	TxpType   string  `json:"TxpType"`
	Status    string  `json:"Status"`
	BlkStatus string  `json:"BlkStatus"`
	DtReg     *string `json:"DtReg"`
	DtDReg    *string `json:"DtDReg"`
}

// statusCodes are NIC's three letters for a registration's state.
var statusCodes = map[string]string{
	store.Active: "ACT", store.Cancelled: "CNL", store.Inactive: "INA", store.Provisional: "PRO", store.Suspended: "SUS",
}

// Taxpayer reads the details of any GSTIN.
func (i IRP) Taxpayer(ctx context.Context, _ Session, gstin string) (Taxpayer, error) {
	if _, err := nic.ParseGSTIN(gstin); err != nil {
		if _, err := nic.ParseDummyGSTIN(gstin); err != nil {
			return Taxpayer{}, refuse("3030")
		}
	}
	t, ok, err := i.lookup(ctx, gstin)
	if err != nil {
		return Taxpayer{}, err
	}
	if !ok {
		return Taxpayer{}, refuse("3001")
	}
	state, _ := strconv.Atoi(nic.GSTIN(gstin).StateCode()) // two digits: the shape was checked
	pin, _ := strconv.Atoi(t.Address.Pincode)              // 0 when unknown, as NIC writes it
	return Taxpayer{
		Gstin: t.GSTIN, TradeName: t.TradeName, LegalName: t.LegalName,
		AddrBnm: t.Address.Building, AddrFlno: t.Address.Floor, AddrSt: t.Address.Street, AddrLoc: t.Address.Location,
		StateCode: state, AddrPncd: pin, TxpType: t.Type, Status: statusCodes[t.Status], BlkStatus: "U",
		DtReg: text(t.RegisteredOn), DtDReg: text(t.CancelledOn),
	}, nil
}

// lookup finds a taxpayer of the world; dummies are the sandbox's alone.
func (i IRP) lookup(ctx context.Context, gstin string) (store.Taxpayer, bool, error) {
	var t store.Taxpayer
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		t, err = r.Taxpayer(gstin)
		return err
	})
	if missing(err) || err == nil && t.DummyOf != "" && i.env != store.Sandbox {
		return store.Taxpayer{}, false, nil
	}
	return t, err == nil, err
}
