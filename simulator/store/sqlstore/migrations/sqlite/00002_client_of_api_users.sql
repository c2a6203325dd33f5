-- +goose Up
UPDATE records SET i2 = CAST(NULLIF(json_extract(CAST(value AS TEXT), '$.clientId'), '') AS BLOB) WHERE kind = 'api-user';
