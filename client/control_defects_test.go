package client_test

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// controlDefectRows are the calls about defects.
func controlDefectRows() []method[*client.Control] {
	type ctl = *client.Control
	const read = `{"names":["otp-any"],"catalogue":[{"name":"otp-any","rule":"otp-mismatch","leftOut":true,
		"says":"Any OTP is accepted.","source":"behaviour-12"}]}`
	return []method[ctl]{
		{
			name:     "defects",
			exchange: exchange{want: "GET /control/v1/defects", status: 200, answer: read},
			call:     func(ctx context.Context, c ctl) (any, error) { return c.Defects(ctx) },
			want: client.Defects{Names: []string{"otp-any"}, Catalogue: []client.Defect{{
				Name: "otp-any", Rule: "otp-mismatch", LeftOut: true, Says: "Any OTP is accepted.", Source: "behaviour-12",
			}}},
		},
		{
			name:     "set defects",
			exchange: exchange{want: "PUT /control/v1/defects", status: 200, answer: read, body: `{"names":["otp-any"]}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.SetDefects(ctx, "otp-any")) },
		},
		{
			name:     "end all defects",
			exchange: exchange{want: "PUT /control/v1/defects", status: 200, answer: read, body: `{"names":[]}`},
			call:     func(ctx context.Context, c ctl) (any, error) { return just(c.SetDefects(ctx)) },
		},
	}
}
