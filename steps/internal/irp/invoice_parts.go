package irp

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// party is a supplier, in the words of the GST record.
func party(t client.Taxpayer) (invoice, error) {
	var address struct{ Building, Location, Pincode string }
	if err := json.Unmarshal(t.Address, &address); err != nil {
		return nil, fmt.Errorf("reading the address of %s: %w", t.GSTIN, err)
	}
	return invoice{"Gstin": t.GSTIN, "LglNm": t.LegalName, "Addr1": address.Building, "Loc": address.Location,
		"Pin": number(address.Pincode), "Stcd": t.GSTIN[:2]}, nil
}

// written is a day as the schema has it.
func written(day time.Time) string { return day.In(scene.InIndia).Format("02/01/2006") }

func (i invoice) clone() invoice {
	other := invoice{}
	for name, value := range i {
		other[name] = value
	}
	return other
}

// object is a member that is an object; it comes into being if it is not there.
func (i invoice) object(name string) invoice {
	o, ok := i[name].(invoice)
	if !ok {
		o = invoice{}
		i[name] = o
	}
	return o
}

func (i invoice) lines() []any {
	lines, _ := i["ItemList"].([]any)
	return lines
}

// text is the text of a member deep inside, "" if there is none.
func (i invoice) text(object, member string) string {
	return fmt.Sprint(i.object(object)[member])
}

// setLines makes that many lines: the first is worth something, the others are worth nothing.
func (i invoice) setLines(count int) {
	lines := i.lines()
	for n := len(lines) + 1; n <= count; n++ {
		lines = append(lines, invoice{"SlNo": strconv.Itoa(n), "IsServc": "N", "HsnCd": "847130", "Qty": number("1"),
			"Unit":      "NOS",
			"UnitPrice": number("0"), "TotAmt": number("0"), "AssAmt": number("0"), "GstRt": number("18"),
			"TotItemVal": number("0")})
	}
	i["ItemList"] = lines[:count]
	if count == 0 {
		i["ValDtls"] = invoice{"AssVal": number("0"), "TotInvVal": number("0")}
	}
}
