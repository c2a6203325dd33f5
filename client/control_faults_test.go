package client_test

import (
	"context"
	"encoding/json"

	"github.com/nicsim/nicsim/client"
)

// controlFaultRows are the calls about faults and situations.
func controlFaultRows() []method[*client.Control] {
	type ctl = *client.Control
	const read = `{"name":"lost-answer","when":{"environment":"sandbox","call":"generate","header":{"X-Test":"7"}},
		"does":{"kind":"latency","delay":"700ms"},"often":{"next":1},"matched":3,"fired":1,"synchronised":["29ABCCD1234E1Z1"]}`
	const situations = `{"name":"sms-late","situations":[{"name":"sms-late","title":"SMS are late",
		"happens":"They come late.","teaches":"To wait.","settings":{"smsDelay":"4m"},
		"faults":[{"name":"lost","does":{"kind":"otp-lost"}}]}]}`
	lost := client.Fault{
		Name: "lost-answer", When: client.FaultWhen{Environment: "sandbox", Call: "generate",
			Header: map[string]string{"X-Test": "7"}},
		Does: client.FaultEffect{"kind": "latency", "delay": "700ms"}, Often: client.FaultOften{Next: 1},
		Matched: 3, Fired: 1, Synchronised: []string{"29ABCCD1234E1Z1"},
	}
	return []method[ctl]{
		{
			name: "refusals",
			exchange: exchange{
				want: "GET /control/v1/refusals?environment=sandbox", status: 200,
				answer: `{"refusals":[{"id":"1011-0a1b2c3d","code":"1011","nicCode":"1011","detail":"Client Id is mandatory",
					"cause":"The header client_id is empty.","remedy":"Send it with every call.","rule":"r","count":2,
					"last":"2026-11-22T10:00:00+05:30","newest":7,"faults":["f"]}]}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return c.Refusals(ctx, "sandbox") },
			want: []client.Refusals{{
				ID: "1011-0a1b2c3d", Code: "1011", NICCode: "1011", Detail: "Client Id is mandatory",
				Cause: "The header client_id is empty.", Remedy: "Send it with every call.", Rule: "r", Count: 2, Newest: 7,
				Last: at(10, 0), Faults: []string{"f"},
			}},
		},
		{
			name: "set a fault, without its counts",
			exchange: exchange{
				want: "POST /control/v1/faults", status: 201, answer: read,
				body: `{"name":"lost-answer","when":{"environment":"sandbox","call":"generate","header":{"X-Test":"7"}},
					"does":{"kind":"latency","delay":"700ms"},"often":{"next":1}}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.SetFault(ctx, lost)) },
		},
		{
			name: "set a fault for all requests",
			exchange: exchange{
				want: "POST /control/v1/faults", status: 201, answer: read, body: `{"name":"x","does":{"kind":"hang"}}`,
			},
			call: func(ctx context.Context, c ctl) (any, error) {
				return just(c.SetFault(ctx, client.Fault{Name: "x", Does: client.FaultEffect{"kind": "hang"}}))
			},
		},
		{
			name:     "faults",
			exchange: exchange{want: "GET /control/v1/faults", status: 200, answer: `{"faults":[` + read + `]}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Faults(ctx) },
			want:     []client.Fault{lost},
		},
		{
			name:     "one fault",
			exchange: exchange{want: "GET /control/v1/faults/lost-answer", status: 200, answer: read},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Fault(ctx, "lost-answer") },
			want:     lost,
		},
		{
			name:     "remove a fault",
			exchange: exchange{want: "DELETE /control/v1/faults/a%2Fb", status: 204},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.RemoveFault(ctx, "a/b")) },
		},
		{
			name:     "remove all faults",
			exchange: exchange{want: "DELETE /control/v1/faults", status: 204},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.ClearFaults(ctx)) },
		},
		{
			name:     "the situation",
			exchange: exchange{want: "GET /control/v1/situation", status: 200, answer: situations},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Situation(ctx) },
			want:     "sms-late",
		},
		{
			name:     "all situations",
			exchange: exchange{want: "GET /control/v1/situation", status: 200, answer: situations},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Situations(ctx) },
			want: []client.Situation{{
				Name: "sms-late", Title: "SMS are late", Happens: "They come late.", Teaches: "To wait.",
				Settings: map[string]json.RawMessage{"smsDelay": json.RawMessage(`"4m"`)},
				Faults:   []client.Fault{{Name: "lost", Does: client.FaultEffect{"kind": "otp-lost"}}},
			}},
		},
		{
			name: "set the situation",
			exchange: exchange{want: "PUT /control/v1/situation", status: 200, answer: situations,
				body: `{"name":"sms-late"}`},
			call: func(ctx context.Context, c ctl) (any, error) { return just(c.SetSituation(ctx, "sms-late")) },
		},
	}
}
