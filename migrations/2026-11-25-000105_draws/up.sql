-- The draw of a quarter: the urn, closed before the digits are known, and what was drawn from it.
CREATE TABLE draws (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  urn TEXT NOT NULL,
  urn_hash TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  closed_at TIMESTAMP NOT NULL,
  digits TEXT,
  published TEXT,
  held_by TEXT,
  held_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id)
);
CREATE UNIQUE INDEX draws_once ON draws (province_id, period_id);
