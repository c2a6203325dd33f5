package invoice

import (
	"regexp"
	"slices"
	"strconv"
)

// The modes of transport and the type of vehicle that the rules ask for.
const (
	road            = "1"
	rail            = "2"
	air             = "3"
	ship            = "4"
	overDimensional = "O"
)

// transportRules are about how the goods move. Part A of an e-way bill is the transporter, Part B the
// vehicle or the transport document.
var transportRules = []Rule{
	{
		Name: "ewb-part-a", Code: "4027", Source: "VW",
		Says: "Part A alone needs the transporter's id, not its name only.",
		shipment: refuseTransport("TransId", "the transporter's id",
			func(s *Shipment) bool { return s.TransID == "" && s.TransName != "" && !s.partB() }),
	},
	{
		Name: "ewb-transporter", Code: "4018", Source: "VW", Says: "The transporter's id is registered.",
		shipment: func(s *Shipment, no refuse) {
			if id := s.TransID; id != "" {
				if _, known := s.facts.Taxpayers[id]; !known {
					no(s.transportAt+"TransId", "a registered GSTIN or TRANSIN")
				}
			}
		},
	},
	{
		Name: "ewb-mode", Code: "4028", Source: "VW",
		Says: "A vehicle or a transport document comes with the mode of transport.",
		shipment: refuseTransport("TransMode", oneOf(road, rail, air, ship),
			func(s *Shipment) bool { return s.TransMode == "" && (s.VehNo != "" || s.TransDocNo != "") }),
	},
	{
		Name: "ewb-vehicle-number", Code: "4011", Source: "VW", Says: "By road there is a vehicle's number.",
		shipment: refuseTransport("VehNo", "a vehicle's number",
			func(s *Shipment) bool { return s.TransMode == road && s.VehNo == "" }),
	},
	{
		Name: "ewb-vehicle-type", Code: "4022", Source: "VW", Says: "By road there is a type of vehicle.",
		shipment: refuseTransport("VehType", oneOf("R", overDimensional),
			func(s *Shipment) bool { return s.TransMode == road && s.VehType == "" }),
	},
	{
		Name: "ewb-vehicle-number-format", Code: "4014", Source: "VW",
		Says: "A vehicle's number is written as registrations are, KA01AB1234.",
		shipment: refuseTransport("VehNo", "a registration such as KA01AB1234",
			func(s *Shipment) bool { return s.VehNo != "" && !isVehicleNumber(s.VehNo) }),
	},
	{
		Name: "ewb-vehicle-type-value", Code: "4020", Source: "VW",
		Says: "The type of vehicle is R, regular, or O, over-dimensional cargo. In an invoice the schema sees to it with " +
			"5002.",
		shipment: refuseTransport("VehType", oneOf("R", overDimensional),
			func(s *Shipment) bool { return s.VehType != "" && !has(masters().VehicleTypes, s.VehType) }),
	},
	{
		Name: "ewb-over-dimensional", Code: "4024", Source: "VW", Says: "Over-dimensional cargo goes by road or ship.",
		shipment: refuseTransport("VehType", "R", func(s *Shipment) bool {
			return s.VehType == overDimensional && (s.TransMode == rail || s.TransMode == air)
		}),
	},
	{
		Name: "ewb-ship-vehicle-type", Code: "4039", Source: "VW",
		Says: "By ship the type of vehicle is over-dimensional cargo.",
		shipment: refuseTransport("VehType", overDimensional,
			func(s *Shipment) bool { return s.TransMode == ship && s.VehType != overDimensional }),
	},
	{
		Name: "ewb-ship-number", Code: "4040", Source: "VW",
		Says: "By ship there is a vehicle's number or that of a transport document.",
		shipment: refuseTransport("TransDocNo", "the number of the transport document",
			func(s *Shipment) bool { return s.TransMode == ship && s.VehNo == "" && s.TransDocNo == "" }),
	},
	{
		Name: "ewb-document-number", Code: "4012", Source: "VW",
		Says: "By rail and air there is the number of a transport document.",
		shipment: refuseTransport("TransDocNo", "the number of the transport document",
			func(s *Shipment) bool { return (s.TransMode == rail || s.TransMode == air) && s.TransDocNo == "" }),
	},
	{
		Name: "ewb-railway-receipt", Code: "4042",
		Source: "GSTN advisories of 04-10-2024 (parcels), 18-12-2024 (freight) and 23-12-2024 (leased wagons); NIC's " +
			"additional validations of 17-12-2024, in force from 01-01-2025",
		Says: "By rail the number is a parcel's: P, station code and 10 digits; freight's: F, station code and 9 digits; " +
			"or a leased wagon's: L and 9 digits.",
		shipment: refuseTransport("TransDocNo", "such as PNZM2020307306, FSJWT123456789 or L123456789",
			func(s *Shipment) bool {
				return s.TransMode == rail && s.TransDocNo != "" && !railwayReceipts.MatchString(s.TransDocNo)
			}),
	},
	{
		Name: "ewb-document-date", Code: "4023", Source: "VW",
		Says: "By rail and air there is the date of a transport document.",
		shipment: refuseTransport("TransDocDt", "dd/MM/yyyy",
			func(s *Shipment) bool { return (s.TransMode == rail || s.TransMode == air) && s.TransDocDt == "" }),
	},
	{
		Name: "ewb-document-date-format", Code: "4017", Source: "VW",
		Says: "The date of the transport document is a day, written dd/MM/yyyy.",
		shipment: func(s *Shipment, no refuse) {
			if v := s.TransDocDt; v != "" {
				if _, exists := day(v); !exists || !dateShape.MatchString(v) {
					no(s.transportAt+"TransDocDt", "dd/MM/yyyy")
				}
			}
		},
	},
	{
		Name: "ewb-document-date-future", Code: "4016", Source: "VW",
		Says: "The date of the transport document is not in the future.",
		shipment: func(s *Shipment, no refuse) {
			if at, exists := day(s.TransDocDt); exists && at.After(s.today) {
				no(s.transportAt+"TransDocDt", writeDay(s.today)+" or before")
			}
		},
	},
	{
		Name: "ewb-document-date-order", Code: "4021", Source: "VW",
		Says: "The date of the transport document is not before the invoice's.",
		shipment: func(s *Shipment, no refuse) {
			if at, exists := day(s.TransDocDt); exists && at.Before(s.date) {
				no(s.transportAt+"TransDocDt", s.DocDtls.Dt+" or after")
			}
		},
	},
}

