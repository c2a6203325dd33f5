package fault_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/fault"
)

func parse(t *testing.T, text string) (*fault.Rule, []fault.Violation) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return fault.Parse(members)
}

func rule(t *testing.T, text string) *fault.Rule {
	t.Helper()
	r, violations := parse(t, text)
	if len(violations) > 0 {
		t.Fatalf("%s: %v", text, violations)
	}
	return r
}

// Everything that is wrong is reported at once, each with its member.
func TestParseRefuses(t *testing.T) {
	const good = `"name":"x","does":{"kind":"hang"}`
	for _, c := range []struct {
		name, rule string
		fields     string // that are refused, in order of their names
		says       string // what one of the messages has
	}{
		{"nothing", `{}`, "does.kind name", "must be one of latency, status, html"},
		{"a name with blanks", `{"name":"A b","does":{"kind":"hang"}}`, "name", "lost-answer"},
		{"a name of 41 characters", `{"name":"` + strings.Repeat("x", 41) + `","does":{"kind":"hang"}}`, "name", ""},
		{"an unknown member", `{` + good + `,"where":1}`, "where", "name, when, does, often"},
		{"an unknown member of when", `{` + good + `,"when":{"gst":"x"}}`, "when.gst",
			"environment, call, gstin, user, clientId, header"},
		{"an unknown member of often", `{` + good + `,"often":{"once":1}}`, "often.once", "next, every, from, probability"},
		{"a member of another kind", `{"name":"x","does":{"kind":"hang","delay":"1s"}}`, "does.delay", "which has none"},
		{"wrong types", `{"name":1,"when":[],"does":"hang","often":7}`, "does.kind name often when", ""},
		{"numbers as text", `{"name":"x","does":{"kind":"status","code":"429"},"often":{"next":"1"}}`,
			"does.code often.next", "must be a whole number"},
		{"no duration", `{"name":"x","does":{"kind":"latency","delay":5}}`, "does.delay", "700ms"},
		{"a duration below 0", `{"name":"x","does":{"kind":"latency","delay":"-1s"}}`, "does.delay", "from 0s to 10m"},
		{"a duration that is too long", `{"name":"x","does":{"kind":"drip","over":"11m"}}`, "does.over", "from 0s to 10m"},
		{"a required member is missing", `{"name":"x","does":{"kind":"latency"}}`, "does.delay", "must be given"},
		{"a status that does not exist", `{"name":"x","does":{"kind":"status","code":99}}`, "does.code", "200 to 599"},
		{"a body that is too long", `{"name":"x","does":{"kind":"status","code":500,"body":"` +
			strings.Repeat("x", 16385) + `"}}`, "does.body", "16384"},
		{"a content type with a line break", `{"name":"x","does":{"kind":"status","code":500,"contentType":"a/b\r\nX: y"}}`,
			"does.contentType does.contentType", "no control characters"},
		{"a probability above 1", `{` + good + `,"often":{"probability":1.01}}`, "often.probability", "at most 1"},
		{"a probability of 0", `{` + good + `,"often":{"probability":0}}`, "often.probability", "above 0"},
		{"a probability below 0", `{` + good + `,"often":{"probability":-0.1}}`, "often.probability", "above 0"},
		{"next 0", `{` + good + `,"often":{"next":0}}`, "often.next", "above 0"},
		{"every below 0", `{` + good + `,"often":{"every":-3}}`, "often.every", "from 1 to"},
		{"two ways of often", `{` + good + `,"often":{"next":1,"every":2}}`, "often", "at most one of"},
		{"an unknown environment", `{` + good + `,"when":{"environment":"live"}}`, "when.environment",
			"sandbox, production"},
		{"an unknown call", `{` + good + `,"when":{"call":"genrate"}}`, "when.call", "auth, gstin, sync-gstin"},
		{"a call of the other environment", `{` + good + `,"when":{"environment":"production","call":"ewb-cancel"}}`,
			"when.call", "ewb-cancel is a call of sandbox only; production has auth"},
		{"a GSTIN that is too short", `{` + good + `,"when":{"gstin":"29ABC"}}`, "when.gstin", "15 characters"},
		{"a user with a line break", `{` + good + `,"when":{"user":"a\nb"}}`, "when.user", "no control characters"},
		{"a header's name with a blank", `{` + good + `,"when":{"header":{"X Test":"7"}}}`, "when.header", `not "X Test"`},
		{"a header without a name", `{` + good + `,"when":{"header":{"":"7"}}}`, "when.header", `not ""`},
		{"too many headers", `{` + good + `,"when":{"header":{"A":"","B":"","C":"","D":"","E":"","F":"","G":"","H":"","I":""}}}`,
			"when.header", "at most 8"},
		{"a code that NIC does not have", `{"name":"x","does":{"kind":"error","codes":["2150","1234"]}}`, "does.codes",
			"has 1234, of which NIC publishes no words; the codes are "},
		{"no codes", `{"name":"x","does":{"kind":"error","codes":[]}}`, "does.codes", "1 to 20"},
		{"codes as text", `{"name":"x","does":{"kind":"error","codes":"2150"}}`, "does.codes", "a list of strings"},
		{"a fault of the API at a portal", `{"name":"x","when":{"call":"login"},"does":{"kind":"wrong-sek"}}`, "when.call",
			"wrong-sek cannot concern login; it concerns auth, gstin"},
		{"a fault of a portal at the API", `{"name":"x","when":{"call":"generate"},"does":{"kind":"outage"}}`, "when.call",
			"outage cannot concern generate; it concerns page, captcha"},
		{"a fault of OTPs at another step", `{"name":"x","when":{"call":"create"},"does":{"kind":"otp-lost"}}`, "when.call",
			"it concerns login, send-otp, create-api-user, forgot-password"},
		{"NIC's envelope at the health check", `{"name":"x","when":{"call":"ping"},"does":{"kind":"error","codes":["5001"]}}`,
			"when.call", "error cannot concern ping"},
		{"a clock that is a day and a second wrong", `{"name":"x","does":{"kind":"clock-skew","by":"-24h1s"}}`, "does.by",
			"from -24h to 24h"},
		{"an OTP that is early", `{"name":"x","does":{"kind":"otp-late","by":"-1m"}}`, "does.by", "above 0"},
		{"a former number of 9 digits", `{"name":"x","does":{"kind":"otp-old-number","mobile":"900000000"}}`, "does.mobile",
			"10 digits"},
		{"a stale number", `{"name":"x","does":{"kind":"stale-record","mobile":"old"}}`, "does.mobile", "10 digits"},
		{"everything at once", `{"name":"!","when":{"call":"x"},"does":{"kind":"html","code":7,"x":1},"often":{"from":-1}}`,
			"does.x name often.from when.call", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, violations := parse(t, c.rule)
			var fields, messages []string
			for _, v := range violations {
				fields, messages = append(fields, v.Field), append(messages, v.Message)
			}
			slices.Sort(fields)
			if got := strings.Join(fields, " "); got != c.fields {
				t.Errorf("refuses %q: %q; want %q", got, messages, c.fields)
			}
			if !strings.Contains(strings.Join(messages, "\n"), c.says) {
				t.Errorf("says %q; want %q", messages, c.says)
			}
		})
	}
}

