package irp

import (
	"context"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// callMistake is something wrong with a call.
type callMistake struct {
	words string
	spoil func(c *calls, ctx context.Context, u *caller, h headers) error
}

// callMistakes are in the order in which the API looks for them.
var callMistakes = []callMistake{
	{"without client_id", lacking("client_id")},
	{"without client_secret", lacking("client_secret")},
	{"without Gstin", lacking("Gstin")},
	{"with another client's secret", having("client_secret", scene.UnknownClientSecret)},
	{"without user_name", lacking("user_name")},
	{"without AuthToken", lacking("AuthToken")},
	{"with an unknown token", having("AuthToken", "NobodyHasThisToken0000000")},
	{"with another user_name", having("user_name", "nobody_2026")},
	{"through another company", func(c *calls, ctx context.Context, _ *caller, h headers) (err error) {
		h["client_id"], h["client_secret"], err = c.Credentials(ctx, "Malwa Suvidha Services's client id")
		return err
	}},
	{"under another GSTIN", func(_ *calls, _ context.Context, u *caller, h headers) error {
		h["Gstin"] = anotherGSTIN(u.GSTIN)
		return nil
	}},
}

func lacking(header string) func(*calls, context.Context, *caller, headers) error {
	return having(header, "")
}

func having(header, value string) func(*calls, context.Context, *caller, headers) error {
	return func(_ *calls, _ context.Context, _ *caller, h headers) error {
		h[header] = value
		return nil
	}
}
