package openapi_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/internal/browsertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(browsertest.Main(m)) }
