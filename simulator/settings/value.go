package settings

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Kind is the kind of values that a setting has.
type Kind struct {
	Want string // what a value must be
	text bool   // JSON has a string
}

// The kinds of values.
var (
	Span     = &Kind{"a duration such as 10m", true}
	Count    = &Kind{"a whole number", false}
	Number   = &Kind{"a number", false}
	Day      = &Kind{"a day such as 2025-04-01", true}
	Rulebook = &Kind{"clock, or a day such as 2025-04-01", true}
	Truth    = &Kind{"true or false", false}
	Chosen   = &Kind{"one of the choices", true}
	Switches = &Kind{`rules by name, such as {"hsn-length":false}`, false}
)

var kinds = map[reflect.Type]*Kind{
	reflect.TypeFor[Duration](): Span, reflect.TypeFor[int](): Count, reflect.TypeFor[float64](): Number,
	reflect.TypeFor[Date](): Day, reflect.TypeFor[bool](): Truth, reflect.TypeFor[map[string]bool](): Switches,
	reflect.TypeFor[RulesDay](): Rulebook,
}

// fields are the indexes of the fields of Settings by their names on the wire.
var fields = func() map[string]int {
	index := map[string]int{}
	for n := range reflect.TypeFor[Settings]().NumField() {
		index[reflect.TypeFor[Settings]().Field(n).Tag.Get("json")] = n
	}
	return index
}()

func (d Setting) field(s *Settings) reflect.Value {
	return reflect.ValueOf(s).Elem().Field(fields[d.Name])
}

// Kind returns the kind of the setting's values.
func (d Setting) Kind() *Kind {
	if d.Choices != nil {
		return Chosen
	}
	t := d.field(&Settings{}).Type()
	if d.ByDate() {
		t = t.Elem()
	}
	return kinds[t]
}

// ByDate reports whether the setting may have no value, and then follows the timeline of the rules.
func (d Setting) ByDate() bool { return d.field(&Settings{}).Kind() == reflect.Pointer }

// Of returns the setting's value as text; "" for a setting that follows the timeline.
func (d Setting) Of(s Settings) string {
	value, err := json.Marshal(d.field(&s).Interface())
	if err != nil || string(value) == "null" {
		return "" // no field has a value that JSON lacks
	}
	return strings.Trim(string(value), `"`)
}

// Set reads text into the setting. An empty text lets a setting of the timeline follow it. On an error the setting
// keeps its value.
func (d Setting) Set(s *Settings, text string) error {
	if text == "" && d.ByDate() {
		d.field(s).SetZero()
		return nil
	}
	document := []byte(text)
	if d.Kind().text {
		document = []byte(strconv.Quote(text))
	}
	value := reflect.New(d.field(s).Type())
	if err := json.Unmarshal(document, value.Interface()); err != nil || text == "null" {
		return fmt.Errorf("%s must be %s", d.Name, d.Kind().Want)
	}
	d.field(s).Set(value.Elem())
	return nil
}

// broken returns the rule that the setting's value breaks, or "".
func (d Setting) broken(s *Settings) string {
	text := d.Of(*s)
	var choices []string
	for _, c := range d.Choices {
		if choices = append(choices, c.Value); c.Value == text {
			return ""
		}
	}
	if d.Choices != nil {
		return "must be one of " + strings.Join(choices, ", ")
	}
	if d.Min == "" || text == "" && d.ByDate() || text == string(RulesOfClock) {
		return ""
	}
	value, err := d.number(text)
	if err != nil {
		return "must be " + d.Kind().Want
	}
	least, _ := d.number(d.Min) // a test reads the bounds
	most, _ := d.number(d.Max)
	if value < least || value > most {
		return "must be from " + d.Min + " to " + d.Max
	}
	if d.NotBelow != "" && value < float64(Setting{Name: d.NotBelow}.field(s).Int()) {
		return "must not be below " + d.NotBelow
	}
	return ""
}

// number makes text comparable with a bound.
func (d Setting) number(text string) (float64, error) {
	switch d.Kind() {
	case Span:
		v, err := time.ParseDuration(text)
		return float64(v), err
	case Day, Rulebook:
		v, err := Date(text).Time()
		return float64(v.Unix()), err
	}
	return strconv.ParseFloat(text, 64)
}
