package journal_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator/journal"
)

// because returns a reason whose cause has a value.
func because(code, format string, values ...any) *journal.Reason {
	cause := journal.Because(format, values...)
	return &journal.Reason{Code: code, NICCode: code, Detail: "words of " + code, Cause: cause.Text, Kind: cause.Kind}
}

// An invoice that breaks rules is refused with a code for each.
func brokenRules(codes ...string) *journal.Reason {
	r := &journal.Reason{Code: codes[0], NICCode: codes[0], Detail: "words of " + codes[0]}
	for _, code := range codes {
		r.Fields = append(r.Fields, journal.FieldReason{Field: "/A", Code: code, Message: "words of " + code,
			Rule: "rule-" + code, Want: "more"})
	}
	return r
}

func TestSummary(t *testing.T) {
	var j journal.Journal
	for _, e := range []journal.Exchange{
		{Status: 200, Reason: because("1010", "The client id is %s, which no provider of this world has.", "A")},
		{Status: 200},
		{Status: 422, Reason: &journal.Reason{Code: "contact-mismatch", NICCode: "3006", Detail: "words of 3006",
			Fields: []journal.FieldReason{{Field: "mobile", Code: "contact-mismatch", Message: "words of 3006"},
				{Field: "email", Code: "contact-mismatch", Message: "words of 3006"}}}},
		{Status: 200, Reason: because("1010", "The client secret is that of the client id %s.", "A")},
		{Status: 200, Reason: brokenRules("2176", "2240")},
		{Status: 200, Reason: brokenRules("2240", "2240")},
		{Status: 503, Faults: []string{"down"}},
		{Status: 503, Faults: []string{"gone"}},
		{Status: 200, Reason: because("1010", "The client id is %s, which no provider of this world has.", "B%d")},
	} {
		j.Record(e)
	}
	list := journal.Summary(j.Exchanges(journal.Filter{}))
	var got []string
	ids := map[string]bool{}
	for _, r := range list {
		got = append(got, fmt.Sprintf("%s/%s %d @%d %s%v %s %s", r.Code, r.NICCode, r.Count, r.Newest, r.Rule, r.Faults,
			r.Cause, r.Remedy))
		ids[r.ID] = true
		matching := 0
		for _, e := range j.Exchanges(journal.Filter{}) {
			if e.RefusedFor(r.ID) {
				matching++
			}
		}
		if matching != r.Count {
			t.Errorf("%s: %d exchanges have the cause, and %d are counted", r.ID, matching, r.Count)
		}
	}
	if want := []string{
		"1010/1010 2 @9 [] The client id is B%d, which no provider of this world has. ",
		"503/ 2 @8 [gone down] A fault of this world answered; the request may be right. ",
		"2240/2240 2 @6 rule-2240[]  What would have passed: more.",
		"2176/2176 1 @5 rule-2176[]  What would have passed: more.",
		"1010/1010 1 @4 [] The client secret is that of the client id A. ",
		"contact-mismatch/3006 1 @3 []  ",
	}; !slices.Equal(got, want) {
		t.Errorf("%q\nwanted\n%q", got, want)
	}
	if len(ids) != len(list) {
		t.Errorf("%d causes have %d ids", len(list), len(ids))
	}
}
