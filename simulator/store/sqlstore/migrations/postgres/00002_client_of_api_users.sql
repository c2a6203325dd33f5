-- +goose Up
UPDATE records SET i2 = convert_to(NULLIF(convert_from(value, 'UTF8')::json ->> 'clientId', ''), 'UTF8') WHERE kind = 'api-user';
