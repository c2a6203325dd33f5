package invoice

import (
	"github.com/shopspring/decimal"

	"github.com/nicsim/nicsim/simulator/defect"
)

var (
	one  = decimal.New(1, 0)
	half = decimal.New(5, -1)
)

// near reports whether an amount is within NIC's tolerance (VC3, VC6): from the calculated value rounded down,
// less one rupee, to the value rounded up, plus one. For 2345.04 that is 2344.00 to 2347.00.
func (c *Case) near(sent, calculated decimal.Decimal) bool {
	if sent.IsZero() && calculated.IsZero() {
		return true // most cesses
	}
	switch book := c.Facts.Book; {
	case sent.Equal(calculated):
		return true
	case book.Wrong(defect.ToleranceNone):
		return false
	case sent.Sub(calculated).Abs().LessThanOrEqual(one):
		return true // the common case: one rupee is always within the tolerance
	case book.Wrong(defect.ToleranceWide):
		return sent.GreaterThanOrEqual(lowest(calculated).Sub(one)) && sent.LessThanOrEqual(highest(calculated).Add(one))
	}
	return sent.GreaterThanOrEqual(lowest(calculated)) && sent.LessThanOrEqual(highest(calculated))
}

func lowest(calculated decimal.Decimal) decimal.Decimal  { return calculated.Floor().Sub(one) }
func highest(calculated decimal.Decimal) decimal.Decimal { return calculated.Ceil().Add(one) }

// between describes the tolerance for Want.
func between(calculated decimal.Decimal) string {
	return calculated.String() + ", or " + lowest(calculated).StringFixed(2) + " to " + highest(calculated).StringFixed(2)
}

// tax is a rate in percent of a value.
func tax(value, rate Number) decimal.Decimal {
	if rate.Decimal().IsZero() {
		return decimal.Zero
	}
	return value.Decimal().Mul(rate.Decimal()).Shift(-2)
}

// sum adds amounts.
func sum(amounts ...Number) decimal.Decimal {
	var total decimal.Decimal
	for _, a := range amounts {
		total = plus(total, a.Decimal())
	}
	return total
}

// plus avoids most additions: most amounts of a line are 0.
func plus(a, b decimal.Decimal) decimal.Decimal {
	switch {
	case b.IsZero():
		return a
	case a.IsZero():
		return b
	}
	return a.Add(b)
}

func positive(n Number) bool { return n.Decimal().IsPositive() }
