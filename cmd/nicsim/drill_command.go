package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/drill"
)

// drillRun has the client run in a drill. It returns how that ended, and the end of the output.
type drillRun func(ctx context.Context, number int, d drill.Drill) (ended drill.Ended, tail string, err error)

// byCommand runs the client by a command.
func (p program) byCommand(d drills, s *drillStage) drillRun {
	return func(ctx context.Context, _ int, each drill.Drill) (drill.Ended, string, error) {
		limited, cancel := context.WithTimeout(ctx, d.timeout)
		defer cancel()
		var kept tail
		code, err := command{
			line: d.exec, environ: append(slices.Clone(p.environ), s.variables(each)...), out: io.MultiWriter(d.output, &kept),
		}.run(limited)
		if errors.Is(err, errCannotRun) {
			err = fmt.Errorf("--exec: %w\n%s", err, kept.String())
		}
		ended := drill.Ended{Code: max(code, 0)}
		if limited.Err() != nil {
			ended.CutOff = d.timeout
		}
		return ended, kept.String(), cmp.Or(err, ctx.Err())
	}
}

// tail keeps the last lines of what is written to it.
type tail struct{ kept []byte }

const (
	tailBytes = 4 << 10
	tailLines = 6
)

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(0, len(t.kept)-tailBytes):]
	return len(p), nil
}

func (t *tail) String() string {
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "?")), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}
