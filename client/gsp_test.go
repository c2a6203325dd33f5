package client_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

func TestGSP(t *testing.T) {
	t.Parallel()
	const refused = `{"connectionId":"c/1","companyName":"Konkan","environment":"production","gstin":"29ABCCD1234E1Z1",` +
		`"username":"API_x","status":"INACTIVE","nicCode":"1019","detail":"Incorrect Password","cause":"C","remedy":"R",` +
		`"tokenExpiry":null,"testedAt":"2026-11-22T10:00:00+05:30"}`
	const good = `{"connectionId":"c/1","status":"ACTIVE","nicCode":null,"tokenExpiry":"2026-11-22 16:00:00"}`
	base := listen(t,
		exchange{want: "POST /portal/v1/connections", status: 201, answer: refused,
			body: `{"companyName":"Konkan","environment":"production","gstin":"29ABCCD1234E1Z1","username":"API_x","password":"P"}`},
		exchange{want: "PUT /portal/v1/connections/c%2F1", status: 200, answer: good,
			body: `{"username":"API_x","password":"Q"}`},
		exchange{want: "POST /portal/v1/connections/c%2F1/test", status: 200, answer: good},
		exchange{want: "GET /portal/v1/connections/c%2F1", status: 200, answer: good},
		exchange{want: "GET /portal/v1/connections?companyName=Konkan", status: 200, answer: `{"connections":[` + refused + `],"next":"c/1"}`},
		exchange{want: "GET /portal/v1/connections?after=c%2F1&companyName=Konkan", status: 200,
			answer: `{"connections":[` + good + `]}`},
		exchange{want: "DELETE /portal/v1/connections/c%2F1", status: 204},
	)
	g, err := client.NewGSP(base, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first, err := g.Enter(t.Context(), client.NewConnection{CompanyName: "Konkan",
		Environment: client.EnvironmentProduction, GSTIN: "29ABCCD1234E1Z1", Username: "API_x", Password: "P"})
	want := client.Connection{ID: "c/1", CompanyName: "Konkan", Environment: client.EnvironmentProduction,
		GSTIN: "29ABCCD1234E1Z1", Username: "API_x", Status: client.ConnectionInactive, NICCode: "1019",
		Detail: "Incorrect Password", Cause: "C", Remedy: "R", TestedAt: at(10, 0)}
	if diff := cmp.Diff(want, first); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	active := client.Connection{ID: "c/1", Status: client.ConnectionActive, TokenExpiry: "2026-11-22 16:00:00"}
	changed, err := g.Change(t.Context(), "c/1", "API_x", "Q")
	if diff := cmp.Diff(active, changed); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if c, err := g.Test(t.Context(), "c/1"); c != active || err != nil {
		t.Errorf("%+v %v", c, err)
	}
	if c, err := g.Connection(t.Context(), "c/1"); c != active || err != nil {
		t.Errorf("%+v %v", c, err)
	}
	if list, err := g.Connections(t.Context(), "Konkan"); len(list) != 2 || list[1] != active || err != nil {
		t.Errorf("%+v %v", list, err)
	}
	if err := g.Remove(t.Context(), "c/1"); err != nil {
		t.Error(err)
	}
}
