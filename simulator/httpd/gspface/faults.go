package gspface

import (
	"context"
	"errors"
)

// failing is the refusal of a fault that happens before NIC is asked.
func (a *ask) failing() error { return nil }

// afterwards is the refusal of a fault that happens after NIC has answered.
func (a *ask) afterwards() error { return nil }

func isTimeout(err error) bool { return errors.Is(err, context.DeadlineExceeded) }
