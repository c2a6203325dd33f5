package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// filled sets every part of a value to something else than its zero value.
func filled(v reflect.Value, text string) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, time.November, 27, 10, 0, 0, 7, time.UTC)))
	case v.Type() == reflect.TypeFor[nic.Environment]():
		v.SetString(string(nic.Production))
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.CanInt():
		v.SetInt(7)
	case v.CanFloat():
		v.SetFloat(7.5)
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.Kind() == reflect.Uint8:
		v.SetUint(200)
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			filled(v.Index(i), text)
		}
	case v.Kind() == reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		filled(key, text)
		filled(value, text)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), text)
		}
	default:
		panic(v.Type())
	}
}

// record is the JSON of a record in which nothing is zero.
func record(t *testing.T, f store.Form, text string) []byte {
	t.Helper()
	v := reflect.New(f.Type).Elem()
	filled(v, text)
	data, err := json.Marshal(v.Interface())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// single reports whether filled makes one record of a form: its key is a number, or there is one such record.
func single(f store.Form) bool { return f.Name == "states" || f.Name == "eWayBills" }

// A copy brings back every record of every kind, and nothing that was added since remains, except snapshots.
func TestCopy(t *testing.T) {
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			s := store.New(open(t))
			update(t, s, func(tx store.Tx) (err error) {
				for _, f := range store.Forms(store.Inside) {
					for _, text := range []string{"b", "a"} {
						if single(f) && text == "a" {
							continue
						}
						err = errors.Join(err, tx.AddRecord(f, record(t, f, text)))
					}
				}
				return err
			})
			var before, after bytes.Buffer
			copied := func(to *bytes.Buffer) { view(t, s, func(r store.Reader) error { return store.Copy(r, to) }) }
			copied(&before)
			lines := strings.Count(before.String(), "\n")
			if want := 2*len(store.Forms(store.Inside)) - 2; lines != want {
				t.Errorf("the copy has %d lines, want %d", lines, want)
			}
			update(t, s, func(tx store.Tx) error {
				for _, f := range store.Forms(store.Inside) {
					if !single(f) {
						is(t, f.Name, tx.AddRecord(f, record(t, f, "a")), store.ErrExists)
						if err := tx.AddRecord(f, record(t, f, "later")); err != nil {
							return err
						}
					}
				}
				return tx.PutSnapshot(store.Snapshot{Name: "s", Bytes: 1}, []byte{1})
			})
			update(t, s, func(tx store.Tx) error { return store.Replace(tx, bytes.NewReader(before.Bytes())) })
			copied(&after)
			if before.String() != after.String() {
				t.Errorf("the copy was\n%s\nand is\n%s", &before, &after)
			}
			view(t, s, func(r store.Reader) error {
				content, err := r.SnapshotContent("s")
				if err != nil || !bytes.Equal(content, []byte{1}) {
					t.Errorf("the snapshot is %v, %v", content, err)
				}
				return nil
			})
		})
	}
}

// A text that is not a copy is an error, and the unit changes nothing.
func TestReplaceByOtherText(t *testing.T) {
	s := store.NewMemory()
	update(t, s, func(tx store.Tx) error { return tx.AddTaxpayer(dakshin) })
	for _, text := range []string{"x", `{"form":"taxpayer"}`, `{"form":"taxpayers","record":[]}`,
		`{"form":"counters","record":{}}` + "\n" + `{"form":"counters","record":{}}`} {
		err := s.Update(t.Context(), func(tx store.Tx) error { return store.Replace(tx, strings.NewReader(text)) })
		if err == nil {
			t.Errorf("%s is taken for a copy", text)
		}
	}
	view(t, s, func(r store.Reader) error {
		has(t, "Taxpayer", dakshin)(r.Taxpayer(dakshin.GSTIN))
		return nil
	})
}

// Every kind has a name of its own for a list of its records, and every member of a record that goes into a world file
// has a name in lower camel case.
func TestForms(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range store.Forms(store.Nowhere) {
		if seen[f.Name] {
			t.Errorf("two kinds are called %s", f.Name)
		}
		seen[f.Name] = true
	}
	for _, name := range []string{"invoices", "eWayBills", "flows", "attempts", "counts", "counters"} {
		if !seen[name] {
			t.Errorf("there are no %s", name)
		}
	}
	for _, f := range store.Forms(store.Anywhere) {
		for _, field := range reflect.VisibleFields(f.Type) {
			member, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if member == "" || !unicode.IsLower(rune(member[0])) || !strings.HasSuffix(string(field.Tag), `,omitzero"`) {
				t.Errorf("%s.%s has the tag %s", f.Name, field.Name, field.Tag)
			}
		}
	}
}

func TestSnapshots(t *testing.T) {
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			s := store.New(open(t))
			at := time.Date(2026, time.November, 27, 10, 0, 0, 0, time.UTC)
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.PutSnapshot(store.Snapshot{"b", at, 2}, []byte("bb")),
					tx.PutSnapshot(store.Snapshot{"a", at, 1}, []byte("a")), tx.PutSnapshot(store.Snapshot{"b", at, 3}, []byte("bbb")))
			})
			view(t, s, func(r store.Reader) error {
				inOrder(t, "Snapshots", func(s store.Snapshot) string { return s.Name }, "b", "a")(r.Snapshots())
				has(t, "SnapshotContent", []byte("bbb"))(r.SnapshotContent("b"))
				return nil
			})
			update(t, s, func(tx store.Tx) error { return tx.DeleteSnapshot("b") })
			view(t, s, func(r store.Reader) error {
				inOrder(t, "Snapshots", func(s store.Snapshot) string { return s.Name }, "a")(r.Snapshots())
				lacks[[]byte](t, "SnapshotContent")(r.SnapshotContent("b"))
				return nil
			})
		})
	}
}
