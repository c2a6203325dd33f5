// Package schema checks a document against a table of its fields, as NIC does before it applies any
// business rule, and reports every violation in NIC's words.
//
// The table is a CSV file with a row for each field. A Go struct, whose fields have NIC's names, gives
// the members of a document and their order. [Compile] joins the two; it is an error if a field is in
// one of them only. Reading is tolerant where clients are known to be careless: names in any case,
// numbers as strings, blanks around codes, null for optional members.
package schema

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/shopspring/decimal"
)

// Violation is one violation of the schema or of a rule.
type Violation struct {
	Code    string // NIC's
	Message string // as NIC words it
	Path    string // JSON path, such as ItemList[0].HsnCd; empty for the whole document
	Rule    string // name of the rule
	Want    string // the value that would have passed, for a person; may be empty
}

// Schema reads and writes documents of one type.
type Schema struct {
	model reflect.Type
	root  *object
}

// object is a struct type at its place in the document.
type object struct {
	slots  []slot
	byName map[string]ranked // exact names
	byFold map[string]ranked // lower-case names
}

// ranked is a slot, and how well a name fits it. The name that fits best wins, whatever the order.
type ranked struct{ slot, rank int }

// The ranks, best last.
const (
	rankAbsent = iota
	rankOtherName
	rankFolded
	rankExact
)

// maxMembers is how many members an object may have. A line of an invoice has 31.
const maxMembers = 36

// slot is one member.
type slot struct {
	Field
	name     string // of the member
	index    int    // of the field in the struct
	shape    shape
	child    *object // of objects and of arrays of objects
	elements string  // path of an array's elements

	takes           func(string) bool // of a string, besides its length
	shortest        int               // of a string, characters
	longest         int               // of a string, characters; of an array, elements
	fold            bool              // a string that is kept in upper case
	padded          bool              // blanks around the string are ignored
	mayBeEmpty      bool              // "" counts as absent
	least, greatest decimal.Decimal   // of a number
	unsigned        bool              // the pattern of the number has no sign
	messages        map[string]string // by rule
}

type shape int

const (
	text shape = iota
	number
	block    // a struct
	optional // a pointer to a struct
	list     // a slice of structs
)

var numberType = reflect.TypeFor[Number]()

// Compile joins a table and a struct. Fields of the struct have the members' names, or a tag
// `json:"Name"`; a tag `also:"Name"` gives a member another name that clients use. ignored are paths of the table that
// the struct need not have.
func Compile(fields []Field, model any, ignored ...string) (*Schema, error) {
	c := compiler{rows: map[string]Field{}, used: map[string]bool{}}
	for _, f := range fields {
		c.rows[f.Path] = f
	}
	for _, path := range ignored {
		c.used[path] = true
	}
	t := reflect.TypeOf(model)
	if t == nil || t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("compiling a schema: %v is not a struct", t)
	}
	root, err := c.object(t, "")
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		if !c.used[f.Path] {
			return nil, fmt.Errorf("compiling a schema: %s has no member %s", t, f.Path)
		}
	}
	return &Schema{t, root}, nil
}

type compiler struct {
	rows map[string]Field
	used map[string]bool
}

func (c *compiler) object(t reflect.Type, prefix string) (*object, error) {
	o := &object{byName: map[string]ranked{}, byFold: map[string]ranked{}}
	for i := range t.NumField() {
		f := t.Field(i)
		name := cmp.Or(f.Tag.Get("json"), f.Name)
		s, err := c.slot(f, prefix+name)
		if err != nil {
			return nil, err
		}
		s.name, s.index = name, i
		n := len(o.slots)
		if n == maxMembers {
			return nil, fmt.Errorf("compiling a schema: %s has more than %d members", t, maxMembers)
		}
		o.slots = append(o.slots, s)
		o.byName[name] = ranked{n, rankExact}
		o.byFold[strings.ToLower(name)] = ranked{n, rankFolded}
		if other := f.Tag.Get("also"); other != "" {
			o.byFold[strings.ToLower(other)] = ranked{n, rankOtherName}
		}
	}
	return o, nil
}

func (c *compiler) slot(f reflect.StructField, path string) (slot, error) {
	row, ok := c.rows[path]
	if !ok {
		return slot{}, fmt.Errorf("compiling a schema: the table has no row %s", path)
	}
	c.used[path] = true
	s := slot{Field: row}
	inner, below := f.Type, path+"."
	var want string
	switch {
	case f.Type == numberType:
		s.shape, want = number, "number"
	case f.Type.Kind() == reflect.String:
		s.shape, want = text, "string"
	case f.Type.Kind() == reflect.Struct:
		s.shape, want = block, "object"
	case f.Type.Kind() == reflect.Pointer:
		s.shape, want, inner = optional, "object", f.Type.Elem()
	case f.Type.Kind() == reflect.Slice:
		s.shape, want, inner, below = list, "array", f.Type.Elem(), path+"[]."
		s.elements = path + "[]"
	default:
		return slot{}, fmt.Errorf("compiling a schema: %s is a %s, for which there is no JSON", path, f.Type)
	}
	if want != row.Type {
		return slot{}, fmt.Errorf("compiling a schema: %s is %s in the table and %s in the struct", path, row.Type, want)
	}
	if s.shape >= block {
		child, err := c.object(inner, below)
		if err != nil {
			return slot{}, err
		}
		s.child = child
	}
	return s, s.prepare()
}

// find looks a member's name up: as it stands, then without regard to case.
func (o *object) find(name string) (ranked, bool) {
	if r, ok := o.byName[name]; ok {
		return r, true
	}
	r, ok := o.byFold[strings.ToLower(name)]
	return r, ok
}
