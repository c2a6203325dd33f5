package irp_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// The answers of these calls are tested against the contract over HTTP, in simulator/httpd/irpapi. Here are tests of
// properties that HTTP does not show.

// Each named code has words of NIC's and is used, and no refusal has a code without a name.
func TestCodes(t *testing.T) {
	files := token.NewFileSet()
	noTests := func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }
	packages, err := parser.ParseDir(files, ".", noTests, 0) //nolint:staticcheck // one folder without build tags
	if err != nil {
		t.Fatal(err)
	}
	named, used := map[string]bool{}, map[string]bool{}
	ast.Inspect(packages["irp"], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if len(n.Values) != 1 || !strings.HasPrefix(n.Names[0].Name, "code") {
				return true
			}
			literal, isLiteral := n.Values[0].(*ast.BasicLit)
			if !isLiteral {
				return true
			}
			code, _ := strconv.Unquote(literal.Value)
			if message, published := nic.Message(code); !published || message == "" {
				t.Errorf("%s: NIC has no words for %s", files.Position(n.Pos()), code)
			}
			named[n.Names[0].Name] = true
			return false
		case *ast.CallExpr:
			if name, _ := n.Fun.(*ast.Ident); name == nil || name.Name != "refuse" {
				return true
			}
			if _, isLiteral := n.Args[0].(*ast.BasicLit); isLiteral {
				t.Errorf("%s: a code without a name", files.Position(n.Pos()))
			}
		case *ast.Ident:
			used[n.Name] = true
		}
		return true
	})
	for name := range named {
		if !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
	if len(named) < 30 {
		t.Errorf("only %d codes were found", len(named))
	}
}

const (
	gstin    = "29ABCCD1234E1Z1"
	clientID = "AAFCC29ERP82ZSO"
)

var caller = irp.Headers{ClientID: clientID, ClientSecret: "secret", GSTIN: gstin, UserName: "dakshin_api"}

// counting counts the units of a store, and fails them once broken is set.
type counting struct {
	store.Store
	world          *world.World // of the store
	views, updates int
	broken         error
}

func (c *counting) View(ctx context.Context, f func(store.Reader) error) error {
	if c.views++; c.broken != nil {
		return c.broken
	}
	return c.Store.View(ctx, f)
}

func (c *counting) Update(ctx context.Context, f func(store.Tx) error) error {
	if c.updates++; c.broken != nil {
		return c.broken
	}
	return c.Store.Update(ctx, f)
}

