package fault

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Bounds of a rule [SIM].
const (
	longestBody   = 16 << 10 // bytes of an answer's body
	longestText   = 256      // bytes of any other text
	mostHeaders   = 8
	longestWait   = 10 * time.Minute
	highestCount  = 1_000_000
	gstinLength   = 15
	longestMember = 64 // bytes of an unknown name that a violation repeats
)

// Violation is a value of a rule that cannot be used.
type Violation struct{ Field, Message string }

// report collects the violations of a rule.
type report struct{ violations []Violation }

func (r *report) add(field, format string, arguments ...any) {
	r.violations = append(r.violations, Violation{field, fmt.Sprintf(format, arguments...)})
}

// wait checks a duration that is to pass.
func (r *report) wait(field string, d settings.Duration) {
	if d < 0 || time.Duration(d) > longestWait {
		r.add(field, "must be from 0s to %s", settings.Duration(longestWait))
	}
}

// text checks the length of a text, and that it fits into a header.
func (r *report) text(field, text string) {
	if len(text) > longestText || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		r.add(field, "must have at most %d bytes, and no control characters", longestText)
	}
}

// notOfHeader reports whether the name of a header cannot have a character (RFC 9110, section 5.6.2).
func notOfHeader(c rune) bool {
	return c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
}

// count checks a number that counts something; 0 is one that was left out.
func (r *report) count(field string, n int) {
	if n < 0 || n > highestCount {
		r.add(field, "must be a whole number from 1 to %d", highestCount)
	}
}

// oneOf checks a name against those that exist.
func (r *report) oneOf(field, name string, names []string) {
	if !slices.Contains(names, name) {
		r.add(field, "must be one of %s", strings.Join(names, ", "))
	}
}

var ruleName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// Parse reads a rule from the members of its JSON, or returns everything that is wrong with it.
func Parse[Value ~[]byte](members map[string]Value) (*Rule, []Violation) {
	var r report
	var parts struct {
		Name  string          `json:"name"`
		When  When            `json:"when"`
		Does  json.RawMessage `json:"does"`
		Often Often           `json:"often"`
	}
	given := map[string]json.RawMessage{}
	for name, value := range members {
		given[name] = json.RawMessage(value)
	}
	r.members(given, "", reflect.ValueOf(&parts).Elem())
	rule := &Rule{Name: parts.Name, When: parts.When, Often: parts.Often}
	if !ruleName.MatchString(rule.Name) && !r.has("name") {
		r.add("name", "must be 1 to 40 of a-z, 0-9 and -, as in lost-answer")
	}
	rule.Does = r.effect(parts.Does)
	rule.When.check(&r, rule.Does)
	rule.Often.check(&r)
	return rule, r.violations
}

// effect reads "does".
func (r *report) effect(data json.RawMessage) Effect {
	var members map[string]json.RawMessage
	var kind string
	if json.Unmarshal(data, &members) == nil {
		_ = json.Unmarshal(members["kind"], &kind) // any other value is an unknown kind
	}
	e := newEffect(kind)
	if e == nil {
		var names []string
		for _, k := range Kinds() {
			names = append(names, k.Name)
		}
		r.oneOf("does.kind", "", names)
		return nil
	}
	delete(members, "kind")
	before := len(r.violations)
	r.members(members, "does.", reflect.ValueOf(e).Elem())
	if len(r.violations) == before { // a member that could not be read has its zero value
		e.check(r)
	}
	return e
}

