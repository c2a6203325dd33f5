package dashboard_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/internal/a11y"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(a11y.Main(m)) }
