package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
)

// session is a connection with its prepared statements. One goroutine uses it at a time.
type session struct {
	dialect *dialect
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt // by text
}

// background is the context of all statements. A request that is given up must not end a transaction that others share.
var background = context.Background()

func (s *session) stmt(text string) (*sql.Stmt, error) {
	if stmt, ok := s.stmts[text]; ok {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(background, s.dialect.rebind(text))
	if err == nil {
		s.stmts[text] = stmt
	}
	return stmt, err
}

func (s *session) exec(text string, args ...any) error {
	stmt, err := s.stmt(text)
	if err == nil {
		_, err = stmt.ExecContext(background, args...)
	}
	return s.dialect.explain(err)
}

// scan reads the first row of a query into dest. The error is sql.ErrNoRows if there is none.
func (s *session) scan(dest any, text string, args ...any) error {
	stmt, err := s.stmt(text)
	if err == nil {
		err = stmt.QueryRowContext(background, args...).Scan(dest)
	}
	return s.dialect.explain(err)
}

// list returns the first column of all rows of a query.
func (s *session) list(text string, args ...any) (values [][]byte, err error) {
	stmt, err := s.stmt(text)
	if err != nil {
		return nil, s.dialect.explain(err)
	}
	found, err := stmt.QueryContext(background, args...)
	if err != nil {
		return nil, s.dialect.explain(err)
	}
	defer found.Close() //nolint:errcheck // its error is that of Err
	for found.Next() {
		var value []byte
		if err := found.Scan(&value); err != nil {
			return nil, s.dialect.explain(err)
		}
		values = append(values, value)
	}
	return values, s.dialect.explain(found.Err())
}

func (s *session) close() {
	for _, stmt := range s.stmts {
		_ = stmt.Close() // the connection is closed too
	}
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn }) // closes the connection itself
	_ = s.conn.Close()
}

// pool has the sessions for one use. The session that was used last is used first, as SQLite has the most of what the
// next query needs in its cache.
type pool struct {
	db      *sql.DB
	dialect *dialect
	turns   chan struct{} // has an element for each session that may be used

	mu   sync.Mutex // guards free
	free []*session // those that are open
}

func newPool(db *sql.DB, d *dialect, size int) *pool {
	p := &pool{db: db, dialect: d, turns: make(chan struct{}, size)}
	for range size {
		p.turns <- struct{}{}
	}
	return p
}

// get waits for a session.
func (p *pool) get(ctx context.Context) (*session, error) {
	select {
	case <-p.turns:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if s := p.take(); s != nil {
		return s, nil
	}
	conn, err := p.db.Conn(ctx)
	if err != nil {
		p.turns <- struct{}{}
		return nil, p.dialect.explain(err)
	}
	return &session{p.dialect, conn, map[string]*sql.Stmt{}}, nil
}

// take returns the open session that was used last, or nil if none is free.
func (p *pool) take() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.free) - 1
	if last < 0 {
		return nil
	}
	s := p.free[last]
	p.free = p.free[:last]
	return s
}

// put gives a session back. One that is broken is closed.
func (p *pool) put(s *session, broken bool) {
	if broken {
		s.close()
	} else {
		p.mu.Lock()
		p.free = append(p.free, s)
		p.mu.Unlock()
	}
	p.turns <- struct{}{}
}

// close waits until all sessions are free and closes them.
func (p *pool) close() {
	for range cap(p.turns) {
		<-p.turns
	}
	for s := p.take(); s != nil; s = p.take() {
		s.close()
	}
}

func isNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }
