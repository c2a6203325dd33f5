package irp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiCallSteps call the e-Invoice API by hand, with valid or invalid headers and Data.
type apiCallSteps struct{ *calls }

func (g apiCallSteps) Register(r *scene.Registry) {
	r.Act(`{who} asks the API for the details of {firm}`, g.ask, needs.GSTINDetails).Needing(detailsOf)
	r.Act(`{who} asks the API for the details of {firm}, ((?:its|with|without|through|under) .+)`,
		g.askOtherwise, needs.GSTINDetails).Needing(func(values []string) []needs.Need {
		return append(detailsOf(values), callNeeds(values[3])...)
	})
	r.Act(`{who} asks the API for the details of {firm}, and everything is wrong from {text} on`,
		g.askWrongFrom, needs.GSTINDetails).Using(needs.Providers).Needing(func(values []string) []needs.Need {
		return append(detailsOf(values), callNeeds(values[3])...)
	})
	r.Act(`{who} asks the {portal} API for the details of {firm} with {their} token of the other portal`,
		g.askElsewhere, needs.GSTINDetails, needs.Sealed)
	r.Act(`{who} asks the API of another world for the details of {firm}`, g.askOtherWorld, needs.Worlds, needs.Sealed)
	r.Act(`{who} cancels an invoice with (.+) in Data`, g.cancelWith, needs.Cancel, needs.Sealed)
}

// detailsOf are the needs of asking for the details of the firm in the second group.
func detailsOf(values []string) []needs.Need {
	if values[2] == "Deccan" {
		return []needs.Need{needs.Party("sameState")}
	}
	return nil
}

// callNeeds are the needs of a mistake in a call.
func callNeeds(words string) []needs.Need {
	all := append(protocol(words), needs.Sealed) // a plain call has no login that it can differ from
	if words == "through another company" {
		all = append(all, needs.Providers)
	}
	return all
}

func (g apiCallSteps) ask(ctx context.Context, u *caller, t client.Taxpayer) error {
	return g.asking(ctx, u, t, nil)
}

func (g apiCallSteps) askOtherwise(ctx context.Context, u *caller, t client.Taxpayer, how string) error {
	if spelling, ok := strings.CutPrefix(how, "its headers "); ok {
		return g.asking(ctx, u, t, func(h headers) (headers, error) { return h.spelt(spelling) })
	}
	at := slices.IndexFunc(callMistakes, func(m callMistake) bool { return m.words == how })
	if at < 0 {
		return fmt.Errorf("there is no call %q", how)
	}
	return g.asking(ctx, u, t, func(h headers) (headers, error) {
		return h, callMistakes[at].spoil(g.calls, ctx, u, h)
	})
}

func (g apiCallSteps) askWrongFrom(ctx context.Context, u *caller, t client.Taxpayer, first string) error {
	return g.asking(ctx, u, t, func(h headers) (headers, error) {
		for _, f := range slices.Backward(callMistakes) {
			if g.Control == nil && f.words != first && slices.ContainsFunc(callNeeds(f.words), needs.Need.IsControl) {
				continue // it comes after the first, so that the answer does not depend on it
			}
			if err := f.spoil(g.calls, ctx, u, h); err != nil {
				return nil, err
			}
			if f.words == first {
				return h, nil
			}
		}
		return nil, fmt.Errorf("there is no call %q", first)
	})
}

// asking reads a GSTIN's details with headers that were changed somehow.
func (g apiCallSteps) asking(ctx context.Context, u *caller, t client.Taxpayer,
	how func(headers) (headers, error)) (err error) {
	h := u.headers()
	if how != nil {
		if h, err = how(h); err != nil {
			return err
		}
	}
	g.details, err = g.read(ctx, u, gstinPath+t.GSTIN, h)
	return err
}

// read performs a GET and opens the document in its Data.
func (c *calls) read(ctx context.Context, u *caller, path string, h headers) (map[string]any, error) {
	e, err := c.callAPI(ctx, u.portal, http.MethodGet, path, h, nil)
	if err != nil {
		return nil, err
	}
	var sealed string
	if err := json.Unmarshal(e.Data, &sealed); err != nil {
		return nil, fmt.Errorf("the answer's Data: %w", err)
	}
	document, err := face.Open(u.login.SEK, sealed)
	if err != nil {
		return nil, err
	}
	return scene.Object(document)
}

// cancelWith posts a cancellation whose Data is not what it should be. What the document says does
// not matter: nothing is looked up before it is open.
func (g apiCallSteps) cancelWith(ctx context.Context, u *caller, what string) error {
	document := []byte("{}")
	members := map[string]string{}
	var err error
	switch what {
	case "nothing":
	case "something that is not base64":
		members["Data"] = "not sealed!"
	case "a document under another key":
		members["Data"], err = face.Seal(u.appKey(len(u.login.SEK)), document)
	case "a document under the SEK":
		members["Data"], err = face.Seal(u.login.SEK, document)
	default:
		err = fmt.Errorf("there is no Data %q", what)
	}
	if err != nil {
		return err
	}
	return g.post(ctx, u, cancelPath, members)
}

// post sends a JSON object of texts.
func (c *calls) post(ctx context.Context, u *caller, path string, members map[string]string) error {
	body, err := json.Marshal(members)
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	_, err = c.callAPI(ctx, u.portal, http.MethodPost, path, u.headers(), body)
	return err
}

func (g apiCallSteps) askElsewhere(ctx context.Context, p *scene.Person, portal string, t client.Taxpayer) error {
	users := g.of(p).byPortal
	there, here := users[portal], users[otherPortal[portal]]
	if there == nil || here == nil {
		return fmt.Errorf("%s is not logged in to both portals' APIs", p.Name)
	}
	h := there.headers()
	h["AuthToken"] = here.login.Token
	_, err := g.read(ctx, there, gstinPath+t.GSTIN, h)
	return err
}

func (g apiCallSteps) askOtherWorld(ctx context.Context, u *caller, t client.Taxpayer, other *scene.Scene) error {
	_, err := (&calls{Scene: other}).read(ctx, u, gstinPath+t.GSTIN, u.headers())
	return err
}

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
	{"under another GSTIN", func(c *calls, _ context.Context, u *caller, h headers) error {
		h["Gstin"] = c.anotherGSTIN(u.GSTIN)
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
