-- Two people on one profile: whoever saves second sees it.
ALTER TABLE agencies ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
