-- More time for an agency or for one of its items: asked with a reason, granted with an end. After the end the lock is
-- there again by itself. The rows are the unlock register.
CREATE TABLE extensions (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  decision TEXT,
  until_on DATE,
  decision_reason TEXT,
  decided_by TEXT,
  decided_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);
CREATE INDEX extensions_of_assessment ON extensions (province_id, assessment_id);
