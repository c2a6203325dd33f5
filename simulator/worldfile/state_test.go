package worldfile_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/internal/document"
	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// drawn sets a value to one that the JSON of a record of a world file can have.
func drawn(t *rapid.T, v reflect.Value, name string) {
	name = strings.ToLower(name)
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		at := time.Date(2026, time.November, 27, 10, 0, 0, 0, nic.IST)
		if rapid.Bool().Draw(t, "later") {
			at = at.Add(time.Duration(rapid.Int64Range(0, 1e16).Draw(t, "nanoseconds")))
		}
		v.Set(reflect.ValueOf(at))
	case v.Type() == reflect.TypeFor[nic.Environment]():
		v.SetString(string(rapid.SampledFrom(nic.Environments[:]).Draw(t, "environment")))
	case v.Kind() == reflect.String && strings.HasSuffix(name, "gstin"):
		v.SetString(rapid.SampledFrom([]string{"29ABCCD1234E1Z1", "", "URP"}).Draw(t, "GSTIN"))
	case v.Kind() == reflect.String && name == "pan":
		v.SetString(rapid.SampledFrom([]string{"ABCCD1234E", ""}).Draw(t, "PAN"))
	case v.Kind() == reflect.String:
		v.SetString(rapid.OneOf(rapid.StringN(0, 4, 16), rapid.SampledFrom([]string{"true", "12", "null"})).Draw(t, "text"))
	case v.CanInt():
		v.SetInt(rapid.Int64Range(0, 999_999_999_999_999).Draw(t, "number"))
	case v.Kind() == reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "truth"))
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 0, 2))
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			item := reflect.New(v.Type().Elem()).Elem()
			drawn(t, item, name)
			v.Set(reflect.Append(v, item))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if rapid.IntRange(0, 3).Draw(t, "member") > 0 {
				member, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
				drawn(t, v.Field(i), member)
			}
		}
		if environment := v.FieldByName("Environment"); environment.IsValid() && environment.IsZero() {
			environment.SetString(string(nic.Sandbox))
		}
	default:
		t.Fatalf("a record has a %s", v.Type())
	}
}

