-- +goose Up
-- An index of the serials alone led PostgreSQL to look for the newest records of a small world among those of all worlds.
ALTER TABLE records DROP CONSTRAINT records_pkey;
DROP INDEX records_all;
ALTER TABLE records ADD PRIMARY KEY (world, kind, env, serial);
