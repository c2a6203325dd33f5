-- +goose Up
ALTER TABLE worlds ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0; -- of its records, about: 200 for each beside its value
UPDATE worlds SET bytes = (SELECT coalesce(sum(length(value) + 200), 0) FROM records WHERE world = worlds.id);

-- +goose StatementBegin
CREATE FUNCTION records_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	UPDATE worlds SET bytes = bytes + n
		FROM (SELECT world, sum(length(value) + 200) AS n FROM added GROUP BY world) AS one WHERE id = world;
	RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION records_replaced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	UPDATE worlds SET bytes = bytes + length(NEW.value) - length(OLD.value) WHERE id = NEW.world;
	RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION records_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	UPDATE worlds SET bytes = bytes - n
		FROM (SELECT world, sum(length(value) + 200) AS n FROM gone GROUP BY world) AS one WHERE id = world;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER records_added AFTER INSERT ON records REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION records_added();
CREATE TRIGGER records_replaced AFTER UPDATE OF value ON records
	FOR EACH ROW WHEN (length(NEW.value) <> length(OLD.value)) EXECUTE FUNCTION records_replaced();
CREATE TRIGGER records_deleted AFTER DELETE ON records REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION records_deleted();
