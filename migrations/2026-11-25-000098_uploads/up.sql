-- A file that comes in pieces, so that a lost line costs one piece and not the file. What was not finished within a day
-- goes.
CREATE TABLE uploads (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  received BIGINT NOT NULL,
  begun_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, user_id, mark),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
