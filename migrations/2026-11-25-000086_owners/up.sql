-- Who of an agency looks after an indicator, and until when. An owner whose last day is over simply owns no more.
CREATE TABLE owners (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  user_id TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  named_by TEXT NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
CREATE INDEX owners_of_agency ON owners (province_id, agency_id);
