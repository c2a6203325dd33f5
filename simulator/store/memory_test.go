package store_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/storetest"
)

func TestMemory(t *testing.T) {
	for _, c := range storetest.Contract() {
		t.Run(c.Name, func(t *testing.T) { c.Check(t, store.NewMemory()) })
	}
}
