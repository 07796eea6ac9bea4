-- Workbooks that came back filled in. The file is kept by its hash; its answers count once somebody took them over.
CREATE TABLE workbooks (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  title TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  brought_by TEXT NOT NULL,
  brought_at TIMESTAMP NOT NULL,
  taken_at TIMESTAMP,
  changes BIGINT NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);
CREATE INDEX workbooks_of_assessment ON workbooks (province_id, assessment_id);
CREATE INDEX workbooks_by_hash ON workbooks (sha256);
