package invoice

import "slices"

// pinRules are about PIN codes. 999999 means a place outside India, and is accepted for a place in
// Other Territory, 97, as well (V22).
var pinRules = []Rule{
	{
		Name: "recipient-pin", Code: "2244", Source: "E",
		Says: "The recipient of a supply has a PIN code, unless the supply is an export.",
		check: refuseAt("BuyerDtls.Pin", "a PIN code",
			func(c *Case) bool { return !c.export() && !c.BuyerDtls.Pin.Sent() }, (*Case).supply),
	},
	{
		Name: "recipient-pin-in-india", Code: "2274", Source: "E, V22",
		Says: "The recipient's PIN code is not 999999, unless the supply is an export.",
		check: refuseAt("BuyerDtls.Pin", "a PIN code in India", func(c *Case) bool {
			return !c.export() && isForeignPIN(c.BuyerDtls.Pin, c.BuyerDtls.Stcd)
		}, (*Case).supply),
	},
	{
		Name: "supplier-pin-in-india", Code: "2276", Source: "E, V22", Says: "The supplier's PIN code is not 999999.",
		check: refuseAt("SellerDtls.Pin", "a PIN code in India",
			func(c *Case) bool { return isForeignPIN(c.SellerDtls.Pin, c.SellerDtls.Stcd) }),
	},
	{
		Name: "dispatch-pin-in-india", Code: "2273", Source: "E, V22",
		Says: "The PIN code of dispatch-from is not 999999.",
		check: refuseAt("DispDtls.Pin", "a PIN code in India",
			func(c *Case) bool { return c.DispDtls != nil && isForeignPIN(c.DispDtls.Pin, c.DispDtls.Stcd) }),
	},
	{
		Name: "ship-to-pin-in-india", Code: "2272", Source: "E, V22",
		Says: "The PIN code of ship-to is not 999999, unless the supply is an export.",
		check: func(c *Case, no refuse) {
			if s := c.ShipDtls; s != nil && !c.export() && isForeignPIN(s.Pin, s.Stcd) {
				no("ShipDtls.Pin", "a PIN code in India")
			}
		},
	},
	{
		Name: "export-recipient-pin", Code: "2275", Source: "E",
		Says: "The PIN code of an export's recipient, if there is one, is 999999.",
		check: refuseAt("BuyerDtls.Pin", noPIN,
			func(c *Case) bool { return c.export() && c.BuyerDtls.Pin.Sent() && c.BuyerDtls.Pin.String() != noPIN }),
	},
	{
		Name: "pin-exists", Code: "3038", Source: "V24",
		Says: "The first three digits of PIN codes of supplier, recipient and dispatch-from belong to a state.",
		check: func(c *Case, no refuse) {
			for _, a := range c.addresses() {
				if a.unknownPIN() {
					no(a.path, "a PIN code", a.who, a.pin.String())
				}
			}
		},
	},
	{
		Name: "pin-of-state", Code: "3039", Source: "V24",
		Says: "PIN codes of supplier, recipient and dispatch-from lie in their states.",
		check: func(c *Case, no refuse) {
			for _, a := range c.addresses() {
				if a.pinElsewhere() {
					no(a.path, "a PIN code in state "+a.state, a.who, a.pin.String(), a.state)
				}
			}
		},
	},
	{
		Name: "ship-to-pin-exists", Code: "3040", Source: "V24",
		Says: "The first three digits of the PIN code of ship-to belong to a state.",
		check: func(c *Case, no refuse) {
			if a := c.shipToAddress(); a.unknownPIN() {
				no(a.path, "a PIN code", a.pin.String())
			}
		},
	},
	{
		Name: "ship-to-pin-of-state", Code: "3041", Source: "V24", Says: "The PIN code of ship-to lies in its state.",
		check: func(c *Case, no refuse) {
			if a := c.shipToAddress(); a.pinElsewhere() {
				no(a.path, "a PIN code in state "+a.state, a.pin.String(), a.state)
			}
		},
	},
}

// isForeignPIN reports whether a PIN code means abroad although its state is in India.
func isForeignPIN(pin Number, stateCode string) bool {
	return pin.String() == noPIN && stateCode != otherTerritory
}

// address is a PIN code with its state and the party in NIC's words. Its zero value is no address.
type address struct {
	who, path string
	pin       Number
	state     string
}

// unknownPIN and pinElsewhere do not judge 999999 and places abroad, which have rules of their own.

func (a address) unknownPIN() bool {
	return a.judged() && len(pinStates(a.pin.Int())) == 0
}

// pinElsewhere is false for states without known PIN codes: former states, and Other Territory.
func (a address) pinElsewhere() bool {
	states := pinStates(a.pin.Int())
	return a.judged() && a.state != otherTerritory && len(states) > 0 && !slices.Contains(states, a.state) &&
		hasPINs(a.state)
}

func (a address) judged() bool {
	return a.pin.Sent() && a.pin.String() != noPIN && a.state != foreign
}

func (c *Case) addresses() []address {
	all := []address{{"Seller", "SellerDtls.Pin", c.SellerDtls.Pin, state(c.SellerDtls.Stcd)}}
	if !c.export() {
		all = append(all, address{"Buyer", "BuyerDtls.Pin", c.BuyerDtls.Pin, state(c.BuyerDtls.Stcd)})
	}
	if d := c.DispDtls; d != nil {
		all = append(all, address{"Dispatch", "DispDtls.Pin", d.Pin, state(d.Stcd)})
	}
	return all
}

func (c *Case) shipToAddress() address {
	if s := c.ShipDtls; s != nil {
		return address{"Ship", "ShipDtls.Pin", s.Pin, state(s.Stcd)}
	}
	return address{}
}