// lived makes a world with taxpayers, users and settings in which things have happened.
func lived(t *rapid.T, worlds *world.Worlds, name string) *world.World {
	begin := `{"extends":"empty","clock":{"mode":"frozen","now":"2026-11-27T10:00:00+05:30"},` +
		`"taxpayers":[{"gstin":"29ABCCD1234E1Z1"}],"providers":[{"clientId":"A","clientSecret":"s"}],` +
		`"apiUsers":[{"username":"u","password":"p","gstin":"29ABCCD1234E1Z1","clientId":"A"}]}`
	w := imported(t, worlds, name, []byte(begin))
	err := w.Store.Update(context.Background(), func(tx store.Tx) error {
		for _, f := range store.Forms(store.Anywhere) {
			for range rapid.IntRange(0, 3).Draw(t, f.Name) {
				v := reflect.New(f.Type).Elem()
				drawn(t, v, "")
				if i, ok := v.Addr().Interface().(*store.Invoice); ok { // one of NIC has texts that are not drawn
					i.IRP, i.SignedInvoice, i.SignedQRCode = "EY", "", ""
				}
				record, err := json.Marshal(v.Interface())
				if err == nil {
					err = tx.AddRecord(f, record)
				}
				if err != nil && !errors.Is(err, store.ErrExists) {
					return err
				}
			}
		}
		return nil
	})
	for range rapid.IntRange(0, 3).Draw(t, "messages") {
		var m inbox.Message
		drawn(t, reflect.ValueOf(&m).Elem(), "")
		w.Inbox.Deliver(m)
	}
	in, situationErr := situation.Named(rapid.SampledFrom(situation.Names()).Draw(t, "situation"))
	err = errors.Join(err, situationErr, w.Enter(context.Background(), in))
	var changes []func() error
	changes = append(changes, func() error {
		_, err := w.ChangeSettings(context.Background(), func(s *settings.Settings) error {
			s.OTPMaxSends, s.Outage, s.Rules = rapid.IntRange(1, 9).Draw(t, "sends"), true, map[string]bool{"hsn-length": false}
			return nil
		})
		return err
	}, func() error {
		return w.SetDefects(context.Background(),
			[]string{rapid.SampledFrom(defect.Catalogue()).Draw(t, "defect").Name})
	}, func() error {
		_, err := admin.AddFault(context.Background(), w, map[string]jsontext.Value{
			"name": jsontext.Value(`"own"`), "does": jsontext.Value(`{"kind":"status","code":503}`),
			"often": jsontext.Value(`{"every":2}`), "when": jsontext.Value(`{"header":{"X-Test":"1"}}`)})
		return err
	})
	for _, change := range changes {
		if rapid.Bool().Draw(t, "changed") {
			err = errors.Join(err, change())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func imported(t rapid.TB, worlds *world.Worlds, name string, text []byte) *world.World {
	t.Helper()
	entry, err := worldfile.ReadWorld(text, name)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	from, err := entry.Origin(worlds.Settings())
	if err != nil {
		t.Fatal(err)
	}
	made, err := worlds.Remake(context.Background(), name, from)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func exported(t rapid.TB, w *world.World) string {
	t.Helper()
	entry, err := worldfile.EntryWithState(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	entry.Name = ""
	text, err := json.MarshalIndent(entry, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A world that is exported and imported, as JSON or YAML, by another name and in a simulator with other settings, is
// exported as the same text. A snapshot of it brings back the same text too.
func TestExportImportExport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		here := world.NewWorlds(world.Options{Populate: worldfile.Populate})
		before := exported(t, lived(t, here, "here"))
		figures := settings.Default()
		figures.OTPMaxSends, figures.Outage = 33, true
		there := world.NewWorlds(world.Options{Populate: worldfile.Populate, Settings: &figures, Situation: "hostile"})
		yaml, err := document.ToYAML([]byte(before))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{before, string(yaml)} {
			w := imported(t, there, "there", []byte(text))
			if diff := cmp.Diff(before, exported(t, w)); diff != "" {
				t.Fatalf("(-exported +imported):\n%s", diff)
			}
			_, err := w.TakeSnapshot(context.Background(), "s")
			w.Inbox.Clear()
			if err := errors.Join(err, w.ClearFaults(context.Background()),
				w.RestoreSnapshot(context.Background(), "s")); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, exported(t, w)); diff != "" {
				t.Fatalf("(-exported +restored):\n%s", diff)
			}
		}
	})
}

// What an imported world draws is not what its records were drawn from, though seed and name are the same. The same
// file makes the same world again.
func TestImportedDraws(t *testing.T) {
	options := world.Options{Populate: worldfile.Populate}
	draw := func(w *world.World) string { return w.Dice.Stream("token").Alphanumeric(25) }
	worlds := world.NewWorlds(options)
	w, err := worlds.Get(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	first := draw(w)
	counting := func(tx store.Tx) error {
		_, err := tx.Next(nic.Sandbox, "acknowledgement")
		return err
	}
	if err := w.Store.Update(t.Context(), counting); err != nil {
		t.Fatal(err)
	}
	file := []byte(exported(t, w))
	second := draw(imported(t, world.NewWorlds(options), "w", file))
	again := imported(t, world.NewWorlds(options), "w", file)
	if draw(again) != second {
		t.Error("the same file makes another world")
	}
	if err := again.Store.Update(t.Context(), counting); err != nil {
		t.Fatal(err)
	}
	third := draw(imported(t, world.NewWorlds(options), "w", []byte(exported(t, again))))
	if first == second || second == third || first == third {
		t.Errorf("drawn again: %s, %s, %s", first, second, third)
	}
}

// Tokens, sessions, captchas and snapshots are not exported, nor is a key or a password.
func TestExportedSecrets(t *testing.T) {
	worlds := world.NewWorlds(world.Options{Populate: worldfile.Populate})
	w, err := worlds.Get(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(
			tx.PutToken(store.Token{Value: "s3cret", Environment: nic.Sandbox, SEK: []byte("s3cret"), AppKeys: [][]byte{{1}}}),
			tx.PutSession(store.Session{Token: "s3cret", Environment: nic.Sandbox}),
			tx.PutCaptcha(store.Captcha{ID: "s3cret", Answer: "s3cret"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.TakeSnapshot(t.Context(), "s3cret"); err != nil {
		t.Fatal(err)
	}
	text := exported(t, w)
	for _, wrong := range []string{"s3cret", "Testing@123", "tokens", "sek"} {
		if strings.Contains(text, wrong) {
			t.Errorf("%s is in the file", wrong)
		}
	}
	if !strings.Contains(text, "clients log in again") {
		t.Error("the file does not say that clients log in again")
	}
}

// A world that is too large for a document is refused and not cut off.
func TestExportTooLarge(t *testing.T) {
	worlds := world.NewWorlds(world.Options{Populate: worldfile.Populate})
	w, err := worlds.Get(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Update(t.Context(), func(tx store.Tx) error {
		for n := range 9 {
			err := tx.AddInvoice(store.Invoice{IRN: fmt.Sprint(n), Document: store.DocumentKey{Number: fmt.Sprint(n)},
				Environment: nic.Sandbox, SignedInvoice: strings.Repeat("x", 1<<20)})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = worldfile.EntryWithState(t.Context(), w)
	if refused, ok := errors.AsType[*admin.Refusal](err); !ok || refused.Violations[0].Code != "world-too-large" {
		t.Errorf("the error is %v", err)
	}
}
