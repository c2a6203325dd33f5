package sqlstore_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

func TestInspectSQLite(t *testing.T) {
	dir := t.TempDir()
	if _, err := sqlstore.InspectSQLite(t.Context(), dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a database: %v", err)
	}
	d, err := sqlstore.OpenSQLite(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sqlstore.InspectSQLite(t.Context(), dir)
	if used, ok := errors.AsType[*sqlstore.InUseError](err); !ok || used.PID != os.Getpid() {
		t.Errorf("in use: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	found, err := sqlstore.InspectSQLite(t.Context(), dir)
	if err != nil || found.Has == 0 || found.Has != found.Knows || !strings.HasPrefix(found.Server, "SQLite 3") {
		t.Errorf("found %+v, %v", found, err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "nicsim.db"))
	if err == nil {
		_, err = db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlstore.InspectSQLite(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "a newer nicsim") {
		t.Errorf("a newer form: %v", err)
	}
}
