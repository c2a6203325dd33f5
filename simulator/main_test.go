//go:build !pact

// pact-go's proxy leaves goroutines behind, so this looks only where it is not linked.

package simulator

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