// railwayReceipts are the numbers of railway receipts. Station codes have two to five letters. The 10 digits of a
// parcel may be written as in GSTN's advisory, PNZM2020-307306. NIC's own expression is not public; small letters
// are taken (SIM).
var railwayReceipts = regexp.MustCompile(`(?i)^(P[A-Z]{2,5}[0-9]{4}-?[0-9]{6}|F[A-Z]{2,5}[0-9]{9}|L[0-9]{9})$`)

// partB reports whether any field of Part B was sent.
func (t Transport) partB() bool {
	return t.TransMode != "" || t.VehNo != "" || t.VehType != "" || t.TransDocNo != "" || t.TransDocDt != ""
}

// maxKilometres is the longest distance between PIN codes without a known distance.
const maxKilometres = 4000

// distanceRules are about the distance that was sent; 0 asks for the system's. The distance may be a tenth more
// than the system's, and a tenth less, or down to 1 km if the system's is below 100.
var distanceRules = []Rule{
	{
		Name: "ewb-distance-abroad", Code: "4034", Source: "VW",
		Says: "The distance to or from a PIN code 999999 is sent.",
		shipment: refuseTransport("Distance", "kilometres",
			func(s *Shipment) bool { return s.wantsDistance() && s.abroad() }),
	},
	{
		Name: "ewb-distance-same-pin", Code: "4029", Source: "VW", Says: "The distance within one PIN code is sent.",
		shipment: refuseTransport("Distance", "1 to 100",
			func(s *Shipment) bool { return s.wantsDistance() && s.samePIN() && !s.abroad() }),
	},
	{
		Name: "ewb-distance-unknown", Code: "4030", Source: "VW",
		Says: "The distance between PIN codes that the system knows no road between is sent.",
		shipment: func(s *Shipment, no refuse) {
			if _, known := s.systemDistance(); s.wantsDistance() && !known && !s.abroad() {
				no(s.transportAt+"Distance", "kilometres", s.from().String(), s.to().String())
			}
		},
	},
	{
		Name: "ewb-distance-low", Code: "4013", Source: "VW",
		Says: "The distance is at most a tenth below the system's, where that is 100 km or more.",
		shipment: func(s *Shipment, no refuse) {
			if low, _ := s.distances(); !s.wantsDistance() && s.Distance.Int() < low {
				no(s.transportAt+"Distance", strconv.Itoa(low)+" or more")
			}
		},
	},
	{
		Name: "ewb-distance-high", Code: "4038", Source: "VW",
		Says: "The distance is at most a tenth above the system's, 100 km within a PIN code, 4000 km where the system " +
			"knows none.",
		shipment: func(s *Shipment, no refuse) {
			if _, high := s.distances(); s.Distance.Int() > high {
				no(s.transportAt+"Distance", strconv.Itoa(high)+" or less")
			}
		},
	},
}

func (s *Shipment) wantsDistance() bool { return s.Distance.Int() == 0 }

func (s *Shipment) samePIN() bool { return s.from().String() == s.to().String() }

func (s *Shipment) abroad() bool {
	return slices.Contains([]string{s.from().String(), s.to().String()}, noPIN)
}

func (s *Shipment) systemDistance() (km int, known bool) {
	return Distance(s.from().Int(), s.to().Int())
}

// distances are the shortest and the longest that may be sent.
func (s *Shipment) distances() (low, high int) {
	km, known := s.systemDistance()
	switch {
	case s.abroad() || !known:
		return 1, maxKilometres
	case s.samePIN():
		return 1, 100
	case km < 100:
		return 1, km + (km+9)/10
	}
	return km - km/10, km + km/10
}
