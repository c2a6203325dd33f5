package client

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// ist is Indian Standard Time, in which the API writes its times without saying so.
var ist = time.FixedZone("IST", 5*60*60+30*60)

// Number is a whole number such as an AckNo. The API writes numbers, some GSPs strings, and some
// encoders 1.12e14; null and "" are 0.
type Number int64

// UnmarshalJSON reads any of these forms.
func (n *Number) UnmarshalJSON(text []byte) error {
	s, err := bareText(text)
	if err != nil || s == "" {
		*n = 0
		return err
	}
	if whole, err := strconv.ParseInt(s, 10, 64); err == nil {
		*n = Number(whole)
		return nil
	}
	const exact = 1 << 53 // up to here every whole number has a float64 of its own
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > exact {
		return errors.New("no whole number")
	}
	*n = Number(f)
	return nil
}

// Stamp is a time that the API wrote in IST and without its zone, as in 2022-09-17 18:09:00 or, in
// e-way bill style, 20/09/2022 12:10:00 PM; a date alone is its midnight. The zero Stamp is null.
type Stamp struct{ time.Time }

var stampLayouts = [...]string{
	time.DateTime, "02/01/2006 03:04:05 PM", "02/01/2006 15:04:05", time.DateOnly, "02/01/2006",
}

// UnmarshalJSON reads any of these forms; null, "" and "-" are the zero Stamp.
func (s *Stamp) UnmarshalJSON(text []byte) error {
	written, err := bareText(text)
	if err != nil {
		return err
	}
	if written == "" || written == "-" {
		*s = Stamp{}
		return nil
	}
	for _, layout := range stampLayouts {
		if at, err := time.ParseInLocation(layout, written, ist); err == nil {
			*s = Stamp{at}
			return nil
		}
	}
	return errors.New("no time of the API")
}

// bareText takes a JSON string's content, or a number's digits, without blanks around; null is "".
func bareText(text []byte) (string, error) {
	if string(text) == "null" {
		return "", nil
	}
	s := string(text)
	if strings.HasPrefix(s, `"`) {
		if err := json.Unmarshal(text, &s); err != nil {
			return "", err
		}
	}
	return strings.TrimSpace(s), nil
}
