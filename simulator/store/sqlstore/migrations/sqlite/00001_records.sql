-- +goose Up
CREATE TABLE facts (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE worlds (
	id   INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, so that a dropped world stays dropped
	name TEXT NOT NULL UNIQUE
);

CREATE TABLE records (
	serial  INTEGER PRIMARY KEY,
	world   INTEGER NOT NULL REFERENCES worlds (id) ON DELETE CASCADE,
	kind    TEXT NOT NULL,
	env     TEXT NOT NULL,
	id      BLOB NOT NULL,
	i1      BLOB,    -- value of the first index of the kind
	i2      BLOB,
	i3      BLOB,
	expires INTEGER, -- Unix microseconds
	value   BLOB NOT NULL, -- JSON
	UNIQUE (world, kind, env, id)
);
CREATE INDEX records_all ON records (world, kind, env);
CREATE INDEX records_i1 ON records (world, kind, env, i1) WHERE i1 IS NOT NULL;
CREATE INDEX records_i2 ON records (world, kind, env, i2) WHERE i2 IS NOT NULL;
CREATE INDEX records_i3 ON records (world, kind, env, i3) WHERE i3 IS NOT NULL;
CREATE INDEX records_expiring ON records (world, expires) WHERE expires IS NOT NULL;

CREATE UNIQUE INDEX one_login_a_gstin ON records (world, env, i1) WHERE kind = 'portal-user' AND i1 IS NOT NULL;
CREATE UNIQUE INDEX one_token_an_owner ON records (world, env, i1) WHERE kind = 'token' AND i1 IS NOT NULL;
CREATE UNIQUE INDEX one_invoice_a_document ON records (world, env, i1) WHERE kind = 'invoice' AND i1 IS NOT NULL;
CREATE UNIQUE INDEX one_connection_a_taxpayer ON records (world, env, i2) WHERE kind = 'connection' AND i2 IS NOT NULL;
CREATE UNIQUE INDEX one_subscription_a_caller ON records (world, env, i1) WHERE kind = 'subscription' AND i1 IS NOT NULL;

CREATE TABLE series (
	world INTEGER NOT NULL REFERENCES worlds (id) ON DELETE CASCADE,
	env   TEXT NOT NULL,
	id    BLOB NOT NULL,
	n     INTEGER NOT NULL,
	PRIMARY KEY (world, env, id)
) WITHOUT ROWID;
