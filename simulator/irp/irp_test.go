package irp_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
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
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// What these calls answer is held to the contract over HTTP, in simulator/httpd/irpapi.
// Here is what cannot be seen from there.

// Each named code has words of NIC's and is used, and no refusal has a code without a name.
func TestCodes(t *testing.T) {
	files := token.NewFileSet()
	packages, err := parser.ParseDir(files, ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0) //nolint:staticcheck // one folder without build tags
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
	world          *world.World // whose store it is
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

func sealed(t *testing.T, key *rsa.PrivateKey, plain string) string {
	t.Helper()
	block, err := rsa.EncryptPKCS1v15(rand.Reader, &key.PublicKey, []byte(plain)) //nolint:staticcheck // NIC's choice
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(block)
}

// Whatever is wrong with a sealed login, the same steps are taken, which is why they
// take one duration: the client is looked up, [seal.OpenAuth] does its one private
// operation, and nothing follows. The refusals are equal to the last member.
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
			_, c, err := i.Authenticate(t.Context(), caller, data)
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

// A store that fails is no refusal: no client is told that its credentials are wrong,
// or that an invoice does not exist.
func TestStoreFails(t *testing.T) {
	i, key, counts := portal(t)
	ctx := t.Context()
	appKey := base64.StdEncoding.EncodeToString(make([]byte, 32))
	plain := `{"UserName":"dakshin_api","Password":"Testing@123","AppKey":"` + appKey + `"}`
	login, _, err := i.Authenticate(ctx, caller, sealed(t, key, base64.StdEncoding.EncodeToString([]byte(plain))))
	if err != nil {
		t.Fatal(err)
	}
	h := caller
	h.AuthToken = login.AuthToken
	s, err := i.Session(ctx, h)
	if err != nil {
		t.Fatal(err)
	}
	d, err := invoice.Sample{Today: time.Date(2026, time.July, 15, 0, 0, 0, 0, nic.IST)}.Document()
	if err != nil {
		t.Fatal(err)
	}
	irn := strings.Repeat("a", 64)
	counts.broken = errors.New("the disk is full")
	for name, call := range map[string]func() error{
		"auth":             func() error { _, _, err := i.Authenticate(ctx, caller, "x"); return err },
		"session":          func() error { _, err := i.Session(ctx, h); return err },
		"e-way bill login": func() error { _, err := i.EWayBillSession(ctx, h); return err },
		"details":          func() error { _, err := i.Taxpayer(ctx, s, gstin); return err },
		"generate":         func() error { _, _, err := i.Generate(ctx, s, d.JSON()); return err },
		"cancel": func() error {
			_, err := i.Cancel(ctx, s, []byte(`{"Irn":"`+irn+`","CnlRsn":"1","CnlRem":"x"}`))
			return err
		},
		"read":        func() error { _, err := i.Invoice(ctx, s, irn); return err },
		"by document": func() error { _, err := i.InvoiceByDocument(ctx, s, store.DocumentKey{}); return err },
		"ship": func() error {
			_, _, err := i.MakeEWayBill(ctx, s, []byte(`{"Irn":"`+irn+`","Distance":1}`))
			return err
		},
		"e-way bill": func() error { _, err := i.EWayBill(ctx, s, irn); return err },
		"cancel it":  func() error { _, err := i.CancelEWayBill(ctx, s, []byte(`{"ewbNo":1}`)); return err },
	} {
		if err := call(); !errors.Is(err, counts.broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A dummy GSTIN is somebody's in the sandbox, and nobody's in production.
func TestDummies(t *testing.T) {
	i, _, counts := portal(t)
	const dummy = "29AABCK7654P000"
	err := counts.Update(t.Context(), func(tx store.Tx) error {
		return tx.AddTaxpayer(store.Taxpayer{GSTIN: dummy, Status: nic.Active, Type: "REG", DummyOf: "AABCK7654P"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := i.Taxpayer(t.Context(), irp.Session{}, dummy); err != nil || got.Gstin != dummy || got.StateCode != 29 {
		t.Errorf("in the sandbox: %v, %v", got, err)
	}
	_, err = irp.In(counts.world, nic.Production, irp.Keys{}).Taxpayer(t.Context(), irp.Session{}, dummy)
	if refusal, refused := errors.AsType[*irp.Refusal](err); !refused || refusal.Errors[0].Code != "3001" {
		t.Errorf("in production: %v", err)
	}
}
