-- What is corrected after publication: a value of an agency, and why. It counts from the edition that publishes it.
CREATE TABLE corrections (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_code TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at TIMESTAMP NOT NULL,
  state TEXT NOT NULL,
  closed_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id)
);
CREATE INDEX corrections_of_period ON corrections (province_id, period_id, state);
