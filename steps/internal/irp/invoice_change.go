package irp

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// change changes an invoice in the words of a step: assignments with commas between. What is
// assigned to is a JSON path, as in ItemList[0].GstRt=18; or lines, for their number; or CGST, SGST,
// IGST, cess or state cess, which change the first line's amount and every sum that it goes into; or
// recipient, ship-to and dispatch, whose value is GSTIN, state code and PIN code, none for no GSTIN;
// or worth, for the line that takes the place of the first, which alone is worth something;
// or by, for the way of the goods that asks for an e-way bill. A role of the target's parties, as in recipient=sez,
// stands for the taxpayer, whose state and PIN code can be left out.
//
// The value none takes a member away, null is null, today is the day by the world's clock, and
// today+1 the next. In a document number, ~ is a part that no other document has. A member that is a number in the
// schema is sent as one, unless the value begins with text.
func (i invoice) change(words string, f facts) error {
	var assignments [][2]string
	var retotal bool
	for _, part := range strings.Split(words, ", ") {
		if part == "" || part == "nothing" {
			continue
		}
		if part == "IGST instead of CGST and SGST" {
			i.tax("CGST", "")
			i.tax("SGST", "")
			i.tax("IGST", "180")
			continue
		}
		place, value, ok := strings.Cut(part, "=")
		switch {
		case !ok:
			return fmt.Errorf("%q changes nothing", part)
		case place == "lines":
			count, err := strconv.Atoi(value)
			if err != nil {
				return fmt.Errorf("the number of lines: %w", err)
			}
			i.setLines(count)
		case place == "worth":
			line, err := strconv.Atoi(value)
			if err != nil || line < 1 || line > len(i.lines()) {
				return fmt.Errorf("there is no line %q", value)
			}
			i.moveWorth(line)
		case place == "by":
			way, err := transport(value, f)
			if err != nil {
				return err
			}
			i["EwbDtls"] = way
		case place == "recipient" || place == "ship-to" || place == "dispatch":
			if err := i.place(place, value, f); err != nil {
				return err
			}
		case taxMembers[place].amount != "":
			i.tax(place, value)
			retotal = true
		default:
			assignments = append(assignments, [2]string{place, value})
		}
	}
	if retotal {
		if err := i.total(); err != nil {
			return err
		}
	}
	for _, a := range assignments {
		if err := i.assign(a[0], a[1], f); err != nil {
			return err
		}
	}
	return nil
}

// isBetweenStates reports whether the invoice is taxed as a supply to another state for a reason that lies in the
// recipient.
func (i invoice) isBetweenStates() bool {
	_, igst := i.lines()[0].(invoice)["IgstAmt"]
	supply := i.text("TranDtls", "SupTyp")
	return igst && (supply == "B2B" || supply == "DEXP")
}

// place sets the GSTIN, state and PIN code of a party.
func (i invoice) place(name, value string, f facts) error {
	words := strings.Fields(value)
	gstin, err := f.gstin(words[0])
	if err != nil {
		return err
	}
	var state, pin string
	switch len(words) {
	case 1:
		state = gstin[:2]
		if name == "recipient" && i.isBetweenStates() && state == f.own[:2] {
			return &scene.Skip{Reason: "the taxpayer of parties." + words[0] + " is in the state of the API user, and the " +
				"scenario is about another state"}
		}
		pin = places[state].other
	case 3:
		state, pin = f.home.state(words[1]), f.home.pin(words[2])
	default:
		return fmt.Errorf("%q is not GSTIN, state code and PIN code", value)
	}
	there := i.object(map[string]string{"recipient": "BuyerDtls", "ship-to": "ShipDtls", "dispatch": "DispDtls"}[name])
	there["Stcd"], there["Pin"] = state, number(pin)
	if gstin != "none" {
		there["Gstin"] = gstin
	}
	switch name {
	case "recipient":
		there["Pos"] = state
	case "ship-to":
		there["LglNm"], there["Addr1"], there["Loc"] = "Goods Inward", "Gate 2", "Some place"
	case "dispatch":
		there["Nm"], there["Addr1"], there["Loc"] = "Goods Outward", "Gate 1", "Some place"
	}
	return nil
}

// taxMembers are where a tax stands in a line and in the totals.
var taxMembers = map[string]struct{ amount, sum string }{
	"CGST": {"CgstAmt", "CgstVal"}, "SGST": {"SgstAmt", "SgstVal"}, "IGST": {"IgstAmt", "IgstVal"},
	"cess": {"CesAmt", "CesVal"}, "state cess": {"StateCesAmt", "StCesVal"},
}

// tax sets a tax of the first line and its sum; "" takes it away.
func (i invoice) tax(name, amount string) {
	line, totals, m := i.lines()[0].(invoice), i.object("ValDtls"), taxMembers[name]
	if amount == "" {
		delete(line, m.amount)
		delete(totals, m.sum)
		return
	}
	line[m.amount], totals[m.sum] = number(amount), number(amount)
}

// total adds the first line up, which is what the invoice comes to: other lines are worth nothing.
func (i invoice) total() error {
	line, sum := i.lines()[0].(invoice), new(big.Rat)
	for _, member := range []string{"AssAmt", "CgstAmt", "SgstAmt", "IgstAmt", "CesAmt", "StateCesAmt"} {
		amount, ok := line[member]
		if !ok {
			continue
		}
		rupees, ok := new(big.Rat).SetString(fmt.Sprint(amount))
		if !ok {
			return fmt.Errorf("%v is not an amount", amount)
		}
		sum.Add(sum, rupees)
	}
	line["TotItemVal"] = number(sum.FloatString(2))
	i.object("ValDtls")["TotInvVal"] = number(sum.FloatString(2))
	return nil
}

var element = regexp.MustCompile(`^(\w+)(?:\[(\d+)\])?$`)

// assign puts a value at a JSON path; what is not there on the way comes into being.
func (i invoice) assign(path, value string, f facts) error {
	at := i
	parts := strings.Split(path, ".")
	for _, part := range parts[:len(parts)-1] {
		m := element.FindStringSubmatch(part)
		if m == nil {
			return fmt.Errorf("%q is not a path", path)
		}
		if m[2] == "" {
			at = at.object(m[1])
			continue
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return fmt.Errorf("%q is not a path: %w", path, err)
		}
		list, _ := at[m[1]].([]any)
		if n == len(list) {
			list = append(list, invoice{})
			at[m[1]] = list
		}
		if n >= len(list) {
			return fmt.Errorf("%s leads past the end of the list", path)
		}
		at = list[n].(invoice)
	}
	member := parts[len(parts)-1]
	if value == "none" {
		delete(at, member)
		return nil
	}
	assigned, err := f.valueOf(member, value)
	at[member] = assigned
	return err
}

// sameNumber compares two numbers that may be written differently.
func sameNumber(one, other string) bool {
	a, ok := new(big.Rat).SetString(one)
	b, okToo := new(big.Rat).SetString(other)
	return ok && okToo && a.Cmp(b) == 0
}
