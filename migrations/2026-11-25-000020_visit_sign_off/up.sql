-- A second person signs a visit off; only then does it count (docs/decisions on visits).
ALTER TABLE visits ADD COLUMN signed_off_by TEXT;
ALTER TABLE visits ADD COLUMN signed_off_at TIMESTAMP;
