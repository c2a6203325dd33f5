package gspface_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/simtest"
)

const dakshin = "29ABCCD1234E1Z1"

// erp is an ERP that calls the gateways of a simulator whose taxpayer Dakshin has an API user made through Sahyadri in
// the sandbox.
type erp struct {
	*testing.T
	*simtest.Server
}

func start(t *testing.T) erp {
	t.Helper()
	e := erp{t, simtest.Start(t, simulator.Options{})}
	e.control("POST", "/api-users", `{"environment":"sandbox","username":"books","password":"Books@2024",
		"gstin":"`+dakshin+`","clientId":"AAFCC29ERP82ZSO"}`, http.StatusCreated)
	return e
}

func (e erp) control(method, path, body string, want int) {
	e.Helper()
	if status, answer := e.send(e.Control, method, "/control/v1"+path, body, nil); status != want {
		e.Fatalf("%s %s answered %d %s", method, path, status, answer)
	}
}

func (e erp) send(base, method, path, body string, header map[string]string) (int, string) {
	e.Helper()
	r, err := http.NewRequestWithContext(e.Context(), method, base+path, strings.NewReader(body))
	if err != nil {
		e.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		r.Header[name] = []string{value}
	}
	r.Close = true // a listener takes so many connections, and each client has its own
	client := e.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	if err != nil {
		e.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		e.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (e erp) call(method, path, body string, header map[string]string) (int, string) {
	e.Helper()
	return e.send(e.GSP, method, path, body, header)
}

// is checks an answer, in which … stands for any text.
func is(t *testing.T, got, want string) {
	t.Helper()
	rest := got
	parts := strings.Split(want, "…")
	for i, part := range parts {
		at := strings.Index(rest, part)
		if at < 0 || i == 0 && at != 0 || i == len(parts)-1 && !strings.HasSuffix(rest, part) {
			t.Errorf("answered %.2000s\nwant     %s", got, want)
			return
		}
		rest = rest[at+len(part):]
	}
}

func today() string { return time.Now().In(nic.IST).Format("02/01/2006") }

// sample is an invoice of Dakshin's.
func sample(_ *testing.T, number string) string {
	return `{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},"DocDtls":{"Typ":"INV","No":"` + number +
		`","Dt":"` + today() + `"},"SellerDtls":{"Gstin":"` + dakshin + `",
		"LglNm":"Dakshin Components Private Limited","Addr1":"Old Mill Road","Loc":"Bengaluru","Pin":560001,"Stcd":"29"},
		"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan Trading House","Pos":"29","Addr1":"Market Street",
		"Loc":"Hubballi","Pin":580020,"Stcd":"29"},"ItemList":[{"SlNo":"1","IsServc":"N","PrdDesc":"Goods",
		"HsnCd":"847130","Qty":1,"Unit":"NOS","UnitPrice":1000,"TotAmt":1000,"AssAmt":1000,"GstRt":18,"CgstAmt":90,
		"SgstAmt":90,"TotItemVal":1180}],"ValDtls":{"AssVal":1000,"CgstVal":90,"SgstVal":90,"TotInvVal":1180}}`
}
