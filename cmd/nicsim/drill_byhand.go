package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/simulator/settings"
)

// watchPause is the time between two looks at the journal.
const watchPause = 200 * time.Millisecond

// byHand has the user run the client. Its texts go to standard error, as standard output has the report.
func (p program) byHand(d drills, s *drillStage) drillRun {
	entered := p.lines()
	return func(ctx context.Context, number int, each drill.Drill) (drill.Ended, string, error) {
		text := page{out: p.err, width: reportWidth, started: number > 0}
		if number == 0 {
			text.line("Your client can call the e-Invoice API with these values, in every drill:")
			text.line("")
			for _, v := range s.cast.variables() {
				text.line("  %s", v)
			}
		}
		text.heading("Drill %d of %d: %s, %s", number+1, len(d.chosen), each.Name, each.Title)
		text.entry("", 2, each.Happens)
		enter := ""
		if entered != nil {
			enter = "with Enter, "
		}
		text.entry("", 2, fmt.Sprintf("Have your client register one invoice. The drill ends %swhen no call has come for %s "+
			"after the first, or after %s.", enter, short(d.settle), short(d.timeout)))
		if text.err != nil {
			return drill.Ended{}, "", text.err
		}
		return drill.Ended{}, "", s.watch(ctx, entered, d.settle, d.timeout)
	}
}

// lines returns a channel that receives once for each line of standard input. It is nil if that is a file or
// a device that a user cannot type into, such as /dev/null.
func (p program) lines() <-chan struct{} {
	if _, file := p.in.(*os.File); file && !isTerminal(p.in) {
		return nil
	}
	entered := make(chan struct{})
	go func() {
		for scanner := bufio.NewScanner(p.in); scanner.Scan(); {
			entered <- struct{}{}
		}
	}()
	return entered
}

// watch waits until a line was entered, no call came for a while after the first one, or the time is over.
func (s *drillStage) watch(ctx context.Context, entered <-chan struct{}, settle, timeout time.Duration) error {
	look := time.NewTicker(watchPause)
	defer look.Stop()
	over, quiet := time.NewTimer(timeout), time.NewTimer(settle)
	defer over.Stop()
	defer quiet.Stop()
	select { // a line that was entered before the drill began
	case <-entered:
	default:
	}
	var before drill.Activity
	for {
		select {
		case <-entered:
			return nil
		case <-over.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-quiet.C:
			if before.Requests > 0 && !before.Waiting {
				return nil
			}
			quiet.Reset(settle)
		case <-look.C:
			now, err := drill.Watch(ctx, s.world)
			if err != nil {
				return err
			}
			if now != before {
				quiet.Reset(settle)
			}
			before = now
		}
	}
}

// short writes a duration without its zero parts: 2m for 2m0s.
func short(d time.Duration) string { return settings.Duration(d).String() }
