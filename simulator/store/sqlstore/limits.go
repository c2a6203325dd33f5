package sqlstore

import (
	"strings"

	"github.com/nicsim/nicsim/simulator/store"
)

// Limits bound what a database keeps, in bytes; 0 is no bound. A unit that would exceed them is undone. Its error is
// store.ErrFull for a database in a directory that is as large as it may be, and store.ErrTooMuch otherwise.
type Limits struct {
	World int64 // of the records of a world, about
	All   int64 // of the database in a directory, or of the records of all worlds in PostgreSQL, about
}

// bound compares the bytes of records with limits. Triggers of the database count the bytes in the rows of the worlds.
type bound struct {
	Limits
	readers *pool
}

// check returns store.ErrTooMuch if the world or all worlds exceed the limits after a unit, unless the world has no
// more bytes than the world had whose place it takes, which is itself for most units.
func (b *bound) check(r *rows, place int64) error {
	if !r.wrote || b.Limits == (Limits{}) {
		return nil
	}
	const used = `SELECT bytes FROM worlds WHERE id = ?`
	args := []any{r.world}
	var over []string
	if b.World > 0 {
		over, args = append(over, `bytes > ?`), append(args, b.World)
	}
	if b.All > 0 {
		over, args = append(over, `(SELECT sum(bytes) FROM worlds) > ?`), append(args, b.All)
	}
	var now, before int64
	if err := r.session.scan(&now, used+` AND (`+strings.Join(over, ` OR `)+`)`, args...); isNone(err) {
		return nil
	} else if err != nil {
		return r.failed("counting bytes", err)
	}
	s, err := b.readers.get(background) // which sees what was committed
	if err != nil {
		return err
	}
	err = s.scan(&before, used, place)
	b.readers.put(s, err != nil && !isNone(err))
	if (err == nil || isNone(err)) && now > before {
		err = store.ErrTooMuch
	}
	return err
}
