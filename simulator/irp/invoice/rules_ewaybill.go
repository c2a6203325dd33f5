package invoice

import (
	"regexp"
	"strconv"
	"strings"
)

// shipmentRules decide whether an e-way bill is made.
var shipmentRules = withHistories(ewayBillRules, transportRules, distanceRules)

// ewayBillRules are about the goods, the parties and the places of a shipment, after the question whether an e-way bill
// was meant at all.
var ewayBillRules = []Rule{
	{
		Name: "ewb-something-sent", Code: "4019", Source: "VW; alone in NIC's recorded answers of 2021 to 2023",
		Says: "A request with the distance alone needs the transporter's id, for Part A. Without it nothing else is checked.",
		Ends: true,
		shipment: refuseTransport("TransId", "the transporter's id",
			func(s *Shipment) bool { return s.TransID == "" && s.TransName == "" && !s.partB() }),
	},
	{
		Name: "ewb-document", Code: "4010", Source: "VW",
		Says:     "Only goods of an invoice get an e-way bill; notes do not.",
		shipment: refuseAt("DocDtls.Typ", "INV", func(s *Shipment) bool { return s.DocDtls.Typ != "INV" }),
	},
	{
		Name: "ewb-goods", Code: "4009", Source: "VW", Says: "At least one line is goods.",
		shipment: refuseAt("ItemList", "a line whose HSN does not begin with 99",
			func(s *Shipment) bool { return (&Case{Document: s.Document}).allServices() }),
	},
	{
		Name: "ewb-age", Code: "4043", Source: "VW; e-way bill rules",
		Says: "The document is not older than a number of days.",
		shipment: func(s *Shipment, no refuse) {
			days := s.figures.EWayBillMaxAgeDays
			if oldest := s.today.AddDate(0, 0, -days); !s.date.IsZero() && s.date.Before(oldest) {
				no("DocDtls.Dt", writeDay(oldest)+" or after", strconv.Itoa(days))
			}
		},
	},
	{
		Name: "ewb-not-blocked", Code: "4015", Source: "VW",
		Says: "Neither supplier nor recipient is blocked for returns that were not filed.",
		shipment: func(s *Shipment, no refuse) {
			s.refuseBlocked("SellerDtls.Gstin", s.SellerDtls.Gstin, no)
			s.refuseBlocked("BuyerDtls.Gstin", s.BuyerDtls.Gstin, no)
		},
	},
	{
		Name: "ewb-export-ship-to", Code: "4031", Source: "VW",
		Says: "Goods of an export are shipped to a port in India, given as ship-to.",
		shipment: func(s *Shipment, no refuse) {
			if s.export() && s.ShipTo == nil {
				no(s.shipToAt, "the port in India")
			}
		},
	},
	{
		Name: "ewb-ship-to-state", Code: "4032", Source: "VW", Says: "Ship-to is in India.",
		shipment: func(s *Shipment, no refuse) {
			if s.ShipTo != nil && s.ShipTo.Stcd == foreign {
				no(s.shipToAt+".Stcd", "a state in India")
			}
		},
	},
	{
		Name: "ewb-ship-to-pin", Code: "4033", Source: "VW", Says: "The PIN code of ship-to is one in India.",
		shipment: func(s *Shipment, no refuse) {
			if s.ShipTo != nil && s.ShipTo.Pin.String() == noPIN {
				no(s.shipToAt+".Pin", "a PIN code in India")
			}
		},
	},
	{
		Name: "ewb-dispatch-state", Code: "4035", Source: "VW", Says: "Dispatch-from is in India.",
		shipment: refuseAt("DispDtls.Stcd", "a state in India",
			func(s *Shipment) bool { return s.Dispatch != nil && s.Dispatch.Stcd == foreign }),
	},
	{
		Name: "ewb-dispatch-pin", Code: "4036", Source: "VW", Says: "The PIN code of dispatch-from is one in India.",
		shipment: refuseAt("DispDtls.Pin", "a PIN code in India",
			func(s *Shipment) bool { return s.Dispatch != nil && s.Dispatch.Pin.String() == noPIN }),
	},
	{
		Name: "ewb-ship-to-gstin-differs", Code: "4073", Source: "seen on the sandbox in 2026",
		Says: "Recipient and ship-to have different GSTINs.",
		shipment: func(s *Shipment, no refuse) {
			if s.ShipTo != nil && s.ShipTo.Gstin != "" && s.ShipTo.Gstin != unregistered && s.ShipTo.Gstin == s.BuyerDtls.Gstin {
				no(s.shipToAt+".Gstin", "another GSTIN than the recipient's, or URP")
			}
		},
	},
}

func (s *Shipment) refuseBlocked(path, gstin string, no refuse) {
	if s.facts.Taxpayers[gstin].EWayBillBlocked {
		no(path, "a GSTIN that is not blocked", gstin)
	}
}

// vehicleNumbers are the forms of a vehicle's number in an e-way bill, without blanks: state,
// district, series and number; the older form without a district; Bharat series; and those of the
// forces (DF), temporary registrations (TR), Bhutan (BP) and Nepal (NP). NIC's own expression is not
// public (SIM).
var vehicleNumbers = regexp.MustCompile(`^([A-Z]{2}\d{1,3}[A-Z]{0,3}\d{4}|[A-Z]{3}\d{4}|\d\dBH\d{4}[A-Z]{1,2}|(DF|TR|BP|NP)[A-Z0-9]{4,13})$`)

func isVehicleNumber(s string) bool { return vehicleNumbers.MatchString(strings.ToUpper(s)) }