func (w *When) check(r *report, e Effect) {
	w.GSTIN, w.ClientID = strings.ToUpper(w.GSTIN), strings.ToUpper(w.ClientID)
	if w.Environment != "" {
		r.oneOf("when.environment", string(w.Environment), []string{string(nic.Sandbox), string(nic.Production),
			string(nic.GSP)})
	}
	if e != nil && e.Kind().Of == OfGateway {
		w.atGateway(r)
	}
	if w.GSTIN != "" && len(w.GSTIN) != gstinLength {
		r.add("when.gstin", "must have %d characters", gstinLength)
	}
	r.text("when.user", w.User)
	r.text("when.clientId", w.ClientID)
	if len(w.Header) > mostHeaders {
		r.add("when.header", "must have at most %d headers", mostHeaders)
	}
	for _, name := range slices.Sorted(maps.Keys(w.Header)) {
		if name == "" || strings.ContainsFunc(name, notOfHeader) {
			r.add("when.header", "the name of a header must be letters, digits and -, as in X-Test, not %q", name)
		}
		r.text("when.header", name)
		r.text("when.header", w.Header[name])
	}
	if w.Call == "" {
		return
	}
	c, known := callOf(w.Call)
	possible := Kind{Of: Wire}.calls(When{})
	switch {
	case !known:
		r.oneOf("when.call", w.Call, possible)
	case !c.isOf(w.Environment):
		r.add("when.call", "%s is a call of %s only; %s has %s", c.Name, c.Only, w.Environment,
			strings.Join(Kind{Of: Wire}.calls(*w), ", "))
	case e != nil && !e.Kind().concerns(c):
		r.add("when.call", "%s cannot concern %s; it concerns %s", e.Kind().Name, c.Name,
			strings.Join(e.Kind().calls(When{}), ", "))
	}
}

func (o Often) check(r *report) {
	r.count("often.next", o.Next)
	r.count("often.every", o.Every)
	r.count("often.from", o.From)
	given := 0
	for _, member := range []bool{o.Next != 0, o.Every != 0, o.From != 0, o.Probability != 0} {
		if member {
			given++
		}
	}
	if o.Probability < 0 || o.Probability > 1 {
		r.add("often.probability", "must be above 0 and at most 1")
	}
	if given > 1 {
		r.add("often", "must have at most one of next, every, from and probability")
	}
}

func (r *report) has(field string) bool {
	return slices.ContainsFunc(r.violations, func(v Violation) bool { return v.Field == field })
}

// members reads an object into a struct member by member, so that each that is wrong is reported. A member that is
// null counts as left out.
func (r *report) members(members map[string]json.RawMessage, at string, into reflect.Value) {
	var names []string
	for i := range into.NumField() {
		name := memberName(into.Type().Field(i))
		names = append(names, name)
		value, given := members[name]
		if field := into.Field(i); given && string(value) != "null" {
			r.value(value, at+name, field)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		switch field := at + name[:min(len(name), longestMember)]; {
		case slices.Contains(names, name):
		case len(names) == 0:
			r.add(field, "is not a member of this kind, which has none")
		default:
			r.add(field, "is not a member here; the members are %s", strings.Join(names, ", "))
		}
	}
}

func (r *report) value(data []byte, at string, field reflect.Value) {
	if field.Kind() == reflect.Struct {
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) != nil {
			r.add(at, "must be an object")
			return
		}
		r.members(members, at+".", field)
		return
	}
	if err := json.Unmarshal(data, field.Addr().Interface()); err != nil {
		field.SetZero()
		r.add(at, "must be %s", forms[field.Type()])
		return
	}
	if field.IsZero() && (field.Kind() == reflect.Int || field.Kind() == reflect.Float64) {
		r.add(at, "must be above 0") // 0 would count as left out
	}
}

// forms name the types of members.
var forms = map[reflect.Type]string{
	reflect.TypeFor[string]():            "a string",
	reflect.TypeFor[nic.Environment]():   "a string",
	reflect.TypeFor[int]():               "a whole number",
	reflect.TypeFor[float64]():           "a number",
	reflect.TypeFor[bool]():              "true or false",
	reflect.TypeFor[settings.Duration](): `a duration, as text such as "700ms"`,
	reflect.TypeFor[[]string]():          "a list of strings",
	reflect.TypeFor[map[string]string](): "an object of strings",
}
