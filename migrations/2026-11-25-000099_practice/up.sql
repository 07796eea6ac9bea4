-- Practice: a province of its own for each person, `practice-<person>`. It has answers and nothing that leaves it: no line
-- of the log, no letter, no result, no edition, no meeting. A session that practises says in which role.
ALTER TABLE sessions ADD COLUMN practice TEXT;
ALTER TABLE events ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE checkpoints ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE letters ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE results ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE scores ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE editions ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE meetings ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
ALTER TABLE resolutions ADD COLUMN is_real BOOLEAN NOT NULL DEFAULT TRUE CHECK (is_real AND province_id NOT LIKE 'practice-%');
