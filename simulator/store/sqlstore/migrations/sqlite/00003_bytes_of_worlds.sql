-- +goose Up
ALTER TABLE worlds ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0; -- of its records, about: 200 for each beside its value
UPDATE worlds SET bytes = (SELECT coalesce(sum(length(value) + 200), 0) FROM records WHERE world = worlds.id);

-- +goose StatementBegin
CREATE TRIGGER records_added AFTER INSERT ON records BEGIN
	UPDATE worlds SET bytes = bytes + length(NEW.value) + 200 WHERE id = NEW.world;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER records_replaced AFTER UPDATE OF value ON records WHEN length(NEW.value) <> length(OLD.value) BEGIN
	UPDATE worlds SET bytes = bytes + length(NEW.value) - length(OLD.value) WHERE id = NEW.world;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER records_deleted AFTER DELETE ON records BEGIN
	UPDATE worlds SET bytes = bytes - length(OLD.value) - 200 WHERE id = OLD.world;
END;
-- +goose StatementEnd
