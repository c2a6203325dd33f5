package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
)

// memoryFlags are the flags of serve that bound what it keeps and how many clients it serves.
type memoryFlags struct {
	memory         string
	maxConnections int
}

const (
	defaultMemory = "1GiB"
	leastMemory   = 64 << 20
	keptShare     = 4 // a quarter of the memory is for journals and inboxes
	recordsShare  = 2 // and a half for the records of worlds in memory
)

func (f *memoryFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.memory, "memory", defaultMemory,
		"`size` such as 512MiB or 2GiB that the program tries not to exceed. A quarter of it is for\n"+
			"journals and inboxes, and a half for the records of worlds that are kept in memory, of\n"+
			"which one world has a half at most. GOMEMLIMIT overrides it for Go's collector")
	flags.IntVar(&f.maxConnections, "max-connections", simulator.MaxConnections,
		"connections that each listener has open at most; more wait")
}

// apply puts what the flags say into the options and the addresses, and returns the limit of memory in bytes.
func (f *memoryFlags) apply(o *simulator.Options, a *simulator.Addresses) (int64, error) {
	memory, err := readSize(f.memory)
	if err != nil {
		return 0, wrongUse{fmt.Errorf("--memory: %q: %w", f.memory, err), "as in --memory 512MiB"}
	}
	if f.maxConnections < 1 {
		return 0, wrongUse{fmt.Errorf("--max-connections: %d is not a number from 1", f.maxConnections),
			"as in --max-connections 200"}
	}
	o.MaxKept, o.MaxRecords, a.MaxConnections = memory/keptShare, memory/recordsShare, f.maxConnections
	return memory, nil
}

var errSize = errors.New("is not a size from 64MiB, in KiB, MiB, GiB or TiB")

// readSize reads a number of bytes in the form of GOMEMLIMIT.
func readSize(text string) (int64, error) {
	digits := strings.TrimRight(text, "KMGTiB")
	power, known := map[string]int{"": 0, "B": 0, "KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40}[text[len(digits):]]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || !known || n < 0 || n > math.MaxInt64>>power || n<<power < leastMemory {
		return 0, errSize
	}
	return n << power, nil
}

// limitMemory has the collector work harder near the limit, unless the environment says how.
func limitMemory(limit int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

// givingBack is how often memory is given back that is not in use any more.
const givingBack = 30 * time.Second

// surplus is how much memory the program may hold besides twice its live memory, in bytes.
const surplus = 64 << 20

// giveBack returns memory to the system after a load, until ctx ends. By itself, Go would keep the garbage of a load
// until more is made.
func giveBack(ctx context.Context) {
	ticks := time.NewTicker(givingBack)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			giveBackOnce()
		}
	}
}

// giveBackOnce reports whether there was enough to give back.
func giveBackOnce() bool {
	if live, held := heap(); held <= 2*live+surplus {
		return false
	}
	debug.FreeOSMemory()
	return true
}

// heap returns the bytes that were live at the last collection, and those that the heap holds of the system's memory.
func heap() (live, held uint64) {
	read := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(read)
	for _, s := range read[1:] {
		held += s.Value.Uint64()
	}
	return read[0].Value.Uint64(), held
}