// A rule is written as it was read.
func TestRoundTrip(t *testing.T) {
	for _, k := range fault.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			before := fault.Live{Rule: rule(t, k.Example), Matched: 3, Fired: 1}
			data, err := json.Marshal(before)
			if err != nil {
				t.Fatal(err)
			}
			var after fault.Live
			if err := json.Unmarshal(data, &after); err != nil || !cmp.Equal(before, after) {
				t.Errorf("%v: %s", err, cmp.Diff(before, after))
			}
			var sent, shown map[string]json.RawMessage
			if err := json.Unmarshal([]byte(k.Example), &sent); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(data, &shown); err != nil {
				t.Fatal(err)
			}
			names := slices.Sorted(maps.Keys(shown))
			if want := []string{"does", "fired", "matched", "name", "often", "when"}; !slices.Equal(names, want) {
				t.Errorf("members %q", names)
			}
			for name, value := range sent {
				if string(shown[name]) != string(value) {
					t.Errorf("%s is %s; sent was %s", name, shown[name], value)
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, k := range fault.Kinds() {
		f.Add([]byte(k.Example))
	}
	f.Add([]byte(`{"name":null,"when":{"header":{"a":null}},"does":{"kind":["x"]},"often":{"next":1e9}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) != nil {
			return
		}
		r, violations := fault.Parse(members)
		if len(violations) > 0 {
			return
		}
		written, err := json.Marshal(fault.Live{Rule: r})
		if err != nil {
			t.Fatal(err)
		}
		var again fault.Live
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatalf("%v in %s", err, written)
		}
	})
}