// portal is the sandbox of a world with one user in it.
func portal(t *testing.T) (irp.IRP, *rsa.PrivateKey, *counting) {
	t.Helper()
	worlds := world.NewWorlds(world.Options{Populate: func(ctx context.Context, w *world.World) error {
		hash, err := w.Passwords.Hash("Testing@123")
		if err != nil {
			return err
		}
		return w.Store.Update(ctx, func(tx store.Tx) error {
			return errors.Join(
				tx.AddProvider(store.Provider{ClientID: clientID, ClientSecret: "secret"}),
				tx.AddTaxpayer(store.Taxpayer{GSTIN: gstin, Status: nic.Active, Type: "REG", EInvoiceEnabled: true}),
				tx.AddAPIUser(store.APIUser{Environment: nic.Sandbox, Username: "dakshin_api", PasswordHash: hash, GSTIN: gstin,
					ClientID: clientID}),
			)
		})
	}})
	w, err := worlds.Get(t.Context(), "irp")
	if err != nil {
		t.Fatal(err)
	}
	counts := &counting{Store: w.Store, world: w}
	w.Store = counts
	key, err := fixtures.PayloadKey("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	return irp.In(w, nic.Sandbox, irp.Keys{Payload: key}), key, counts
}

// loginData returns a function that returns the data of a login.
func loginData(data string) func() (string, error) {
	return func() (string, error) { return data, nil }
}

func sealed(t *testing.T, key *rsa.PrivateKey, plain string) string {
	t.Helper()
	block, err := rsa.EncryptPKCS1v15(rand.Reader, &key.PublicKey, []byte(plain)) //nolint:staticcheck // NIC's choice
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(block)
}

// Every sealed login that cannot be opened takes the same steps, and so the same time: the client is looked up,
// [seal.OpenAuth] does its one private operation, and nothing follows. The refusals are equal.
func TestUnopenableTakesTheSameSteps(t *testing.T) {
	i, key, counts := portal(t)
	other, err := fixtures.PayloadKey("production")
	if err != nil {
		t.Fatal(err)
	}
	text := base64.StdEncoding.EncodeToString
	for name, data := range map[string]string{
		"another key":          sealed(t, other, text([]byte("{}"))),
		"a truncated block":    sealed(t, key, "e30=")[:340],
		"garbage":              text(make([]byte, 256)),
		"no base64":            "*",
		"garbage, sealed well": sealed(t, key, "***"),
	} {
		t.Run(name, func(t *testing.T) {
			counts.views, counts.updates = 0, 0
			_, c, err := i.Authenticate(t.Context(), caller, loginData(data))
			refusal, refused := errors.AsType[*irp.Refusal](err)
			want := irp.Error{Code: "1013", Message: "Decryption of password failed"}
			if !refused || len(refusal.Errors) != 1 || refusal.Errors[0] != want || refusal.Info != nil || c.UserName != "" {
				t.Errorf("refused with %+v, read %v", err, c)
			}
			if counts.views != 1 || counts.updates != 0 {
				t.Errorf("%d views and %d updates of the store", counts.views, counts.updates)
			}
		})
	}
}

// Registering a plain invoice takes one view of the store and two units: one for its number, one to add it.
func TestGenerateTakesOneViewAndTwoUnits(t *testing.T) {
	_, _, counts := portal(t)
	key, err := fixtures.SigningKey("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := fixtures.SigningCertificate("sandbox")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := seal.NewSigner(key, certificate)
	if err != nil {
		t.Fatal(err)
	}
	i := irp.In(counts.world, nic.Sandbox, irp.Keys{Signer: signer})
	set := counts.world.Settings()
	set.UnknownGSTIN = settings.SynthesiseUnknown
	if err := counts.world.SetSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	d, err := invoice.Sample{Today: counts.world.Clock.Now()}.Document()
	if err != nil {
		t.Fatal(err)
	}
	counts.views, counts.updates = 0, 0
	var act irp.Act
	err = i.View(t.Context(), func(r store.Reader) (err error) {
		act, err = i.Generate(irp.View{Store: r, Caller: irp.Session{GSTIN: gstin, Portal: nic.NIC1}, Request: d.JSON()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := act(t.Context())
	irn := d.IRN(counts.world.Book(nic.Sandbox))
	registered, ok := answer.Value.(irp.Registered)
	if err != nil || !ok || registered.Irn != irn {
		t.Errorf("answered %v, %v", answer, err)
	}
	number := "11" + counts.world.Clock.Now().In(nic.IST).Format("06") + "10000000001"
	if fmt.Sprint(registered.AckNo) != number {
		t.Errorf("the acknowledgement number is %v; want %s", registered.AckNo, number)
	}
	if counts.views != 1 || counts.updates != 2 {
		t.Errorf("%d views and %d units of the store", counts.views, counts.updates)
	}
}

// A failure of the store is not a refusal: it must not say that credentials are wrong or that an invoice does not
// exist.
func TestStoreFails(t *testing.T) {
	i, key, counts := portal(t)
	ctx := t.Context()
	appKey := base64.StdEncoding.EncodeToString(make([]byte, 32))
	plain := `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + appKey + `"}`
	data := sealed(t, key, base64.StdEncoding.EncodeToString([]byte(plain)))
	login, _, err := i.Authenticate(ctx, caller, loginData(data))
	if err != nil {
		t.Fatal(err)
	}
	h := caller
	h.AuthToken = login.AuthToken
	var s irp.Session
	err = i.View(ctx, func(r store.Reader) (err error) {
		s, err = i.Session(r, irp.EInvoice, h)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := invoice.Sample{Today: time.Date(2026, time.July, 15, 0, 0, 0, 0, nic.IST)}.Document()
	if err != nil {
		t.Fatal(err)
	}
	irn := strings.Repeat("a", 64)
	counts.broken = errors.New("the disk is full")
	acts := func(call func(irp.View) (irp.Act, error), request string) func(store.Reader) error {
		return func(r store.Reader) error {
			act, err := call(irp.View{Store: r, Caller: s, Request: []byte(request)})
			if err == nil {
				_, err = act(ctx)
			}
			return err
		}
	}
	reads := func(call func(irp.View) error) func(store.Reader) error {
		return func(r store.Reader) error { return call(irp.View{Store: r, Caller: s}) }
	}
	for name, call := range map[string]func(store.Reader) error{
		"auth":             func(store.Reader) error { _, _, err := i.Authenticate(ctx, caller, loginData("x")); return err },
		"session":          func(r store.Reader) error { _, err := i.Session(r, irp.EInvoice, h); return err },
		"e-way bill login": func(r store.Reader) error { _, err := i.Session(r, irp.EWayBillSystem, h); return err },
		"details":          reads(func(v irp.View) error { _, err := i.Taxpayer(v, gstin); return err }),
		"generate":         acts(i.Generate, string(d.JSON())),
		"cancel":           acts(i.Cancel, `{"Irn":"`+irn+`","CnlRsn":"1","CnlRem":"x"}`),
		"read":             reads(func(v irp.View) error { _, err := i.Invoice(v, irn); return err }),
		"by document": reads(func(v irp.View) error {
			_, err := i.InvoiceByDocument(v, store.DocumentKey{})
			return err
		}),
		"ship":       acts(i.MakeEWayBill, `{"Irn":"`+irn+`","Distance":1}`),
		"e-way bill": reads(func(v irp.View) error { _, err := i.EWayBill(v, irn); return err }),
		"cancel it":  acts(i.CancelEWayBill, `{"ewbNo":1}`),
	} {
		if err := call(failing{err: counts.broken}); !errors.Is(err, counts.broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// failing is a store that cannot be read.
type failing struct {
	store.Reader
	err error
}

func (f failing) Provider(string) (store.Provider, error) { return store.Provider{}, f.err }
func (f failing) Taxpayer(string) (store.Taxpayer, error) { return store.Taxpayer{}, f.err }
func (f failing) Invoice(nic.Environment, string) (store.Invoice, error) {
	return store.Invoice{}, f.err
}
func (f failing) InvoiceByDocument(nic.Environment, store.DocumentKey) (store.Invoice, error) {
	return store.Invoice{}, f.err
}

// A dummy GSTIN belongs to a taxpayer in the sandbox only.
func TestDummies(t *testing.T) {
	i, _, counts := portal(t)
	const dummy = "29AABCK7654P000"
	err := counts.Update(t.Context(), func(tx store.Tx) error {
		return tx.AddTaxpayer(store.Taxpayer{GSTIN: dummy, Status: nic.Active, Type: "REG", DummyOf: "AABCK7654P"})
	})
	if err != nil {
		t.Fatal(err)
	}
	details := func(i irp.IRP) (got irp.Taxpayer, err error) {
		err = i.View(t.Context(), func(r store.Reader) (err error) {
			got, err = i.Taxpayer(irp.View{Store: r}, dummy)
			return err
		})
		return got, err
	}
	if got, err := details(i); err != nil || got.Gstin != dummy || got.StateCode != 29 {
		t.Errorf("in the sandbox: %v, %v", got, err)
	}
	_, err = details(irp.In(counts.world, nic.Production, irp.Keys{}))
	if refusal, refused := errors.AsType[*irp.Refusal](err); !refused || refusal.Errors[0].Code != "3001" {
		t.Errorf("in production: %v", err)
	}
}
