ALTER TABLE visits DROP COLUMN signed_off_at;
ALTER TABLE visits DROP COLUMN signed_off_by;
