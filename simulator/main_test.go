//go:build !pact

// The proxy of pact-go leaves goroutines behind, so this check is only for builds without it.

package simulator

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
