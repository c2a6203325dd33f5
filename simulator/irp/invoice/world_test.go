package invoice_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// The world of these tests: the fixtures' taxpayers, on a morning in July 2026.

var now = time.Date(2026, time.July, 15, 10, 30, 0, 0, nic.IST)

const (
	dakshin     = "29ABCCD1234E1Z1" // 250 crore
	dakshinPune = "27ABCCD1234E1Z5"
	offshore    = "97ABCCD1234E1ZY" // in Other Territory
	deccan      = "29ABCPD1234E2Z9"
	backwater   = "32ABCCB6789P1ZZ"
	gulmohar    = "07ABCFG5678H1Z4"
	chitra      = "27ABCFC2345K1ZH" // cancelled on 31/03/2023
	ishana      = "09ABCCI3456L1Z7" // inactive
	sambhar     = "08ABCCS5678N1ZJ" // suspended
	nilkantha   = "19ABCCN7890Q1ZD" // not enabled, 3 crore
	mandovi     = "30ABCPM9012S1ZH" // composition
	zinnia      = "33ABCCZ1357A1ZQ" // SEZ unit
	vamsa       = "37ABCCV2468B1ZE" // SEZ developer
	harbour     = "27ABCCH3579C1ZL" // input service distributor
	orchid      = "29ABCCO4680D1CN" // operator
	wetlands    = "07ABCGW5791E1D3" // deductor
	tungabhadra = "88AAACT1234H1ZK" // enrolled transporter
	nobody      = "29ZZZZZ9999Z1Z9"
)

func taxpayers(t testing.TB) map[string]invoice.Taxpayer {
	t.Helper()
	cast, err := fixtures.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]invoice.Taxpayer{}
	for _, p := range cast.Taxpayers {
		all[string(p.GSTIN)] = invoice.FixtureTaxpayer(p)
	}
	return all
}

func facts(t testing.TB) invoice.Facts {
	t.Helper()
	return invoice.Facts{
		Requester: dakshin, Now: now, Taxpayers: taxpayers(t), Book: rulebook.New(new(settings.Default()), nic.Sandbox, now),
	}
}

// with changes the record of a taxpayer.
func with(f *invoice.Facts, gstin string, change func(*invoice.Taxpayer)) {
	f.Taxpayers = maps.Clone(f.Taxpayers)
	p := f.Taxpayers[gstin]
	change(&p)
	f.Taxpayers[gstin] = p
}

// sample is the JSON of a valid invoice as encoding/json decodes it, so that the tests do not use the writer under
// test.
func sample(t testing.TB, supply string) map[string]any {
	t.Helper()
	d, err := invoice.Sample{Supply: supply, Today: now}.Document()
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, d.JSON())
}

func decode(t testing.TB, text []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var m map[string]any
	if err := decoder.Decode(&m); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return m
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// edits are paths and what is put there; nil leaves the member out.
type edits map[string]any

// absent removes a member; nil would be sent as null.
var absent = struct{}{}

// n is a number with these digits.
func n(digits string) json.Number { return json.Number(digits) }

// apply puts values at paths such as ItemList[0].BchDtls.Nm, making blocks on the way. Blocks come
// before what is changed inside them.
func (e edits) apply(doc map[string]any) {
	for _, path := range slices.Sorted(maps.Keys(e)) {
		value := clone(e[path])
		parts := strings.Split(path, ".")
		at := doc
		for _, part := range parts[:len(parts)-1] {
			at = enter(at, part)
		}
		last := parts[len(parts)-1]
		if value == absent {
			delete(at, last)
			continue
		}
		at[last] = value
	}
}

// clone keeps documents from sharing blocks.
func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := map[string]any{}
		for name, member := range v {
			copied[name] = clone(member)
		}
		return copied
	case []any:
		var copied = []any{}
		for _, element := range v {
			copied = append(copied, clone(element))
		}
		return copied
	}
	return value
}

// enter goes into a member, or into an element of one.
func enter(at map[string]any, part string) map[string]any {
	name, index, isElement := strings.Cut(strings.TrimSuffix(part, "]"), "[")
	if !isElement {
		if _, there := at[name].(map[string]any); !there {
			at[name] = map[string]any{}
		}
		return at[name].(map[string]any)
	}
	i, err := strconv.Atoi(index)
	if err != nil {
		panic(err)
	}
	list, _ := at[name].([]any)
	for len(list) <= i {
		list = append(list, map[string]any{})
	}
	at[name] = list
	return list[i].(map[string]any)
}

// judge parses and checks a document, and returns all its violations, or those of the schema alone.
func judge(t testing.TB, doc map[string]any, f invoice.Facts) []invoice.Violation {
	t.Helper()
	d, violations := invoice.Parse(encode(t, doc))
	if (d == nil) == (violations == nil) {
		t.Fatalf("Parse returned %v and %v", d, violations)
	}
	if violations != nil {
		return violations
	}
	return invoice.Check(d, f)
}

// brief is code and path of each violation.
func brief(violations []invoice.Violation) []string {
	var all []string
	for _, f := range violations {
		all = append(all, strings.TrimSpace(f.Code+" "+f.Path))
	}
	return all
}

func wantViolations(t *testing.T, got []invoice.Violation, want ...string) {
	t.Helper()
	if !slices.Equal(brief(got), want) {
		t.Errorf("got %q, want %q", brief(got), want)
		for _, f := range got {
			t.Logf("%+v", f)
		}
	}
}
