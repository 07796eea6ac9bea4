-- A second auditor's own finding on an item, given without knowing the first. It never counts; it tells how alike auditors judge.
CREATE TABLE second_looks (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  user_id TEXT NOT NULL,
  first_by TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  kind TEXT,
  value TEXT,
  sample_n BIGINT,
  sample_k BIGINT,
  reason TEXT NOT NULL,
  given_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
CREATE INDEX second_looks_of_user ON second_looks (province_id, user_id);
