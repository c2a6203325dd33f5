package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
)

// kills is how often a test kills a process: KILLS times, or a few times.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("KILLS"), "10"))
	if err != nil {
		t.Fatalf("KILLS: %v", err)
	}
	return n
}

// acknowledged is what the simulator has acknowledged, and must have from then on.
type acknowledged struct {
	mu        sync.Mutex // guards what follows
	firms     []string   // by PAN
	invoices  map[string]client.Invoice
	numbers   map[client.Number]string // IRNs by acknowledgement number
	advanced  int                      // milliseconds of the frozen clock
	reminders int                      // messages of the inbox, since it was emptied
}

// frozen is where the clock begins.
var frozen = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.FixedZone("IST", 19800))

// caller calls one process.
type caller struct {
	control    *client.Control
	production *client.Production
	api        *client.API
}

func call(t *testing.T, urls simulator.URLs) caller {
	t.Helper()
	control, err := client.NewControl(urls.Control, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	production, err := client.NewProduction(urls.Production, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := control.PublicKey(t.Context(), client.EnvironmentSandbox)
	if err != nil {
		t.Fatal(err)
	}
	api, err := client.NewAPI(urls.Sandbox, client.Credentials{
		ClientID: "AAFCC29ERP82ZSO", ClientSecret: "SahyadriSecret000001", GSTIN: "29ABCCD1234E1Z1",
		Username: "killed_api", Password: "Testing@123",
	}, key, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return caller{control, production, api}
}

// prepare makes the API user, and freezes the clock.
func (c caller) prepare(t *testing.T) {
	t.Helper()
	if err := c.control.SetClock(t.Context(), client.Clock{Mode: client.ClockFrozen, Now: frozen}); err != nil {
		t.Fatal(err)
	}
	err := c.control.AddAPIUser(t.Context(), client.APIUserRecord{
		Environment: client.EnvironmentSandbox, Username: "killed_api", Password: "Testing@123",
		GSTIN: "29ABCCD1234E1Z1", ClientID: "AAFCC29ERP82ZSO",
	})
	if err != nil {
		t.Fatal(err)
	}
}

// load writes with four clients until the process is killed or done is closed, and calls told with the number of
// acknowledgements at each of them. Loads at the same time have different names.
func (a *acknowledged) load(t *testing.T, c caller, name string, done <-chan struct{}, told func(number int)) {
	t.Helper()
	number := 0
	acknowledge := func(note func()) {
		a.mu.Lock()
		note()
		number++
		now := number
		a.mu.Unlock()
		told(now)
	}
	writers := []func(n int) (note func(), err error){
		func(n int) (func(), error) {
			pan := fmt.Sprintf("%s%04dF", name, n)
			err := c.control.AddOrganisation(t.Context(), client.Organisation{PAN: pan, LegalName: "Firm " + pan, Type: "GSP",
				Mobile: "9876500000", Email: "firm@example.example"})
			return func() { a.firms = append(a.firms, pan) }, err
		},
		func(n int) (func(), error) {
			i, err := c.api.Generate(t.Context(), invoiceNumbered(fmt.Sprintf("%s/%d", name, n)))
			return func() {
				if other, given := a.numbers[i.AckNo]; given {
					t.Errorf("the acknowledgement number %v was given to %s and to %s", i.AckNo, other, i.IRN)
				}
				a.invoices[i.IRN], a.numbers[i.AckNo] = i, i.IRN
			}, err
		},
		func(int) (func(), error) {
			_, err := c.control.Advance(t.Context(), time.Millisecond)
			return func() { a.advanced++ }, err
		},
		func(int) (func(), error) { return func() { a.reminders++ }, c.remind(t.Context()) },
	}
	var all sync.WaitGroup
	for _, write := range writers {
		all.Go(func() {
			for n := 1; ; n++ {
				note, err := write(n)
				if err != nil {
					if !lost(err) {
						t.Errorf("%s %d: %v", name, n, err)
					}
					return
				}
				acknowledge(note)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	all.Wait()
}

// lost reports whether the process was killed during a call.
func lost(err error) bool {
	_, gone := errors.AsType[*client.Unreachable](err)
	return gone
}

// remind has a message sent.
func (c caller) remind(ctx context.Context) error {
	captcha, err := c.production.NewCaptcha(ctx)
	if err != nil {
		return err
	}
	answer, err := c.control.CaptchaAnswer(ctx, captcha.ID)
	if err != nil {
		return err
	}
	_, err = c.production.RemindUsername(ctx, client.ForgottenUsername{
		GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Captcha: client.CaptchaAnswer{CaptchaID: captcha.ID, Answer: answer},
	})
	return err
}

// check finds what was acknowledged. Each of the loads may have done one more act that it was not told of.
func (a *acknowledged) check(t *testing.T, c caller, loads int) {
	t.Helper()
	for _, pan := range a.firms {
		if _, err := c.control.Organisation(t.Context(), pan); err != nil {
			t.Errorf("the organisation %s: %v", pan, err)
		}
	}
	for irn, want := range a.invoices {
		got, err := c.control.RegisteredInvoice(t.Context(), client.EnvironmentSandbox, irn)
		if err != nil || got.AckNo != int64(want.AckNo) {
			t.Errorf("the invoice %s: %+v, %v; want the number %v", irn, got, err, want.AckNo)
		}
	}
	now, err := c.control.Clock(t.Context())
	if n := int(now.Now.Sub(frozen).Milliseconds()); err != nil || n < a.advanced || n > a.advanced+loads {
		t.Errorf("the clock was advanced %d times, %v; acknowledged were %d", n, err, a.advanced)
	} else {
		a.advanced = n
	}
	messages, err := c.control.Inbox(t.Context(), client.InboxFilter{Purpose: client.PurposeUsernameReminder})
	if n := len(messages); err != nil || n < a.reminders || n > a.reminders+loads {
		t.Errorf("the inbox has %d messages, %v; acknowledged were %d", n, err, a.reminders)
	} else {
		a.reminders = n
	}
}

// invoiceNumbered is an invoice that NIC's rules accept.
func invoiceNumbered(number string) []byte {
	return fmt.Appendf(nil, `{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},`+
		`"DocDtls":{"Typ":"INV","No":%q,"Dt":"20/11/2026"},`+
		`"SellerDtls":{"Gstin":"29ABCCD1234E1Z1","LglNm":"Dakshin Components Private Limited","Addr1":"Old Mill Road",`+
		`"Loc":"Bengaluru","Pin":560001,"Stcd":"29"},`+
		`"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan Trading House","Pos":"29","Addr1":"Market Street",`+
		`"Loc":"Hubballi","Pin":580020,"Stcd":"29"},"ItemList":[{"SlNo":"1","IsServc":"N","PrdDesc":"Goods",`+
		`"HsnCd":"847130","Qty":1,"Unit":"NOS","UnitPrice":1000,"TotAmt":1000,"AssAmt":1000,"GstRt":18,"CgstAmt":90,`+
		`"SgstAmt":90,"TotItemVal":1180}],"ValDtls":{"AssVal":1000,"CgstVal":90,"SgstVal":90,"TotInvVal":1180}}`, number)
}

// What was acknowledged survives kill -9 under load.
func TestKilledProcessLosesNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process that is killed on Windows may keep its files open for a while")
	}
	dir := t.TempDir()
	kept := newAcknowledged()
	s := serve(t, "--data", dir)
	call(t, s.urls).prepare(t)
	for n := range kills(t) {
		c := call(t, s.urls)
		if err := c.control.ClearInbox(t.Context()); err != nil {
			t.Fatal(err)
		}
		round := kept.round()
		round.load(t, c, named(n, "P"), nil, killAt(5+n*7%60, s))
		s.kill()
		s = serve(t, "--data", dir)
		round.check(t, call(t, s.urls), 1)
		kept.add(round)
		if t.Failed() {
			t.Fatalf("after %d kills", n+1)
		}
	}
	kept.check(t, call(t, s.urls), 0)
	t.Logf("%d kills; kept are %d organisations, %d invoices and the clock, advanced %d times", kills(t), len(kept.firms),
		len(kept.invoices), kept.advanced)
	if code, said := s.stop(); code != exitGood {
		t.Errorf("exit code %d, output %s", code, said)
	}
}

// newAcknowledged returns nothing acknowledged.
func newAcknowledged() *acknowledged {
	return &acknowledged{invoices: map[string]client.Invoice{}, numbers: map[client.Number]string{}}
}

// round returns what is acknowledged before the acts of a round, whose inbox is empty: what earlier rounds made is not
// looked for in each.
func (a *acknowledged) round() *acknowledged {
	r := newAcknowledged()
	r.numbers, r.advanced = a.numbers, a.advanced
	return r
}

// add adds what a round acknowledged.
func (a *acknowledged) add(round *acknowledged) {
	a.advanced, a.reminders = round.advanced, round.reminders
	a.firms = append(a.firms, round.firms...)
	maps.Copy(a.invoices, round.invoices)
}

// Two processes serve one set of worlds under load. One is killed, and the other has all that both acknowledged,
// nothing of it twice. It follows what another process changes.
func TestKilledProcessOfTwoLosesNothing(t *testing.T) {
	address := os.Getenv("TEST_POSTGRES")
	if address == "" {
		t.Skip("TEST_POSTGRES names no server; scripts/postgres.sh starts one")
	}
	stays, dies := serve(t, "--database", address), serve(t, "--database", address)
	here := call(t, stays.urls)
	if err := here.control.Reset(t.Context()); err != nil { // an earlier run may have used the server
		t.Fatal(err)
	}
	here.prepare(t)
	follows(t, here, call(t, dies.urls))
	kept := newAcknowledged()
	for n := range max(1, kills(t)/10) {
		if err := here.control.ClearInbox(t.Context()); err != nil { // it keeps 1,000 messages
			t.Fatal(err)
		}
		round := kept.round()
		done := make(chan struct{})
		var loads sync.WaitGroup
		loads.Go(func() { round.load(t, here, named(n, "A"), done, func(int) {}) })
		round.load(t, call(t, dies.urls), named(n, "B"), nil, killAt(20+n*7%60, dies))
		dies.kill()
		close(done)
		loads.Wait()
		round.check(t, here, 1)
		dies = serve(t, "--database", address)
		round.check(t, call(t, dies.urls), 0)
		kept.add(round)
		if t.Failed() {
			t.Fatalf("after %d kills", n+1)
		}
	}
	kept.check(t, here, 0)
	t.Logf("kept are %d organisations, %d invoices, %d messages and the clock, advanced %d times", len(kept.firms),
		len(kept.invoices), kept.reminders, kept.advanced)
}

// follows checks that what one process is told is true in another within a second.
func follows(t *testing.T, one, other caller) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := one.control.PatchSettings(t.Context(), map[string]any{"otpMaxSends": 17}); err != nil {
		t.Fatal(err)
	}
	err := one.control.SetFault(t.Context(), client.Fault{Name: "followed", Does: client.FaultEffect{"kind": "html"},
		When: client.FaultWhen{Call: "registration"}})
	if err != nil {
		t.Fatal(err)
	}
	for {
		settings, err := other.control.Settings(ctx)
		if err != nil {
			t.Fatalf("the settings do not follow within a second: %v", err)
		}
		faults, err := other.control.Faults(ctx)
		if err == nil && len(faults) == 1 && settings.OTPMaxSends == 17 {
			break
		}
	}
	if err := one.control.ClearFaults(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// named returns the beginning of names that no other round and no other load has.
func named(round int, load string) string {
	return string([]byte{'A' + byte(round/676%26), 'A' + byte(round/26%26), 'A' + byte(round%26)}) + "F" + load
}

// killAt returns a function that kills a process at an acknowledgement.
func killAt(number int, s served) func(int) {
	return func(n int) {
		if n == number {
			s.kill()
		}
	}
}
