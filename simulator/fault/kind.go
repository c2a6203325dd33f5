package fault

import (
	"reflect"
	"slices"
	"strings"
)

// Effect is what a fault does to a request. Each kind of fault is a type whose fields are the members of "does".
type Effect interface {
	// Kind describes the kind; it does not depend on the fields.
	Kind() Kind
	// check adds the fields whose values cannot be used.
	check(*report)
}

// Kind describes a kind of fault.
type Kind struct {
	Name    string
	Of      Part
	Calls   []string // that it can concern; nil is all calls of its part
	Does    string   // what happens to a request
	Teaches string   // what a client learns from it
	Example string   // a rule, as JSON
}

// Part is the part of the simulator that a kind concerns.
type Part string

// The parts.
const (
	Wire   Part = "wire"   // the exchange over HTTP of a call of both portals and of the API
	API    Part = "api"    // calls of the e-Invoice API
	Portal Part = "portal" // calls of the portals

	OfGateway Part = "gateway" // calls of the e-Invoice API through the gateway of a GSP
)

// effects are the kinds, one value of each.
var effects = []Effect{
	&Latency{}, &Status{}, &HTML{}, &Reset{}, &DropAnswer{}, &Truncate{}, &Drip{}, &Hang{},
	&Error{}, &GarbledData{}, &WrongSEK{}, &RevokeTokens{}, &ClockSkew{}, &GSP{},
	&OTPLost{}, &OTPLate{}, &OTPTwice{}, &OTPOldNumber{}, &StaleRecord{}, &AccountFrozen{}, &TaxpayerCancelled{},
	&Refusal{}, &Outage{}, &Gateway{},
}

// Kinds returns the kinds of faults, those of the wire first.
func Kinds() []Kind {
	list := make([]Kind, 0, len(effects))
	for _, e := range effects {
		list = append(list, e.Kind())
	}
	return list
}

// newEffect returns an effect of a kind without members, or nil.
func newEffect(kind string) Effect {
	for _, e := range effects {
		if e.Kind().Name == kind {
			return reflect.New(reflect.TypeOf(e).Elem()).Interface().(Effect)
		}
	}
	return nil
}

// concerns reports whether the kind can concern a call.
func (k Kind) concerns(c Call) bool {
	switch {
	case k.Calls != nil:
		return slices.Contains(k.Calls, c.Name)
	case k.Of == API, k.Of == OfGateway:
		return c.API
	case k.Of == Portal:
		return !c.API
	}
	return true
}

// Concerns returns the names of the calls that the kind can concern.
func (k Kind) Concerns() []string { return k.calls(When{}) }

// calls returns the names of the calls of an environment that the kind can concern; an empty one stands for both.
func (k Kind) calls(in When) []string {
	var names []string
	for _, c := range Calls() {
		if k.concerns(c) && c.isOf(in.Environment) {
			names = append(names, c.Name)
		}
	}
	return names
}

// Member is a member of "does" besides kind.
type Member struct {
	Name, Says string
	Number     bool // a whole number; otherwise a text,
	List       bool // or a list of texts
}

// Members describes the members of a kind.
func (k Kind) Members() []Member {
	var list []Member
	shape := reflect.TypeOf(newEffect(k.Name)).Elem()
	for i := range shape.NumField() {
		f := shape.Field(i)
		list = append(list, Member{
			Name: memberName(f), Says: f.Tag.Get("says"),
			Number: f.Type.Kind() == reflect.Int, List: f.Type.Kind() == reflect.Slice,
		})
	}
	return list
}

func memberName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}
