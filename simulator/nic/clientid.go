package nic

// ClientID names a provider (GSP, ERP, e-commerce operator or a taxpayer with direct access) to
// the API: 15 characters, upper case. Make one with [ParseClientID] or [NewClientID].
type ClientID string

// ParseClientID trims and upper-cases s and checks that it is 15 digits or letters. The error is a
// [*SyntaxError].
//
// It does not check the parts that [NewClientID] joins: their order is derived from a few published
// ids, and the guide uses one of type ERP with a GSP.
func ParseClientID(s string) (ClientID, error) {
	s, err := read("client id", s, "xxxxxxxxxxxxxxx", "must be digits and letters only")
	return ClientID(s), err
}

// NewClientID puts a client id together as the published ones are (AAFCC 29 ERP 82ZSO): the first
// five letters of the owner's PAN, a state code, the type of owner in three letters (GSP, ERP, ECO,
// or TXP for a taxpayer) and five digits or capital letters, which the caller draws.
func NewClientID(pan PAN, stateCode, ownerType, five string) (ClientID, error) {
	if _, err := ParsePAN(string(pan)); err != nil {
		return "", err
	}
	if state, ok := StateByCode(stateCode); !ok || !state.Registers {
		return "", &SyntaxError{"client id", RuleStateCode, "needs a state code under which GSTINs are registered"}
	}
	if !fits(ownerType, "lll") || !fits(five, "xxxxx") {
		return "", &SyntaxError{"client id", RuleShape, "needs three letters of type and five digits or letters"}
	}
	return ParseClientID(string(pan[:5]) + stateCode + ownerType + five)
}
