package schema

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxViolations is how many violations of a document are reported. A hostile document could have a million. SIM.
const MaxViolations = 5000

// Decode reads a JSON text into a pointer to the struct that the schema was compiled with. It returns every
// violation, in the order of the struct's fields; members with a violation are left out of the struct. The error
// is a [*SyntaxError]. Time and memory are linear in the length of the text.
func (s *Schema) Decode(text string, into any) ([]Violation, error) {
	target := reflect.ValueOf(into).Elem()
	if target.Type() != s.model {
		panic("schema: a schema of " + s.model.String() + " cannot decode into " + target.Type().String())
	}
	v, err := parseObject(text)
	if err != nil {
		return nil, err
	}
	var d decoder
	d.object(s.root, v, target)
	return d.violations, nil
}

type decoder struct {
	violations []Violation
	path       []step // to the current member
}

// step is a member's name, or an element's index when the name is empty.
type step struct {
	name  string
	index int
}

// violation notes a violation of a member. It returns false, for the member is not ok.
func (d *decoder) violation(s *slot, reason string) (ok bool) {
	if len(d.violations) < MaxViolations {
		d.violations = append(d.violations, Violation{Code, s.messages[reason], d.where(), "schema-" + reason,
			s.want(reason)})
	}
	return false
}

func (d *decoder) where() string {
	var b strings.Builder
	for i, s := range d.path {
		switch {
		case s.name == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
			continue
		case i > 0:
			b.WriteByte('.')
		}
		b.WriteString(s.name)
	}
	return b.String()
}

// object reads the members of o and ignores all others. Of several members for one slot, the one whose name fits
// best counts, and among equals the last.
func (d *decoder) object(o *object, v value, target reflect.Value) {
	var chosen [maxMembers]struct {
		value value
		rank  int
	}
	for name, value := range v.members() {
		if r, known := o.find(name); known && r.rank >= chosen[r.slot].rank {
			chosen[r.slot].value, chosen[r.slot].rank = value, r.rank
		}
	}
	for i := range o.slots {
		s := &o.slots[i]
		d.path = append(d.path, step{name: s.name})
		if value := chosen[i].value; value.kind() != 'n' {
			d.member(s, value, target.Field(s.index))
		} else if s.Required {
			d.violation(s, forAbsence)
		}
		d.path = d.path[:len(d.path)-1]
	}
}

func (d *decoder) member(s *slot, v value, target reflect.Value) {
	switch s.shape {
	case text:
		if t, ok := d.text(s, v); ok {
			target.SetString(t)
		}
	case number:
		if n, ok := d.number(s, v); ok {
			*target.Addr().Interface().(*Number) = n
		}
	case list:
		d.list(s, v, target)
	case block, optional:
		if v.kind() != '{' {
			d.violation(s, forType)
			return
		}
		if s.shape == optional {
			target.Set(reflect.New(target.Type().Elem()))
			target = target.Elem()
		}
		d.object(s.child, v, target)
	}
}

// list reads an array. If the table has a maximum, list reads one element more and notes no violation: a
// business rule has a code for it.
func (d *decoder) list(s *slot, v value, target reflect.Value) {
	if v.kind() != '[' {
		d.violation(s, forType)
		return
	}
	n := 0
	for range v.elements() {
		n++
	}
	if n > s.longest && s.Max == "" {
		d.violation(s, forLength)
		return
	}
	n = min(n, s.longest+1)
	target.Set(reflect.MakeSlice(target.Type(), n, n))
	i := 0
	for element := range v.elements() {
		if i == n {
			return
		}
		d.path = append(d.path, step{index: i})
		if element.kind() == '{' {
			d.object(s.child, element, target.Index(i))
		} else {
			d.violation(s, forType)
		}
		d.path = d.path[:len(d.path)-1]
		i++
	}
}

// text checks a string as the attributes of .NET's data annotations do: each that fails is reported, a text of
// blanks is absent, and no pattern is asked of an empty one.
func (d *decoder) text(s *slot, v value) (t string, ok bool) {
	if v.kind() != '"' {
		return "", d.violation(s, forType)
	}
	t = v.text()
	if s.padded {
		t = strings.Trim(t, " ")
	}
	if s.fold {
		t = strings.Map(capital, t)
	}
	if t == "" && s.mayBeEmpty {
		return "", true
	}
	ok = true
	if s.Required && strings.Trim(t, " ") == "" {
		ok = d.violation(s, forAbsence)
	}
	if n := utf8.RuneCountInString(t); n < s.shortest || n > s.longest {
		ok = d.violation(s, forLength)
	}
	if t != "" && !s.takes(t) {
		ok = d.violation(s, forPattern)
	}
	return t, ok
}

// capital changes ASCII letters only. In Unicode, other letters have I and S as their capitals too.
func capital(c rune) rune {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// number checks a JSON number, or one in a string. Each attribute that fails is reported.
func (d *decoder) number(s *slot, v value) (n Number, ok bool) {
	digits := v.text()
	switch v.kind() {
	case '0':
	case '"':
		digits = strings.Trim(v.text(), " ")
	default:
		return n, d.violation(s, forType)
	}
	n, decimals, err := readNumber(digits)
	switch {
	case err == nil, errors.Is(err, errTooLong):
	case v.kind() == '"':
		return n, d.violation(s, forType)
	default:
		return n, d.violation(s, forPattern)
	}
	ok = true
	if decimals > s.Decimals || s.unsigned && n.value.IsNegative() {
		ok = d.violation(s, forPattern)
	}
	if n.value.LessThan(s.least) || n.value.GreaterThan(s.greatest) {
		ok = d.violation(s, forRange)
	}
	return n, ok
}
